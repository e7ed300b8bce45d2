"""Chapter 四 against chapter 五, row by row: nothing is left out, numbers run."""

import pytest

from duibiao.model.dossier import Unread
from duibiao.model.location import Location

from .support import (
    at,
    cement,
    changed,
    finding,
    findings,
    furniture,
    outcome,
    passed,
    text,
    unjudged,
    without,
)

# -- DB-303


@pytest.mark.parametrize("code", ["DA005", "da005", "ＤＡ００５", "DA 005"])
def test_facility_missing_in_table_passes(code):
    assert passed("DB-303", furniture())
    path = "evidence.facilities.0.rows.4.outlet.value"
    assert passed("DB-303", changed(cement(), {path: code}))


def test_facility_missing_in_table_goes_on_after_an_untreated_outlet():
    gone = without(cement(), "evidence.facilities.0.rows.8")
    written = ("直接排放", "—", "—（燃用净化煤气）", "无（UV辊涂，无漆雾）")
    treatments = [{"outlets.0.treatment.value": words} for words in written]
    for untreated in (*treatments, {"outlets.0.pollutant": None}):
        dossier = changed(gone, untreated)
        assert len(findings("DB-303", dossier)) == len(findings("DB-303", gone)) == 1


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("覆膜袋式除尘器+低氮燃烧", 2),
        ("低氮燃烧；直接排放", 1),
        ("清洁燃料，直接排放", 1),
        ("某某一体机+塔", 2),
    ],
)
def test_facility_missing_in_table_when_several_are_named_together(written, found):
    """A cell that all pollutants of an outlet share names facilities of other kinds as well."""
    gone = without(cement(), "evidence.facilities.0.rows.8", "evidence.facilities.0.rows.0")
    dossier = changed(gone, {"outlets.0.treatment.value": written})
    assert len(findings("DB-303", dossier)) == found


def test_facility_missing_in_table_fails():
    """A kind without any table is missed as a whole, at the package."""
    whole = cement()
    dossier = without(whole, "evidence.facilities.2", "evidence.facilities.0.rows.4")
    told = "在2.13的设施表中补充该设施及照片，或更正第四部分"
    assert findings("DB-303", dossier) == (
        finding(
            "DB-303",
            at(whole, "evidence.facilities.0.at"),
            "DA005 生料均化库顶的覆膜滤料袋式除尘器列在第四部分，2.13的除尘设施表里没有",
            told,
            also=(at(whole, "outlets.4.at"),),
        ),
        finding(
            "DB-303",
            whole.at,
            "DA001 水泥窑窑尾的低氮燃烧器+分级燃烧+SNCR+SCR联合脱硝列在第四部分，2.13的脱硝设施表里没有",
            told,
            also=(at(whole, "outlets.10.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"outlets.4.treatment": text("直接排放")}, 0),
        ({"outlets.4.treatment": text("/")}, 0),
        ({"outlets.4.treatment": text(" 无 ")}, 0),
        ({"outlets.4.treatment": None}, 0),
        ({"outlets.4.pollutant": text("氟化物")}, 0),
        ({"outlets.4.treatment": text("无动力除尘器")}, 1),
        ({"outlets.4.pollutant": text("粉尘")}, 1),
    ],
)
def test_facility_missing_in_table_boundary(changes, found):
    """Only what is treated, for a pollutant with a table of its own, has to stand in 2.13."""
    dossier = changed(without(cement(), "evidence.facilities.0.rows.4"), changes)
    assert len(findings("DB-303", dossier)) == found


def test_facility_missing_in_table_cannot_judge():
    (only,) = unjudged("DB-303", changed(cement(), {"outlets": ()}))
    assert (only.at, only.reason) == (cement().at, "没有第四部分的产排污环节表，无法对照")


def test_facility_that_may_stand_in_what_is_unread():
    missing = changed(cement(), {"evidence.facilities": ()})
    found = findings("DB-303", missing)
    read = changed(missing, unread=(unread_at("五.2.14"),))
    assert findings("DB-303", read) == found != ()
    doubtful = changed(missing, unread=(unread_at("五.2.13.1"),))
    assert findings("DB-303", doubtful) == ()
    reasons = [doubt.reason for doubt in unjudged("DB-303", doubtful)]
    assert len(reasons) == len(found)
    assert all("2.13有没有读懂的内容" in reason for reason in reasons)


def unread_at(section):
    """Return what is said where a table of a section was not read."""
    return Unread(Location("测试.docx", section), "一个表格", "表头对不上")


# -- DB-304

RENUMBER = "重新连续编号，照片序号随之更正"


def numbered(*numbers: int | None):
    """Return the cement works with other running numbers in the first rows of its dust collectors."""
    return changed(
        cement(),
        {f"evidence.facilities.0.rows.{row}.number": n for row, n in enumerate(numbers)},
    )


def test_facility_numbers_not_running_passes():
    assert passed("DB-304", cement())
    assert passed("DB-304", furniture())


def test_facility_numbers_not_running_fails():
    """A gap is told once, where it opens; what follows runs on from there."""
    dossier = numbered(1, 2, 4, 5, 6, 7, 8, 9, 10)
    assert findings("DB-304", dossier) == (
        finding(
            "DB-304",
            at(dossier, "evidence.facilities.0.rows.2.at"),
            "除尘设施的序号为4，应为3",
            RENUMBER,
        ),
    )


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((1, 2, 2, 3, 4, 5, 6, 7, 8), ["除尘设施的序号为2，应为3"]),
        ((2, 3, 4, 5, 6, 7, 8, 9, 10), ["除尘设施的序号为2，应为1"]),
        (
            (1, 3, 2, 4),
            ["除尘设施的序号为3，应为2", "除尘设施的序号为2，应为4", "除尘设施的序号为4，应为3"],
        ),
    ],
)
def test_facility_numbers_not_running_boundary(numbers, told):
    """Numbers run from 1 in every table of its own; a repetition and a swap break them too."""
    assert [found.message for found in findings("DB-304", numbered(*numbers))][: len(told)] == told


def test_facility_numbers_not_running_cannot_judge():
    """Without tables the rule has no subject; a number that is none leaves the rest of its table open."""
    (only,) = unjudged("DB-304", numbered(1, 2, None, 9))
    assert only.at == at(cement(), "evidence.facilities.0.rows.2.at")
    assert only.reason == "序号不是数字，无法核对"
    later = changed(numbered(1, 2, None, 9), {"evidence.facilities.1.rows.0.number": 3})
    (found,) = findings("DB-304", later)
    assert found.at == at(later, "evidence.facilities.1.rows.0.at")
    result = outcome("DB-304", changed(cement(), {"evidence.facilities": ()}))
    assert (result.status, result.reason) == ("not_applicable", "没有治理设施表")


# -- DB-311


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"evidence.limits.0.pollutant.value": "烟（粉）尘"},
        {"outlets.9.pollutant.value": "SO₂", "outlets.10.pollutant.value": "NOx"},
        {"evidence.limits.4.outlet.value": "da002"},
    ],
)
def test_outlet_missing_in_limit_table_passes(changes):
    assert passed("DB-311", furniture())
    assert passed("DB-311", changed(cement(), changes))


def test_outlet_missing_in_limit_table_fails():
    dossier = without(cement(), "evidence.limits.7")
    assert findings("DB-311", dossier) == (
        finding(
            "DB-311",
            at(dossier, "evidence.limits.0.at"),
            "DA005 生料均化库顶的颗粒物没有在2.14对标",
            "在排放限值对标表中补充该排放口、该污染物",
            also=(at(dossier, "outlets.4.at"),),
        ),
    )


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ("evidence.limits.3", []),
        ("evidence.limits.2", ["DA001 水泥窑窑尾的氮氧化物没有在2.14对标"]),
        ("outlets.4", []),
    ],
)
def test_outlet_missing_in_limit_table_boundary(gone, told):
    """Every pollutant of an outlet counts by itself; 2.14 may compare more than chapter 四 lists."""
    found = findings("DB-311", without(cement(), gone))
    assert [one.message for one in found] == told


def test_outlet_missing_in_limit_table_without_names():
    row = changed(at(cement(), "outlets.0"), outlet=None, step=None, pollutant=None)
    (found,) = findings("DB-311", changed(cement(), {"outlets": (row,)}))
    assert found.message == "该排放口的污染物没有在2.14对标"


@pytest.mark.parametrize("missing", ["outlets", "evidence.limits"])
def test_outlet_missing_in_limit_table_cannot_judge(missing):
    (only,) = unjudged("DB-311", changed(cement(), {missing: ()}))
    assert only.at == cement().at
    assert only.reason == "缺少第四部分的产排污环节表或2.14的限值对标表，无法对照"


def test_outlet_that_may_stand_in_what_is_unread():
    missing = changed(cement(), {"evidence.limits": cement().evidence.limits[:1]})
    found = findings("DB-311", missing)
    doubtful = changed(missing, unread=(unread_at("五.2.14"),))
    assert found
    assert findings("DB-311", doubtful) == ()
    assert len(unjudged("DB-311", doubtful)) == len(found)


# -- DB-313


def test_facility_not_in_part_four_passes():
    assert passed("DB-313", cement())
    assert passed("DB-313", furniture())


def test_facility_not_in_part_four_fails():
    dossier = without(cement(), "outlets.8")
    assert findings("DB-313", dossier) == (
        finding(
            "DB-313",
            at(dossier, "evidence.facilities.0.rows.8.at"),
            "“水泥包装（DA009）”列在设施表中，第四部分没有",
            "在第四部分补充，或更正设施表",
        ),
    )


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"outlets.8.outlet": text("da009")}, []),
        ({"outlets.8.outlet": None, "evidence.facilities.0.rows.8.outlet": None}, []),
        ({"evidence.facilities.0.rows.8.outlet": text("DA０09")}, []),
        (
            {"evidence.facilities.0.rows.8.outlet": text("DA010")},
            ["“水泥包装（DA009）”列在设施表中，第四部分没有"],
        ),
        (
            {
                "evidence.facilities.0.rows.8.outlet": None,
                "evidence.facilities.0.rows.8.step": None,
            },
            ["“该设施”列在设施表中，第四部分没有"],
        ),
    ],
)
def test_facility_not_in_part_four_boundary(changes, told):
    found = findings("DB-313", changed(cement(), changes))
    assert [one.message for one in found] == told


@pytest.mark.parametrize("missing", ["outlets", "evidence.facilities"])
def test_facility_not_in_part_four_cannot_judge(missing):
    (only,) = unjudged("DB-313", changed(cement(), {missing: ()}))
    assert only.at == cement().at
    assert only.reason == "缺少第四部分的产排污环节表或第五部分的治理设施表，无法对照"
