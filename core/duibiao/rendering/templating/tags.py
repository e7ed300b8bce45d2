"""The tags that a template's author wrote: closed, paired and known, before anything is made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from duibiao.rendering.templating.faults import Fault, Place
from duibiao.rendering.templating.places import CELL, PARAGRAPH, ROW, own_text, text_of

MOST_TAGS = 5_000
LONGEST_TAG = 2_000
_OPENINGS = re.compile(r"\{[{%#]")
_CLOSINGS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_FULL_WIDTH = re.compile(r"[｛{]\s?[｛{%％]|[｝}%％]\s?[｝}]")
_PAIRS = {"for": "endfor", "if": "endif", "macro": "endmacro", "set": "endset", "with": "endwith"}
_ENDS = {end: start for start, end in _PAIRS.items()}
_MIDDLES = {"else": ("if", "for"), "elif": ("if",)}
_ALONE = frozenset({"colspan", "cellbg", "vm", "hm"})
_MERGING = frozenset({"vm", "hm"})
_FORBIDDEN = frozenset({"include", "import", "from", "extends", "block", "filter", "call", "raw"})
_TAKEN = {"p": ("段落", PARAGRAPH), "tr": ("表格行", ROW), "tc": ("单元格", CELL)}


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag.

    Attributes:
        text: All of it.
        kind: ``p``, ``tr``, ``tc``, ``r`` or "": what it takes the place of.
        word: Its first word, "" where it prints a value or is a comment.
        rest: What follows the word.
        place: Where it stands.
    """

    text: str
    kind: str
    word: str
    rest: str
    place: Place

    @property
    def opens(self) -> bool:
        """Whether an end belongs to it."""
        return self.word in _PAIRS and not (self.word == "set" and "=" in self.rest)


def check_tags(places: dict[etree._Element, Place]) -> None:
    """Make sure that the tags of a part can be understood.

    Args:
        places: Its paragraphs, rows and cells, in order.

    Raises:
        Fault: One is not closed, has no partner, is not known or would take other text with it.
    """
    tags: list[Tag] = []
    for element, place in places.items():
        if element.tag == PARAGRAPH:
            found = list(_tags(own_text(element), place))
            for tag in found:
                _check_alone(tag, element)
            tags += found
    if len(tags) > MOST_TAGS:
        raise Fault(f"标签超过 {MOST_TAGS} 个", "请精简模板")
    _check_pairs(tags)


def _tags(text: str, place: Place) -> Iterator[Tag]:
    at = 0
    while opening := _OPENINGS.search(text, at):
        closing = _CLOSINGS[opening[0]]
        end = text.find(closing, opening.end())
        again = _OPENINGS.search(text, opening.end())
        if end < 0 or (again and again.start() < end):
            cut = text[opening.start() : again.start() if again else None][:40]
            remedy = (
                f"请在本段内补上“{closing}”；确实要印出“{opening[0]}”时请写“{{_{opening[0][1]}”"
            )
            raise Fault(f"“{cut}”没有结束的“{closing}”", remedy, place)
        at = end + len(closing)
        if at - opening.start() > LONGEST_TAG:
            raise Fault(f"一个标签超过 {LONGEST_TAG} 个字符", "请拆成几个标签", place)
        yield _tag(text[opening.start() : at], place)
    rest = re.sub(r"\{[{%#].*?[}%#]\}", "", text, flags=re.DOTALL)
    if wide := _FULL_WIDTH.search(rest):
        raise Fault(
            f"“{wide[0]}”不是成对的半角标签", "标签要用半角的 {{ … }} 或 {% … %} 写完整", place
        )


def _tag(text: str, place: Place) -> Tag:
    if text.startswith("{%"):
        found = re.fullmatch(r"\{%(?:(p|tr|tc|r)(?= ))?[-+]?\s*(\w*)(.*?)[-+]?%\}", text, re.DOTALL)
        assert found is not None
        return Tag(text, found[1] or "", found[2], found[3], place)
    found = re.match(r"\{[{#](p|tr|tc|r) ", text)
    return Tag(text, found[1] if found else "", "", "", place)


def _check_alone(tag: Tag, paragraph: etree._Element) -> None:
    """Make sure that a tag which takes the place of a paragraph, row or cell takes no other text with it."""
    if tag.kind and re.search(r"[%}]", tag.text[2:-2]):
        raise Fault(
            f"{tag.text} 里有 % 或 }}，这种标签里不能用", "请先用 {% set %} 算好再用", tag.place
        )
    if tag.word in _ALONE and next(paragraph.iterancestors(CELL), None) is None:
        raise Fault(f"{tag.text} 只能用在表格的单元格里", "请移到单元格里，或去掉它", tag.place)
    if tag.kind not in _TAKEN:
        return
    name, element = _TAKEN[tag.kind]
    taken = paragraph if element == PARAGRAPH else next(paragraph.iterancestors(element), None)
    if taken is None:
        raise Fault(f"{tag.text} 不在表格里", "请移到表格里，或改用 {%p …%}", tag.place)
    text = own_text(taken) if element == PARAGRAPH else text_of(taken)
    other = text.replace(tag.text, "", 1).strip()
    if other:
        raise Fault(
            f"{tag.text} 会替换整个{name}，其中的“{other[:40]}”会丢失",
            f"请让它独占一个{name}",
            tag.place,
        )


def _check_pairs(tags: list[Tag]) -> None:
    waiting: list[Tag] = []
    for tag in tags:
        word = tag.word
        if tag.opens:
            waiting.append(tag)
        elif word in _ENDS:
            if not waiting or waiting[-1].word != _ENDS[word]:
                raise _unpaired(tag, waiting)
            _check_level(waiting.pop(), tag)
        elif word in _MIDDLES:
            if not waiting or waiting[-1].word not in _MIDDLES[word]:
                raise _unpaired(tag, waiting)
            _check_level(waiting[-1], tag)
        elif word in _MERGING and not any(item.word == "for" for item in waiting):
            raise Fault(f"{tag.text} 只能用在循环里", "请放到 for 和 endfor 之间", tag.place)
        elif word in _FORBIDDEN:
            raise Fault(f"模板里不能用 {tag.text}", "请去掉它", tag.place)
        elif tag.text.startswith("{%") and word not in _ALONE | {"set"}:
            raise Fault(
                f"不认识的标签 {tag.text}", "请核对写法，例如 {% if … %}、{%p for … %}", tag.place
            )
    if waiting:
        tag = waiting[-1]
        remedy = f"请在它管到的内容之后补上 {{%{tag.kind} {_PAIRS[tag.word]} %}}"
        raise Fault(f"{tag.text} 没有结束标签", remedy, tag.place)


def _check_level(start: Tag, end: Tag) -> None:
    if start.kind != end.kind:
        raise Fault(
            f"{end.text} 与{start.place.where}的 {start.text} 不同级",
            f"请把它写成 {{%{start.kind} {end.word} %}}，使成对的标签都替换同一级内容",
            end.place,
        )


def _unpaired(tag: Tag, waiting: list[Tag]) -> Fault:
    if not waiting:
        needed = _ENDS.get(tag.word) or "if"
        return Fault(f"{tag.text} 之前没有对应的 {needed}", "请补上开始标签，或去掉它", tag.place)
    start = waiting[-1]
    return Fault(
        f"{tag.text} 之前，{start.place.where}的 {start.text} 还没有结束",
        f"请先补上 {{%{start.kind} {_PAIRS[start.word]} %}}",
        tag.place,
    )
