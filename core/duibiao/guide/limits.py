"""Reading limits out of the words of a cell: all that is plain, and nothing that is not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from duibiao.guide.processes import UnclearError, process_phrase
from duibiao.guide.sentences import TornError, sentences
from duibiao.law.common import load_common
from duibiao.law.judging import AMBIENT_OXYGEN
from duibiao.model.quantities import MG_PER_M3, unit_in_header

LONGEST_SENTENCE = 300
"""Longest sentence, in characters, in which figures are looked for."""

_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"(?:mg/n?m3|毫克/(?:标准?)?立方米|毫克每立方米)"
_AT_MOST = r"不(?:得|应|能)?(?:高于|大于|超过)|小于等于|小于或等于|≤|<=|≦"
_BELOW = r"低于|小于|<"
_MIDDLE = (
    r"(?:的|有组织|排放|浓度|限值|指标|应|须|需|必须|应当|全部|均|稳定|要求|满足|达到|控制在|,)*"
)
_SEPARATOR = r"(?:以及|[、,/和及与])"
_OXYGEN = re.compile(
    rf",?\(?(?:在|按|以)?(?:折算)?(?:干烟气)?(?:中)?基准(?:含氧量|氧含量|含氧|氧)(?:浓度)?(?:均)?(?:为|按|以|是|:)?"
    rf"({_NUMBER})%(?:计|折算)?(?:的?(?:条件|状态)下|时)?\)?,?"
)
_ALL_OXYGEN = re.compile(
    r"^(?:以上|上述)(?:各?(?:排放)?(?:浓度|限值|指标|数值)?)?(?:均|都)?(?:指|为|是)?$"
)
_HOURLY = re.compile(r"\((?:1?小时(?:平?均)(?:值|浓度)?)\)|1?小时平?均(?:值|浓度)?")
_MEASURED = re.compile(r"\(实测(?:值|浓度)?\)|实测(?=浓度|值)")
_BACK = re.compile(r"以上|上述|除(?!尘)|其中|前款|折算|含氧|氧含量|均值|平均|同[A-D]级")
_GOES_ON = re.compile(r"[\d≤<.,、/]")
_FIGURES = re.compile(
    rf"{_NUMBER}\s*{_UNIT}|[≤≥<>]|不(?:得|应)?(?:高于|大于|超过)|浓度|限值", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReadLimit:
    """读出的限值: one figure for one pollutant.

    Attributes:
        process: The process in the words of the guide; "" where none is named.
        pollutant: Key of the pollutant.
        op: ``<=`` or ``<``.
        value: The figure in mg/m³.
        oxygen: Baseline oxygen in %, or None.
        basis: hourly_mean, as_measured or "".
        sentence: The sentence that it was read in.
    """

    process: str
    pollutant: str
    op: str
    value: Decimal
    oxygen: Decimal | None = None
    basis: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A cell as read: its limits, and the sentences that could not be read with the reason."""

    limits: tuple[ReadLimit, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()


def read_limits(text: str, items: tuple[str, ...], header: str) -> Reading:
    """Read the limits of a cell.

    Args:
        text: The words of the cell.
        items: What else names its row: a process, pollutants.
        header: Label of the row or column, which may give the unit in brackets.

    Returns:
        Its limits and what could not be read. One unclear sentence that may change what the others say leaves
        the whole cell unread.
    """
    try:
        process, pollutants, unit = _row(items, header)
        said = sentences(text)
    except TornError:
        return Reading(unread=((text, "数字被空格或换行隔开，分不清是几个数"),))
    except UnclearError as error:
        return Reading(unread=((text, str(error)),))
    if pollutants and len(said) == 1 and not re.search(_pollutant(), said[0], re.IGNORECASE):
        said = [f"{'、'.join(pollutants)}{_with_sign(said[0])}"]
    limits: list[ReadLimit] = []
    unread: list[tuple[str, str]] = []
    for sentence in said:
        try:
            limits = _take(sentence, limits, process, unit)
        except UnclearError as error:
            unread.append((sentence, str(error)))
    why = _spoilt(limits, [sentence for sentence, _ in unread])
    if why:
        known = [sentence for sentence, _ in unread]
        unread += [(s, why) for s in dict.fromkeys(x.sentence for x in limits) if s not in known]
        limits = []
    return Reading(tuple(limits), tuple(unread))


def _row(items: tuple[str, ...], header: str) -> tuple[str, tuple[str, ...], str]:
    """Return the process, the pollutants and the unit that the labels of a row give."""
    process: list[str] = []
    pollutants: tuple[str, ...] = ()
    unit = unit_in_header(header)
    for item in items:
        said = "".join(sentences(item))
        unit = unit_in_header(item) or unit
        bare = re.sub(rf"\(?{_UNIT}\)?$", "", said, flags=re.IGNORECASE)
        found = re.fullmatch(rf"{_list()}(?:排放)?(?:浓度)?(?:限值)?", bare, re.IGNORECASE)
        if found:
            pollutants = tuple(re.findall(_pollutant(), bare, re.IGNORECASE))
        elif phrase := process_phrase(bare):
            process.append(phrase)
    return "".join(process), pollutants, unit


def _with_sign(figures: str) -> str:
    return f"≤{figures}" if re.match(_NUMBER, figures) else figures


def _take(sentence: str, before: list[ReadLimit], process: str, unit: str) -> list[ReadLimit]:
    """Return the limits so far with those of a sentence; raise UnclearError where it has figures and is not plain."""
    if len(sentence) > LONGEST_SENTENCE:
        raise UnclearError("句子太长")
    if re.search(r"\d,\d{3}(?!\d)", sentence):
        raise UnclearError("逗号分不清是千分位还是分隔")
    bare, oxygen = _oxygen(sentence)
    if oxygen is not None and (_ALL_OXYGEN.fullmatch(bare) or not bare):
        return _with_oxygen(before, oxygen, everywhere=bool(bare))
    bare, basis = _basis(bare)
    if not _FIGURES.search(bare):
        if _BACK.search(bare) or re.search(r"\d", bare):
            raise UnclearError("没有读出污染物和数值")
        return before
    read = _groups(bare, unit)
    if process and any(head and head != process for head, *_ in read):
        raise UnclearError(f"表中写“{process}”，句中又写“{read[0][0]}”")
    if not process and before and before[-1].process and not all(head for head, *_ in read):
        raise UnclearError(f"没有写是哪个工序，前一句写的是“{before[-1].process}”")
    return before + [
        ReadLimit(head or process, pollutant, op, value, oxygen, basis, sentence)
        for head, pollutant, op, value in read
    ]


def _oxygen(sentence: str) -> tuple[str, Decimal | None]:
    found = {Decimal(text) for text in _OXYGEN.findall(sentence)}
    if len(found) > 1:
        raise UnclearError("一句中有几个基准含氧量")
    if not found:
        return sentence, None
    (oxygen,) = found
    if not 0 <= oxygen < AMBIENT_OXYGEN:
        raise UnclearError(f"基准含氧量{oxygen}%不在0至21%之间")
    before, after = _OXYGEN.split(sentence, maxsplit=1)[:: _OXYGEN.groups + 1]
    if re.search(r"\d", re.sub(_pollutant(), "", before)) and _FIGURES.search(after):
        raise UnclearError("分不清基准含氧量属于前面还是后面的限值")
    return f"{before}{after}", oxygen


def _with_oxygen(before: list[ReadLimit], oxygen: Decimal, *, everywhere: bool) -> list[ReadLimit]:
    """Give the limits read so far the oxygen that a sentence of its own states."""
    if not before:
        raise UnclearError("只有基准含氧量，前面没有限值")
    if not everywhere and len({entry.process for entry in before}) > 1:
        raise UnclearError("分不清基准含氧量属于哪个工序")
    return [
        entry if entry.oxygen is not None else replace(entry, oxygen=oxygen) for entry in before
    ]


def _basis(sentence: str) -> tuple[str, str]:
    for pattern, basis in ((_HOURLY, "hourly_mean"), (_MEASURED, "as_measured")):
        if pattern.search(sentence):
            return pattern.sub("", sentence), basis
    return sentence, ""


def _groups(sentence: str, unit: str) -> list[tuple[str, str, str, Decimal]]:
    """Return (process, pollutant, op, value) for all that a sentence says."""
    for start in re.finditer(_pollutant(), sentence, re.IGNORECASE):
        head, rest = sentence[: start.start()], sentence[start.start() :]
        groups = _all_groups(rest)
        if groups is None:
            continue
        if re.search(rf"{_SEPARATOR}$", sentence[: start.start()]):
            raise UnclearError(f"“{head[:-1]}”可能是没有认得的污染物")
        if re.search(_pollutant(at_least=2), head, re.IGNORECASE):
            raise UnclearError("句子前半段的污染物没有读懂")
        head = process_phrase(head)
        if not re.search(_UNIT, groups[-1]["figures"], re.IGNORECASE) and unit != MG_PER_M3:
            raise UnclearError(f"单位“{unit}”不是mg/m³" if unit else "没有写单位")
        return [entry for group in groups for entry in _aligned(head, group)]
    if re.search("超低|标准", sentence):
        raise UnclearError("没有读出数值；如果是执行超低排放或排放标准，请在 law 中写 [[basis]]")
    raise UnclearError("没有读出污染物、数值和单位")


def _all_groups(rest: str) -> list[re.Match[str]] | None:
    """Return the groups of pollutants and figures that `rest` consists of, or None where it says more."""
    groups = []
    while rest:
        found = _group().match(rest)
        if found is None:
            return None
        groups.append(found)
        rest = re.sub(rf"^(?:{_SEPARATOR}|的?(?:限值)?要求$|的$)+", "", rest[found.end() :])
    return groups


def _aligned(head: str, group: re.Match[str]) -> list[tuple[str, str, str, Decimal]]:
    names = re.findall(_pollutant(), group["names"], re.IGNORECASE)
    keys = list(dict.fromkeys(_key(name) for name in names))
    bare = re.sub(_UNIT, "", group["figures"], flags=re.IGNORECASE)
    figures = [Decimal(text) for text in re.findall(_NUMBER, bare)]
    if bool(group["sign"]) == bool(group["ceiling"]):
        raise UnclearError(
            "数值前后都没有“不高于”这类的词" if not group["sign"] else "比较词写了两个"
        )
    if len(figures) == 1 and not group["each"]:
        figures *= len(keys)
    if len(figures) != len(keys):
        raise UnclearError(f"污染物{len(keys)}种，数值{len(figures)}个，对不上")
    op = "<" if re.fullmatch(_BELOW, group["sign"] or "") else "<="
    return [(head, key, op, value) for key, value in zip(keys, figures, strict=True)]


def _spoilt(limits: list[ReadLimit], unread: list[str]) -> str:
    """Return why what was read cannot be relied on, or "": something unread speaks of the same, or two say different."""
    if not limits:
        return ""
    for sentence in unread:
        told = {_key(name) for name in re.findall(_pollutant(at_least=2), sentence, re.IGNORECASE)}
        if (
            _BACK.search(sentence)
            or _GOES_ON.match(sentence)
            or told & {entry.pollutant for entry in limits}
        ):
            return "同一格中有一句没有读懂，可能改变本句的意思"
    seen: dict[tuple[str, str], ReadLimit] = {}
    for entry in limits:
        first = seen.setdefault((entry.process, entry.pollutant), entry)
        if (first.op, first.value, first.oxygen) != (entry.op, entry.value, entry.oxygen):
            return "同一工序、同一污染物有两个限值，分不清各在什么条件下适用"
    return ""


@cache
def _names() -> dict[str, str]:
    """Names of pollutants as they stand in sentences, lower case → key."""
    return {
        "".join("".join(sentences(name)).split()).casefold(): pollutant.key
        for pollutant in load_common().pollutants
        for name in (pollutant.key, pollutant.name, *pollutant.aliases)
    }


def _key(name: str) -> str:
    return _names()[name.casefold()]


@cache
def _pollutant(at_least: int = 1) -> str:
    names = sorted((name for name in _names() if len(name) >= at_least), key=lambda n: (-len(n), n))
    return rf"(?<![a-z])(?:{'|'.join(map(re.escape, names))})(?![a-z0-9.])"


@cache
def _list() -> str:
    one = rf"{_pollutant()}(?:\({_pollutant()}\))?"
    return rf"{one}(?:{_SEPARATOR}{one})*"


@cache
def _group() -> re.Pattern[str]:
    figures = rf"{_NUMBER}(?:{_UNIT})?(?:(?:{_SEPARATOR}){_NUMBER}(?:{_UNIT})?)*"
    return re.compile(
        rf"(?P<names>{_list()}){_MIDDLE}(?P<each>分别|依次)?{_MIDDLE}"
        rf"(?P<sign>{_AT_MOST}|{_BELOW}|为|:)?"
        rf"(?P<figures>{figures})(?P<ceiling>(?:及)?以[下内])?"
        rf"(?=$|{_SEPARATOR}|的)",
        re.IGNORECASE,
    )
