"""The folders that a new project has, each with a note of what belongs there."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from duibiao.law.common import CommonLaw, Heading
from duibiao.law.records import EvidenceItem
from duibiao.project.evidence.placing import CONTRACTS, SEALS, Placing
from duibiao.project.evidence.sections import FLOW_CHART

_FLOW_CHART = "3.2 生产工艺（流程图）"
_FORBIDDEN = str.maketrans({**dict(zip('<>:"/\\|?*', "＜＞：＂／＼｜？＊", strict=True))})
_LONGEST = 60
_FORMATS = (
    "图片存为 JPG 或 PNG，文件存为 PDF；Word、Excel、HEIC 和视频不能直接用。本说明不会进入材料。"
)
_SCANS = "文件的扫描图片（一图一页）放进名为“扫描件”的文件夹，其他图片按照片排版。"
_SEALS = (
    "公章.png：企业公章的扫描图（可不放，打印后盖章）",
    "签字.png：法定代表人签字的扫描图（可不放，打印后签字）",
)


def evidence_folders(
    common: CommonLaw,
    sections: Collection[str],
    facilities: Mapping[str, Sequence[str]],
    checklist: Sequence[EvidenceItem] = (),
) -> Mapping[str, str]:
    """Return the folders of 证据/ and the text of the 说明.txt in each, in order.

    Args:
        common: Common law, for titles and what the outline asks for.
        sections: Keys of the sections that apply, such as ``五.2.13.1``; those above them have no folders.
        facilities: Section of 2.13.x → names of its facilities in order, such as ``DA001 1#窑窑尾``.
        checklist: What the branch asks for beyond the outline (`LawInForce.checklist`).

    Returns:
        Relative folder (with ``/``) → text.
    """
    placing = Placing(common, facilities)
    found: dict[str, str] = {}
    for key in placing.sections.leaves:
        if key == FLOW_CHART or key in sections:
            heading = placing.sections.heading(key)
            folder = _FLOW_CHART if key == FLOW_CHART else folder_name(heading.label)
            found[folder] = _note(heading, _asked(heading, checklist))
            found |= {
                f"{folder}/{name}": _note(heading, lines)
                for name, lines in _inner(placing, heading)
            }
    found[SEALS] = "\n".join((*_SEALS, ""))
    return found


def folder_name(text: str) -> str:
    """Return a text as the name of a folder on any system."""
    name = "".join(letter for letter in text.translate(_FORBIDDEN) if letter.isprintable())
    return name[:_LONGEST].strip().rstrip(".")


def _inner(placing: Placing, heading: Heading) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield the folders inside that of a section, with what belongs there."""
    key = heading.key
    if key in placing.items:
        for number, (name, asked) in enumerate(
            zip(placing.items[key].names, heading.holds, strict=True), 1
        ):
            yield folder_name(f"（{number}）{name}"), (asked,)
    elif key in placing.facilities:
        holds = placing.sections.heading(min(placing.facilities)).holds
        photos = [line for line in holds if "照片" in line]
        for number, name in enumerate(placing.facilities[key].names, 1):
            yield (
                folder_name(f"{heading.number}-{number} {name}"),
                (f"第{number}号设施“{name}”", *photos),
            )
        yield CONTRACTS, [line for line in holds if "合同" in line]


def _asked(heading: Heading, checklist: Sequence[EvidenceItem]) -> Iterator[str]:
    """Yield what the outline and the branch ask for."""
    yield from heading.holds
    for item in checklist:
        if item.number == heading.number and heading.key != FLOW_CHART:
            standing = item.provenance.standing.label
            yield from (f"{line}（{standing}）" for line in item.holds)


def _note(heading: Heading, lines: Sequence[str] | Iterator[str]) -> str:
    asked = [f"{number}. {line}" for number, line in enumerate(lines, 1)]
    cited = "；".join(map(str, heading.cites))
    return "\n".join(
        (heading.label, "", "这里放：", *asked, "", f"依据：{cited}", _FORMATS, _SCANS, "")
    )
