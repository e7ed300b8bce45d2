"""五.1: the indicator table, and which of the sections 2.1 to 2.12 apply."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from duibiao.law.common import Indicator
from duibiao.model.evidence import IndicatorRow, IndicatorTable
from duibiao.model.location import Located, Text
from duibiao.project.compose.desk import Desk
from duibiao.project.data import Record
from duibiao.project.requirements import requirement_text
from duibiao.rules.support import indicator_name

SECTION = "五.1"


def indicator_table(desk: Desk, printed: Collection[str]) -> IndicatorTable:
    """Compose the indicator table in the prescribed order.

    Args:
        desk: The project.
        printed: Keys of the sections that are printed; a row whose section is not among them is a misfit and left out.
    """
    rows = desk.data.rows("indicators")
    order = {indicator.name: number for number, indicator in enumerate(desk.law.common.indicators)}
    found = list(_rows(desk, rows, printed))
    found.sort(key=lambda row: order.get(row.indicator.value, len(order)))
    heading = f"{desk.trade}行业{desk.grade_label}绩效指标要求"
    at = desk.home("indicators", SECTION)
    return IndicatorTable(at, Located(heading, at), tuple(found))


def _rows(desk: Desk, rows: Collection[Record], printed: Collection[str]) -> Iterator[IndicatorRow]:
    known = {indicator.name: indicator for indicator in desk.law.common.indicators}
    for record in rows:
        written = desk.cell(record, "indicator", SECTION)
        bare = IndicatorRow(
            desk.placed(record.at, SECTION),
            written,
            requirement=desk.cell(record, "requirement", SECTION),
            status=desk.cell(record, "status", SECTION),
            remark=desk.cell(record, "remark", SECTION),
        )
        indicator = known.get(indicator_name(bare, desk.law.common) or "")
        if indicator is None:
            desk.misfit(
                written.at,
                f"“{written.value}”不是附件4所列的差异化指标",
                f"写其中之一：{'、'.join(known)}",
            )
            yield bare
        elif f"五.{indicator.section}" not in printed:
            desk.misfit(
                written.at,
                f"对标总表写了“{indicator.name}”，{indicator.section}却没有说明、清单和证明文件，该行没有列入",
                f"涉及的，在“证明材料说明”写{indicator.section}，证明文件放进证据文件夹；不涉及的，删去该行",
            )
        else:
            yield _filled(desk, bare, indicator)


def _filled(desk: Desk, row: IndicatorRow, indicator: Indicator) -> IndicatorRow:
    """A row with what stands in it where the sheet leaves it blank."""
    requirement, remark = row.requirement, row.remark
    assert requirement is not None
    assert remark is not None
    if not requirement.value:
        requirement = _required(desk, requirement, indicator)
    return replace(
        row,
        indicator=replace(row.indicator, value=indicator.name),
        requirement=requirement,
        remark=remark if remark.value else replace(remark, value=f"见{indicator.section}"),
    )


def _required(desk: Desk, blank: Text, indicator: Indicator) -> Text:
    """What the plugin knows that the grade requires, in the order of the guide."""
    grade = desk.law.grade or desk.grade
    text = requirement_text(desk.law.requirements_of(indicator.name, grade) if grade else ())
    if not text:
        label = grade.label if grade else "所申报等级"
        desk.misfit(
            blank.at,
            f"“{indicator.name}”没有写绩效指标要求，也没有查到{label}的指标要求（缺）",
            "请对照技术指南填写",
        )
        return blank
    return replace(blank, value=text)
