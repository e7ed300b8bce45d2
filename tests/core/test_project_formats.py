"""Number formats: what a cell shows is what is read."""

import pytest

from duibiao.project.formats import Shows, shown, shown_by


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("General", Shows.NUMBER),
        ("@", Shows.NUMBER),
        ("0.00", Shows.NUMBER),
        ("#,##0.00_ ", Shows.NUMBER),
        ("0.00E+00", Shows.NUMBER),
        ("G/通用格式", Shows.NUMBER),
        ('0.0"天"', Shows.NUMBER),
        ('"共"0"day"', Shows.NUMBER),
        ("[Red]0.0;[Blue]-0.0", Shows.NUMBER),
        ("0%", Shows.PERCENT),
        ("0.00%;[Red]-0.00%", Shows.PERCENT),
        ('0"%"', Shows.NUMBER),
        ("yyyy-mm-dd", Shows.DAY),
        ('yyyy"年"m"月"d"日"', Shows.DAY),
        ("[$-804]yyyy\\年m\\月d\\日;@", Shows.DAY),
        ("[DBNum1][$-804]yyyy年m月d日", Shows.DAY),
        ("yyyy-mm-dd hh:mm:ss.000", Shows.DAY),
        ('m"月"d"日"', Shows.DAY),
        ("yyyy", Shows.DAY),
        ('yyyy"年"m"月"', Shows.MONTH),
        ("mmm-yy", Shows.MONTH),
        ('e"年"m"月"', Shows.MONTH),
        ("h:mm", Shows.TIME),
        ("[h]:mm", Shows.TIME),
        ("h:mm AM/PM", Shows.TIME),
        ("mm:ss.0", Shows.TIME),
    ],
)
def test_what_a_format_shows(code, shows):
    assert shown_by(code) is shows


@pytest.mark.parametrize(
    ("number", "shows", "from_1904", "text"),
    [
        (46275.0, Shows.DAY, False, "2026年9月10日"),
        (46275.99, Shows.MONTH, False, "2026年9月"),
        (44813.0, Shows.DAY, True, "2026年9月10日"),
        (61.0, Shows.DAY, False, "1900年3月1日"),
        (-1.0, Shows.DAY, False, "-1"),
        (1e12, Shows.MONTH, False, "1000000000000"),
        (0.25, Shows.TIME, False, "6:00:00"),
        (1.5, Shows.TIME, False, "1 day, 12:00:00"),
        (0.92, Shows.PERCENT, False, "92%"),
        (139.5, Shows.NUMBER, False, "139.5"),
    ],
)
def test_what_a_number_shows(number, shows, from_1904, text):
    assert shown(number, shows, from_1904=from_1904) == text
