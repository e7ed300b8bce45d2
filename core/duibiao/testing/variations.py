"""Varied enterprises (变化的企业): strategies of hypothesis for projects that differ in everything but their being clean.

For the tests of a plugin whose sample enterprise is `ENTERPRISE`::

    @given(variations(ENTERPRISE))
    def test_no_variation_has_a_finding(variation):
        project = variation.write(folder)
        ...

Whatever is drawn is complete and correct: it says of each thing one, some or many, in any spelling, with and without
what may be left out. Texts hold signs that XML, Word templates and folders could stumble over. A plugin whose own rules
ask for more brings it in by `dataclasses.replace` on what is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from duibiao.law import Law, LawInForce, load_common
from duibiao.model.dates import parse_date
from duibiao.model.sheets import FieldKind, Sheet
from duibiao.project.catalogue import catalogue_of
from duibiao.project.notation import dump_toml
from duibiao.project.sheets import SHEETS
from duibiao.testing.filing import evidence_of, write_evidence
from duibiao.testing.projects import FILE, project_data, project_of, registry
from duibiao.testing.spec import Enterprise
from duibiao.testing.varied_enterprises import varied_enterprises
from duibiao.testing.varied_evidence import varied_files
from duibiao.testing.varied_texts import Draw, long_texts, spelt, texts


@dataclass(frozen=True, slots=True)
class Variation:
    """一个变化: a project that can be written.

    Attributes:
        enterprise: Whose it is.
        content: What is filled in: sheet key → values of a form, or of the rows of a list.
        files: The evidence, by name below 证据/.
        sheets: The sheets that are filled in.
    """

    enterprise: Enterprise
    content: Mapping[str, Any]
    files: Mapping[str, bytes] = field(repr=False)
    sheets: Sequence[Sheet] = field(repr=False)

    def write(self, folder: Path) -> Path:
        """Write the project and return its folder, which is made in `folder`.

        Args:
            folder: An empty folder.
        """
        project = folder / "项目"
        project.mkdir(parents=True)
        data = project_data(self.content, sheets=self.sheets)
        (project / FILE).write_text(dump_toml(data), encoding="utf-8")
        write_evidence(self.files, project)
        return project


@st.composite
def variations(draw: Draw, sample: Enterprise) -> Variation:
    """Draw a project of an enterprise like a sample, with the sheets and sections of the plugin for its industry.

    Args:
        draw: Given by hypothesis.
        sample: The sample enterprise; a plugin for its industry is installed.
    """
    law = law_of(sample)
    enterprise = draw(varied_enterprises(sample, law))
    content = _content(draw, enterprise)
    sheets = catalogue_of(registry(), law).sheets
    for sheet in sheets[len(SHEETS) :]:
        content[sheet.key] = _examples(draw, sheet)
    files = evidence_of(enterprise, project_data(content), notes=False)
    return Variation(enterprise, content, draw(varied_files(files)), sheets)


def law_of(enterprise: Enterprise) -> LawInForce:
    """Return the law that an enterprise is judged by.

    Raises:
        LookupError: No plugin knows its industry.
    """
    found = registry().find(enterprise.industry)
    if found is None:
        raise LookupError(enterprise.industry)
    plugin, branch = found
    law = Law(load_common(), plugin.book, branch, enterprise.city, enterprise.grade)
    return law.on(enterprise.day)


def _content(draw: Draw, enterprise: Enterprise) -> dict[str, Any]:
    """What is filled in for an enterprise, as people write it."""
    content = project_of(enterprise)
    for sheet in SHEETS:
        rows = content[sheet.key] if sheet.is_list else [content[sheet.key]]
        for row in rows:
            for entry in sheet.fields:
                day = parse_date(row.get(entry.key, "")) if entry.kind is FieldKind.DATE else None
                if day is not None and not sheet.key.startswith("ledger"):
                    row[entry.key] = draw(spelt(day))
    form, plan = content["profile"], content["plan"]
    if draw(st.booleans()):
        form["introduction"] = f"公司简介。{draw(long_texts())}"
    for key in ("profile", "process", "emissions"):
        if draw(st.booleans()):
            plan[key] = f"公司情况。{draw(long_texts())}"
    for key in ("claim", "monitoring"):
        content["transport"][key] += draw(long_texts())
    lines = [row["line"] for row in content["products"]]
    for row in content["outlets"]:
        row["line"] = draw(st.sampled_from(("", *lines)))
    for row in content["indicators"]:
        row["remark"] = draw(st.one_of(st.just(""), texts()))
    return content


def _examples(draw: Draw, sheet: Sheet) -> list[dict[str, str]]:
    """Rows of a plugin's own sheet, made from the examples of its fields."""
    row = {entry.key: entry.example for entry in sheet.fields}
    return [row] * draw(st.integers(0, 3))
