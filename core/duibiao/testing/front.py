"""Title page, contents, application form and commitment letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from duibiao.law.common import Heading
from duibiao.model.application import (
    ApplicationForm,
    CommitmentLetter,
    ContentsEntry,
    Cover,
    LetterKind,
)
from duibiao.model.dates import Day, PartialDate
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import halfwidth, parse_quantity
from duibiao.testing import forms
from duibiao.testing.scribe import Scribe
from duibiao.testing.spec import Enterprise

DEEPEST_ENTRY = 3
"""Deepest level of headings that the contents list."""

_NO_NEW_PAGE = ("五.2.13.1", "五.2.16.1")


def begins_page(key: str, *, applies: bool) -> bool:
    """Return whether a section begins a new page: parts, the two sections of part 五, and evidence that applies."""
    if "." not in key or key in ("五.1", "五.2"):
        return True
    return key.startswith("五.2.") and applies and key not in _NO_NEW_PAGE


def dated(day: date) -> PartialDate:
    """Return a day as documents date it."""
    return PartialDate(day.year, day.month, day.day)


def title(heading: Heading, enterprise: Enterprise) -> str:
    """Return the title of a heading of the outline as this enterprise writes it."""
    return f"{enterprise.name}{heading.title}" if heading.key == "一" else heading.title


def write_cover(scribe: Scribe, enterprise: Enterprise) -> Cover:
    """Write the title page."""
    name = scribe.line(enterprise.name)
    scribe.line(forms.COVER_TITLE)
    scribe.line(forms.COVER_KIND)
    seal = scribe.line(forms.COVER_SEAL)
    day = scribe.line(str(dated(enterprise.day)))
    at = Location(scribe.file, "封面", "封面", quote="封面")
    return Cover(at, name, Located(dated(enterprise.day), day.at), seal, has_seal=True)


def write_contents(
    scribe: Scribe,
    enterprise: Enterprise,
    outline: Sequence[Heading],
    pages: Mapping[str, Sequence[int]],
) -> tuple[ContentsEntry, ...]:
    """Write the table of contents down to the third level."""
    scribe.line(forms.CONTENTS_TITLE)
    return tuple(
        _entry(scribe, heading.number, title(heading, enterprise), pages.get(heading.key, (0,))[0])
        for heading in outline
        if heading.key.count(".") < DEEPEST_ENTRY
    )


def write_form(scribe: Scribe, enterprise: Enterprise, at: Location) -> ApplicationForm:
    """Write part 一."""
    scribe.line(forms.FORM_TITLE)
    values = (
        enterprise.city,
        enterprise.county,
        enterprise.address,
        enterprise.name,
        enterprise.credit_code,
        enterprise.industry,
        enterprise.grade.label,
        enterprise.control_type,
        enterprise.responsible,
        enterprise.phone,
        enterprise.output_value,
    )
    texts = scribe.pairs(list(zip(forms.FORM_LABELS, values, strict=True)))
    scribe.picture(lines=4)
    output = texts[10]
    return ApplicationForm(
        at,
        city=texts[0],
        county=texts[1],
        address=texts[2],
        enterprise=texts[3],
        credit_code=texts[4],
        industry=texts[5],
        grade=texts[6],
        control_type=texts[7],
        responsible=texts[8],
        phone=texts[9],
        output_value=Located(parse_quantity(output.value, "万元"), output.at),
        has_seal=True,
    )


def write_authenticity(scribe: Scribe, enterprise: Enterprise, at: Location) -> CommitmentLetter:
    """Write part 二."""
    title_line = scribe.line(forms.AUTHENTICITY_TITLE)
    addressee = scribe.line(f"{enterprise.city}生态环境局：")
    grade = enterprise.grade.label
    body = scribe.line(
        forms.AUTHENTICITY.format(year=enterprise.day.year, industry=enterprise.trade, grade=grade)
    )
    promise = scribe.line(forms.AUTHENTICITY_PROMISE)
    seal, signature, day, closing = _close(scribe, enterprise)
    return CommitmentLetter(
        LetterKind.AUTHENTICITY,
        at,
        (title_line, addressee, body, promise, *closing),
        addressee=addressee,
        year=Located(str(enterprise.day.year), body.at),
        industry=Located(enterprise.trade, body.at),
        grade=Located(grade, body.at),
        commitment=promise,
        signature=signature,
        date=day,
        seal_mark=seal,
        has_seal=True,
    )


def write_reduction(scribe: Scribe, enterprise: Enterprise, at: Location) -> CommitmentLetter:
    """Write part 三."""
    name = scribe.line(enterprise.name)
    title_line = scribe.line(forms.REDUCTION_TITLE)
    grade = enterprise.grade.label
    body = scribe.line(forms.REDUCTION.format(industry=enterprise.trade, grade=grade))
    promise = scribe.line(forms.REDUCTION_PROMISE)
    seal, signature, day, closing = _close(scribe, enterprise)
    return CommitmentLetter(
        LetterKind.REDUCTION,
        at,
        (name, title_line, body, promise, *closing),
        enterprise=name,
        industry=Located(enterprise.trade, body.at),
        grade=Located(grade, body.at),
        commitment=promise,
        signature=signature,
        date=day,
        seal_mark=seal,
        has_seal=True,
    )


def _entry(scribe: Scribe, number: str, heading: str, page: int) -> ContentsEntry:
    space = "" if number.endswith("、") else " "
    line = scribe.line(f"{number}{space}{heading}" + (f" {page}" if page else ""), weight=0.8)
    at = Location(scribe.file, "封面", "目录", paragraph=line.at.paragraph, quote=line.at.quote)
    return ContentsEntry(number, halfwidth(heading) if page else heading, page or None, at)


def _close(scribe: Scribe, enterprise: Enterprise) -> tuple[Text, Text, Day, tuple[Text, ...]]:
    seal = scribe.line(forms.LETTER_SEAL)
    scribe.pictured()
    line = scribe.line(forms.SIGNATURE + enterprise.legal_person)
    day = scribe.line(str(dated(enterprise.day)))
    signature = Located(enterprise.legal_person, line.at)
    return seal, signature, Located(dated(enterprise.day), day.at), (seal, line, day)
