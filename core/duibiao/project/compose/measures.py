"""4.1 to 4.3 of 附件2: the measures of an alert level, the enterprise's own or those that the plugin binds the grade to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duibiao.law.records import ReductionMeasure
from duibiao.model.grades import SELF_CHOSEN, Grade
from duibiao.model.location import Text
from duibiao.model.plan import AlertLevel
from duibiao.project.compose.desk import Desk, exact
from duibiao.project.data import Record
from duibiao.project.reduction import WHOLE, Cut

SELF_CHOSEN_MEASURE = "自主采取减排措施"

_PRODUCTION = ("stop", "limit")
_BOUND = (*_PRODUCTION, "vehicles", "machinery")
_WORDS = {"stop": "停产", "limit": "限产"}
_ELSEWHERE = re.compile(r"(?:减排比例|责任人|联系方式|联系电话|电话|手机)[^，。；]{0,6}[:：]")


@dataclass(frozen=True, slots=True)
class LevelMeasures:
    """某一级别的措施.

    Attributes:
        texts: The measures, one sentence each, without number and full stop.
        cuts: By how much they cut production; None where that is not known.
    """

    texts: tuple[Text, ...]
    cuts: tuple[Cut, ...] | None


def measures_at(desk: Desk, level: AlertLevel, section: str) -> LevelMeasures:
    """Return the measures of a level: the enterprise's own, else the plugin's for the grade."""
    own = [
        row
        for row in desk.data.rows("measures")
        if desk.cell(row, "level", section).value == level.value
    ]
    if own:
        return _own(desk, own, section)
    grade = desk.law.grade or desk.grade
    if grade in SELF_CHOSEN:
        return LevelMeasures((desk.say(section, "form", SELF_CHOSEN_MEASURE),), None)
    bound = [row for row in desk.law.measures if grade and _binds(row, grade, level)]
    written = [entry for row in bound for entry in _written_out(row, desk)]
    cuts = [cut for row in bound if row.kind in _PRODUCTION for cut in _cuts(row, desk) or (None,)]
    known = tuple(cut for cut in cuts if cut)
    return LevelMeasures(
        tuple(desk.say(section, "form", text) for text in dict.fromkeys(written)),
        known if known and len(known) == len(cuts) else None,
    )


def _own(desk: Desk, rows: Sequence[Record], section: str) -> LevelMeasures:
    texts, cuts = [], []
    for row in rows:
        line, measure = desk.cell(row, "line", section), desk.cell(row, "measure", section)
        text = measure.value.rstrip("。；; ")
        if line.value and line.value not in text:
            text = f"{line.value}：{text}"
        texts.append(type(measure)(text, measure.at))
        if _ELSEWHERE.search(text):
            desk.misfit(
                measure.at,
                f"减排措施“{measure.value}”里写了减排比例、责任人或电话",
                "写在“预警减排比例”表，这里只写措施",
            )
        if line.value and not desk.line_named(line.value):
            desk.misfit(
                line.at, f"“产品产能”表没有生产线“{line.value}”", "写该表中的生产线名称；全厂的空着"
            )
        elif cut := _typed_cut(desk, row, section):
            cuts.append(cut)
    return LevelMeasures(tuple(texts), tuple(cuts) or None)


def _typed_cut(desk: Desk, row: Record, section: str) -> Cut | None:
    written = desk.measure(row, "cut", section, "%")
    if not written.value.text:
        return None
    share = exact(written.value)
    if share is None or not 0 <= share <= WHOLE or written.value.unit != "%":
        desk.misfit(
            written.at,
            f"限产比例“{written.value}”不是0至100之间的百分数",
            "停产写100，限产一半写50",
        )
        return None
    return Cut(desk.line_named(desk.cell(row, "line", section).value), share)


def _binds(measure: ReductionMeasure, grade: Grade, level: AlertLevel) -> bool:
    return (
        level in measure.levels
        and measure.kind in _BOUND
        and (not measure.grades or grade in measure.grades)
    )


def _share(measure: ReductionMeasure) -> Decimal | None:
    """By how much a measure cuts, in %: a stop without a ratio is a whole one."""
    if measure.ratio is None and measure.kind == "stop":
        return WHOLE
    return measure.ratio


def _written_out(measure: ReductionMeasure, desk: Desk) -> Iterator[str]:
    """A measure as the plan has it: line by line where it holds for each of them alike, else as the guide words it.

    A stop of a part of the plant does not say which lines stop, so it cannot be written out.
    """
    share = _share(measure)
    partly_stopped = measure.kind == "stop" and share != WHOLE
    if measure.kind not in _PRODUCTION or measure.process or share is None or partly_stopped:
        yield measure.text.rstrip("。；; ")
        return
    amount = "" if measure.kind == "stop" else f"{share:f}%"
    for line in desk.production_lines:
        yield f"{line}：{_WORDS[measure.kind]}{amount}"


def _cuts(measure: ReductionMeasure, desk: Desk) -> tuple[Cut, ...]:
    """The cuts of a measure; none where it does not say by how much, or its process is that of no line."""
    share = _share(measure)
    if share is None:
        return ()
    if not measure.process:
        return (Cut("", share),)
    names = [name for name in re.split(r"[、，,/]", measure.process) if name]
    lines = [
        desk.cell(row, "line", "四.3.1").value
        for row in desk.data.rows("products")
        if any(
            name in desk.cell(row, key, "四.3.1").value
            for name in names
            for key in ("line", "product")
        )
    ]
    return tuple(Cut(line, share) for line in dict.fromkeys(lines))
