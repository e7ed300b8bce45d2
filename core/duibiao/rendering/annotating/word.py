"""Word files: findings become comments at the paragraph, the cell or the row; nothing else is changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO
from xml.parsers.expat import ExpatError

from lxml import etree

from duibiao.document.package import Package
from duibiao.document.xml import W
from duibiao.intake.files import open_upload
from duibiao.intake.refusal import refusal
from duibiao.rendering.annotating.comments import CONTENT_TYPES, Comments, begin, end, source
from duibiao.rendering.annotating.markup import Change, Span, changed, spans, within
from duibiao.rendering.annotating.notes import Done, Note, pinned
from duibiao.rendering.annotating.parts import with_parts
from duibiao.rendering.annotating.places import Places, Stretch
from duibiao.reports.model import CheckReport

_SUFFIXES = (
    (b"ms-word.document.macroEnabled.main+xml", ".docm"),
    (b"ms-word.template.macroEnabledTemplate.main+xml", ".dotm"),
    (b"wordprocessingml.template.main+xml", ".dotx"),
)
_PPR = W + "pPr"


def suffix_of(data: bytes, name: str) -> str:
    """Return the suffix that Word asks of a file with this content, such as ``.docm`` where it holds macros."""
    with open_upload(data, name) as upload:
        types = upload.archive.read(CONTENT_TYPES) if CONTENT_TYPES in upload.archive else b""
    return next((suffix for kind, suffix in _SUFFIXES if kind in types), ".docx")


def annotate_word(data: bytes, name: str, report: CheckReport, target: BinaryIO) -> Done:
    """Write a Word file with the findings of its report as comments; the same input gives the same bytes.

    Every part but the text, the comments and what names them is copied byte for byte, and the text is the same but
    for the marks of the comments.

    Args:
        data: The file.
        name: Its name as the user knows it, for messages.
        report: What was found in it.
        target: Where to.

    Returns:
        What was done.

    Raises:
        IntakeError: The file cannot be read, or has no text.
        BuildError: The copy becomes too large.
    """
    with open_upload(data, name) as upload:
        package = Package(upload.archive)
        places = Places(package)
        found = pinned(report, places.find)
        placed: list[tuple[Stretch, Note]] = [(places.first, found.summary), *found.notes]
        comments = Comments(package, places.root)
        text = source(upload.archive, package.main)
        stretches = [stretch for stretch, _ in placed]
        try:
            parts = {
                package.main: _marked(text, places, stretches, comments),
                **comments.parts([note for _, note in placed], report.judge.day),
            }
        except ExpatError as error:  # stricter than lxml about the letters of names
            raise refusal(name, f"XML 的写法特殊（{error}），批注写不进去") from error
        remarks = tuple(_remarks(upload.archive.names()))
    with_parts(data, name, parts, target)
    return Done(found.placed, found.apart, remarks)


def _marked(data: bytes, places: Places, stretches: Sequence[Stretch], comments: Comments) -> bytes:
    """Return the text with the marks of comments, numbered from the first one on."""
    begun: dict[etree._Element, list[int]] = defaultdict(list)
    ended: dict[etree._Element, list[int]] = defaultdict(list)
    for number, stretch in enumerate(stretches, comments.first):
        first, last = places.ends(stretch)
        begun[first].append(number)
        ended[last].append(number)
    marked = begun.keys() | ended.keys()
    heads = {item: item[0] for item in marked if len(item) and item[0].tag == _PPR}
    wanted = marked | set(heads.values())
    numbers = {item: number for number, item in enumerate(places.root.iter()) if item in wanted}
    found = spans(data, frozenset(numbers.values()))
    at = {item: found[number] for item, number in numbers.items()}
    changes = [
        change
        for item in marked
        for change in _around(at, item, heads.get(item), begun[item], ended[item], data, comments)
    ]
    return changed(data, changes)


def _around(
    at: Mapping[etree._Element, Span],
    paragraph: etree._Element,
    head: etree._Element | None,
    begun: Sequence[int],
    ended: Sequence[int],
    data: bytes,
    comments: Comments,
) -> list[Change]:
    """Return the changes of one paragraph."""
    span, uri = at[paragraph], comments.uri
    opening = "".join(begin(number, span.prefix, uri) for number in begun).encode()
    closing = "".join(end(number, span.prefix, uri) for number in ended).encode()
    after = 0 if head is None else at[head].end
    return within(span, data, opening, closing, after=after)


def _remarks(names: Sequence[str]) -> Iterator[str]:
    if any(name.startswith("_xmlsignatures/") for name in names):
        yield "文件带有数字签名；批注件加了批注，其中的签名不再有效，原件的签名不受影响"
    if any(name.endswith("vbaproject.bin") for name in names):
        yield "文件含有宏，宏没有运行，在批注件中原样保留"
