"""The whole of 申报材料 as its template sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, groupby

from duibiao.law.common import Heading
from duibiao.law.in_force import LawInForce
from duibiao.model.annex import Annex
from duibiao.model.application import LetterKind
from duibiao.model.dossier import Dossier
from duibiao.model.enterprise import ProductTable
from duibiao.rendering.bookmarks import end_of, start_of
from duibiao.rendering.pictures import picture_bytes
from duibiao.rendering.settling import Pages
from duibiao.rendering.view import schema
from duibiao.rendering.view.parts import SECTION, Evidence, applying
from duibiao.rendering.view.pictures import Pictures, Read
from duibiao.rendering.view.running import CAPTION, running
from duibiao.rendering.view.tables import counted, header_unit, row, table, text_of
from duibiao.rules.support import indicator_name

DEEPEST_ENTRY = 3
"""Deepest level of headings that the contents list."""

UNSETTLED = 0
"""What stands for a page that is not known yet."""


def dossier_view(
    dossier: Dossier,
    annex: Annex,
    law: LawInForce,
    *,
    pages: Pages | None = None,
    draft: bool = False,
    read: Read = picture_bytes,
) -> Mapping[str, object]:
    """Return what the template of 申报材料 prints, as `schema.DOSSIER` describes it.

    Args:
        dossier: The dossier, composed or read.
        annex: What stands behind its photos, and what else is printed.
        law: The law of its day.
        pages: Bookmark → page as it is printed there; None before pages are settled.
        draft: It is a draft and says so on every page.
        read: Gives the bytes of an exhibit, or a blank for the layout.

    Raises:
        BuildError: The picture of the seal or the signature cannot be read.
    """
    numbers = count(1)
    pictures = Pictures(annex, read)
    headings = applying(dossier, annex, law.common)
    cover, form = dossier.cover, dossier.form
    enterprise = text_of(cover and cover.enterprise) or text_of(form and form.enterprise)
    day = cover.date.value if cover and cover.date else None
    last_year = f"{day.year - 1}年" if day else "上年"
    at = pages or {}
    profile = dossier.profile
    return {
        "draft": draft,
        "enterprise": enterprise,
        "date": text_of(day),
        "last_year": last_year,
        "seal": pictures.seal(),
        "signature": pictures.signature(),
        "contents": list(_contents(law.common.outline, headings, enterprise, at)),
        "form": _labelled(form, schema.FORM),
        **_letters(dossier, enterprise),
        "profile": {
            **_labelled(profile, schema.PROFILE),
            "texts": running(dossier, annex, "四.1"),
            "totals": table(numbers, [row(t, schema.TOTAL) for t in profile.totals] if profile else []),
        },
        "compliance": running(dossier, annex, "四.2"),
        "products": {
            "texts": running(dossier, annex, "四.3.1"),
            "tables": [_products(products, numbers) for products in dossier.production.products],
        },
        "processes": {"texts": running(dossier, annex, "四.3.2"), "figures": pictures.figures()},
        **_consumption(dossier, annex, numbers),
        "emissions": _emissions(dossier, annex, numbers),
        "indicators": _indicators(dossier, annex, law, headings, at, numbers),
        "proof": {"texts": running(dossier, annex, SECTION)},
        "evidence": list(Evidence(dossier, annex, pictures, numbers, headings).parts()),
    }  # fmt: skip


def _contents(
    outline: Sequence[Heading], evidence: Sequence[Heading], enterprise: str, pages: Pages
) -> Iterator[dict[str, object]]:
    """Yield the entries of the table of contents; the plan is a file of its own."""
    for heading in outline:
        is_evidence = heading.key.startswith(f"{SECTION}.")
        if heading.key.startswith("附") or (is_evidence and heading not in evidence):
            continue
        level = heading.key.count(".") + 1
        if level <= DEEPEST_ENTRY:
            start = start_of(heading.key)
            name = enterprise if heading.key == "一" else ""
            yield {
                "level": level,
                "label": heading.label.replace(heading.title, f"{name}{heading.title}"),
                "start": start,
                "page": pages.get(start, UNSETTLED),
            }


def _labelled(form: object, shape: Mapping[str, str]) -> dict[str, object]:
    """Return a form with the rows that are not prescribed; all blank where there is none."""
    if form is None:
        return {**dict.fromkeys(shape, ""), "other": []}
    pairs = getattr(form, "other", ())
    return {
        **row(form, shape),
        "other": [{"label": text_of(label), "value": text_of(value)} for label, value in pairs],
    }


def _letters(dossier: Dossier, enterprise: str) -> dict[str, object]:
    form = dossier.form
    first = dossier.letter(LetterKind.AUTHENTICITY)
    second = dossier.letter(LetterKind.REDUCTION)
    addressee = text_of(first and first.addressee) or text_of(form and form.city)
    return {
        "authenticity": {
            "city": re.sub(r"生态环境局[:：]?$", "", addressee),
            "year": text_of(first and first.year),
            "industry": text_of(first and first.industry),
            "grade": text_of(first and first.grade),
            "signature": text_of(first and first.signature),
            "date": text_of(first and first.date),
        },
        "reduction": {
            "enterprise": text_of(second and second.enterprise) or enterprise,
            "industry": text_of(second and second.industry),
            "grade": text_of(second and second.grade),
            "signature": text_of(second and second.signature),
            "date": text_of(second and second.date),
        },
    }


def _products(products: ProductTable, numbers: Iterator[int]) -> dict[str, object]:
    caption = CAPTION.sub("", text_of(products.caption)).strip()
    names = dict.fromkeys(text_of(line.product) for line in products.rows)
    return {
        "number": next(numbers),
        "title": caption or f"{'、'.join(filter(None, names))}产能及产量一览表",
        "capacity_unit": header_unit(line.capacity for line in products.rows),
        "output_unit": header_unit(line.output for line in products.rows),
        "rows": counted(products.rows, schema.PRODUCT),
    }


def _consumption(dossier: Dossier, annex: Annex, numbers: Iterator[int]) -> dict[str, object]:
    """Sections 3.3 and 3.4."""
    production = dossier.production
    return {
        "consumption": {
            "texts": running(dossier, annex, "四.3.3"),
            "materials": table(numbers, counted(production.materials, schema.MATERIAL)),
            "energies": table(numbers, counted(production.energies, schema.ENERGY)),
        },
        "transports": {
            "texts": running(dossier, annex, "四.3.4"),
            "goods": table(
                numbers,
                counted(production.transports, schema.TRANSPORT),
                unit=header_unit(haul.amount for haul in production.transports),
            ),
        },
    }


def _emissions(dossier: Dossier, annex: Annex, numbers: Iterator[int]) -> dict[str, object]:
    """Section 4: a table for each pollutant, in the order of the dossier."""
    outlets = []
    for pollutant, group in groupby(dossier.outlets, lambda outlet: text_of(outlet.pollutant)):
        mine = list(group)
        outlets.append(
            {
                "number": next(numbers),
                "pollutant": pollutant,
                "efficiency_unit": header_unit(outlet.efficiency for outlet in mine),
                "rows": counted(mine, schema.OUTLET),
            }
        )
    return {
        "texts": running(dossier, annex, "四.4"),
        "outlets": outlets,
        "fugitives": table(numbers, counted(dossier.fugitives, schema.FUGITIVE)),
    }


def _indicators(
    dossier: Dossier,
    annex: Annex,
    law: LawInForce,
    headings: Sequence[Heading],
    pages: Pages,
    numbers: Iterator[int],
) -> dict[str, object]:
    """Part 五, section 1, with the pages of the evidence."""
    letter = dossier.letter(LetterKind.REDUCTION) or dossier.letter(LetterKind.AUTHENTICITY)
    printed = {heading.key for heading in headings}
    sections = {item.name: f"五.{item.section}" for item in law.common.indicators}
    rows = []
    for item in dossier.indicators.rows if dossier.indicators else ():
        key = sections.get(indicator_name(item, law.common) or "", "")
        start, end = (start_of(key), end_of(key)) if key in printed else ("", "")
        first, last = pages.get(start, UNSETTLED), pages.get(end, UNSETTLED)
        rows.append(
            {
                **row(item, schema.INDICATOR, start=start, end=end, first=first, last=last, is_range=None),
                "is_range": first != last or first == UNSETTLED,
            }
        )  # fmt: skip
    return {
        "texts": running(dossier, annex, "五.1"),
        "number": next(numbers),
        "industry": text_of(letter and letter.industry),
        "grade": text_of(letter and letter.grade),
        "rows": rows,
    }
