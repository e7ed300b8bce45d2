"""Dates as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duibiao.model.dates import PartialDate, find_dates, parse_date

WRITTEN = {
    "2023年5月1日": [(2023, 5, 1)],
    "2023 年 5 月 1 日": [(2023, 5, 1)],
    "２０２３年５月１日": [(2023, 5, 1)],
    "2023年05月01日": [(2023, 5, 1)],
    "2023年5月1": [(2023, 5, 1)],
    "2023年5月": [(2023, 5)],
    "2023年": [(2023,)],
    "2023年度": [(2023,)],
    "2023年第3季度": [(2023,)],
    "2023-05-01": [(2023, 5, 1)],
    "2023/5/1": [(2023, 5, 1)],
    "2023.5.1": [(2023, 5, 1)],
    "2023.05.01": [(2023, 5, 1)],
    "2023—5—1": [(2023, 5, 1)],
    "2022—2023": [],
    "2023-05": [(2023, 5)],
    "2023/12": [(2023, 12)],
    "二〇二三年五月一日": [(2023, 5, 1)],
    "二○二三年五月": [(2023, 5)],
    "二零二三年十二月三十一日": [(2023, 12, 31)],
    "二〇二三年十月二十八日": [(2023, 10, 28)],
    "二〇二三年": [(2023,)],
    "2023年十月": [(2023, 10)],
    "2024年2月29日": [(2024, 2, 29)],
    "1900.1.1": [(1900, 1, 1)],
    # several
    "2023年5月1日至2024年4月30日": [(2023, 5, 1), (2024, 4, 30)],
    "2023.05.01-2024.05.01": [(2023, 5, 1), (2024, 5, 1)],
    "2021年、2022年3月和2023-04-05": [(2021,), (2022, 3), (2023, 4, 5)],
    "有效期2020-01-01~2025-12-31": [(2020, 1, 1), (2025, 12, 31)],
    # days that there are not
    "2023年13月": [],
    "2023年2月29日": [],
    "2023年5月32日": [],
    "2023.13.01": [],
    "0000年": [],
    "2023年2月30日，2023年3月1日": [(2023, 3, 1)],
    # no dates
    "": [],
    "20230501": [],
    "2023": [],
    "2023.5": [],
    "2023-5": [],
    "99年5月": [],
    "5月1日": [],
    "XXXX年X月X日": [],
    "GB 13271-2014": [],
    "HJ/T 75-2017": [],
    "DB41/1066-2020": [],
    "三环文〔2022〕68号": [],
    "电话0371-12345678": [],
    "1899-01-01": [],
    "3.2023.5.1": [],
}


@pytest.mark.parametrize(("text", "found"), WRITTEN.items(), ids=WRITTEN.keys())
def test_find_dates(text, found):
    assert find_dates(text) == tuple(PartialDate(*parts) for parts in found)
    assert parse_date(text) == (PartialDate(*found[0]) if found else None)


@pytest.mark.parametrize("text", ["二〇二三年十十月", "2023年二十十月"])
def test_numerals_that_are_none(text):
    """As a misread scan has them."""
    find_dates(text)


@pytest.mark.parametrize(
    "text", ["2023年0月", "2023年5月0日", "2023.00.10", "2023/5/0", "2023年00月00日"]
)
def test_months_and_days_count_from_one(text):
    assert find_dates(text) == ()


# ---------------------------------------------------------------------------------- properties

PIECES = st.sampled_from(
    [*"0123456789年月日-/. 〇零○一二三四五六七八九２", "2023", "20", "年5月", "至"]
)
TEXTS = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=16).map("".join))


@given(TEXTS)
def test_any_text_is_read_without_an_error(text):
    for found in find_dates(text):
        assert found.earliest() <= found.latest()
        assert found.day is None or found.month is not None
        assert found.year > 0


FORMS = (
    "{0}年{1}月{2}日",
    "{0}-{1:02}-{2:02}",
    "{0}/{1}/{2}",
    "{0}.{1:02}.{2:02}",
    "{0} 年 {1} 月 {2} 日",
)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(FORMS))
def test_any_day_is_found(day, form):
    text = f"验收时间：{form.format(day.year, day.month, day.day)}，合格"
    assert find_dates(text) == (PartialDate(day.year, day.month, day.day),)


DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    units = str(ones).translate(DIGITS) if ones else ""
    return f"{str(tens).translate(DIGITS) if tens > 1 else ''}{'十' if tens else ''}{units}"


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_any_day_in_chinese_numerals_is_found(day):
    year = str(day.year).translate(DIGITS)
    text = f"{year}年{numeral(day.month)}月{numeral(day.day)}日"
    assert find_dates(text) == (PartialDate(day.year, day.month, day.day),)


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_reads_what_it_writes(day):
    for written in (
        PartialDate(day.year),
        PartialDate(day.year, day.month),
        PartialDate(day.year, day.month, day.day),
    ):
        assert find_dates(str(written)) == (written,)
        assert written.earliest() <= day <= written.latest()
