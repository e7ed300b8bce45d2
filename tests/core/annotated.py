"""Annotated copies read back: which comment says what about which text."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache

from lxml import etree

from duibiao.document.word import read_word
from duibiao.law import load_common
from duibiao.model.dossier import Dossier
from duibiao.model.location import Location
from duibiao.recognition import recognise
from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding, Outcome, Status
from duibiao.service import Service
from duibiao.testing.dossiers import clean_dossier

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
SERVICE = Service()


@dataclass(frozen=True)
class Read:
    """A comment of ours.

    Attributes:
        author: Its author.
        date: Its date.
        lines: Its paragraphs.
        text: Visible text between its marks; what stands twice for old programs counts once.
        within: Tags around the mark of its beginning.
    """

    author: str
    date: str
    lines: tuple[str, ...]
    text: str
    within: tuple[str, ...]


def comments(
    data: bytes, main: str = "word/document.xml", *, may_be_points: bool = False
) -> list[Read]:
    """Return our comments in a Word file; every one is begun, ended and shown exactly once, in this order.

    LibreOffice writes a comment on nothing as a point, without beginning and end.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        root = etree.fromstring(file.read(main))
        known = etree.fromstring(file.read(main.replace("document.xml", "comments.xml")))
    texts: dict[str, list[str]] = {}
    around: dict[str, tuple[str, ...]] = {}
    opened: set[str] = set()
    shown: list[str] = []
    for element in root.iter(etree.Element):
        number = element.get(f"{W}id", "")
        match etree.QName(element).localname:
            case "commentRangeStart":
                assert number not in texts
                texts[number] = []
                around[number] = tuple(etree.QName(up).localname for up in element.iterancestors())
                opened.add(number)
            case "commentRangeEnd":
                opened.remove(number)
            case "commentReference":
                assert number not in opened
                shown.append(number)
                if may_be_points and number not in texts:
                    texts[number] = []
                    ups = element.getparent().iterancestors()  # its run stands where the mark would
                    around[number] = tuple(etree.QName(up).localname for up in ups)
            case "t" if (
                element.tag == f"{W}t" and next(element.iterancestors(FALLBACK), None) is None
            ):
                for one in opened:
                    texts[one].append(element.text or "")
    assert not opened
    ours = [item for item in known if item.get(f"{W}author", "").startswith("对标-")]
    assert all(shown.count(item.get(f"{W}id")) == 1 for item in ours)
    assert len({item.get(f"{W}id") for item in known}) == len(known)
    return [
        Read(
            item.get(f"{W}author"),
            item.get(f"{W}date"),
            tuple("".join(t.text for t in line.iter(f"{W}t")) for line in item),
            "".join(texts[item.get(f"{W}id")]),
            around[item.get(f"{W}id")],
        )
        for item in ours
    ]


def recognised(data: bytes, name: str = "申报材料.docx") -> Dossier:
    """Return the dossier in a Word file."""
    return recognise(read_word(data, name), load_common())


def places(value: object) -> Iterator[Location]:
    """Yield every place in a dossier."""
    if isinstance(value, Location):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from places(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from places(getattr(value, field.name))


def found(at: Location, message: str = "两处名称不同", *also: Location) -> Finding:
    """Return a finding at a place."""
    return Finding("DB-101", "名称不同", Severity.ERROR, at, message, "改成一致", (), also)


@cache
def _report() -> CheckReport:
    return SERVICE.judge(clean_dossier("furniture"))


def reporting(file: str, *findings: Finding) -> CheckReport:
    """Return a report on a file in which these things and no others were found."""
    rule = _report().outcomes[0].rule
    outcomes = (Outcome(rule, Status.FOUND, findings),)
    return replace(_report(), file=file, outcomes=outcomes, unread=(), warnings=())


def plain(text: str) -> str:
    """Return a text in normal width, without blanks and soft hyphens."""
    return "".join(unicodedata.normalize("NFKC", text).replace("\xad", "").split())
