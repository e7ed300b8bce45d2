"""The dossier (申报材料): everything in one application package, each value with its place."""

from __future__ import annotations

from duibiao.model.application import (
    ApplicationForm,
    CommitmentLetter,
    ContentsEntry,
    Cover,
    LetterKind,
)
from duibiao.model.classes import dataclass
from duibiao.model.emissions import FugitiveSource, OutletEmission
from duibiao.model.enterprise import ComplianceStatement, EnterpriseProfile, Production
from duibiao.model.evidence import Evidence, IndicatorTable, Section
from duibiao.model.location import Location, Text
from duibiao.model.plan import AlertLevel, AlertMeasures, EmergencyPlan


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that was read.

    Attributes:
        name: Its name as the user knows it.
        sha256: Hash of its bytes, in hexadecimal.
        size: Its size in bytes.
        revisions: Insertions and deletions that are still tracked in it.
        comments: Comments in it.
        external: Targets outside the file that it refers to (never fetched).
        is_project: It is a project (申报数据) and not yet a document: seals, signatures, page numbers and the forms'
            fixed wording come with the building.
        pages_are_estimated: Its pages are not those of a PDF that was handed in; Word may break them elsewhere.
    """

    name: str
    sha256: str
    size: int
    revisions: int = 0
    comments: int = 0
    external: tuple[str, ...] = ()
    is_project: bool = False
    pages_are_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Misfit:
    """填写问题: a value or a file of a project that does not fit where it stands.

    Attributes:
        at: Its place.
        what: What is wrong, such as “申报日期“去年”不是日期”.
        remedy: What to write or do.
    """

    at: Location
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was not understood: it is said, never guessed.

    Attributes:
        at: Its place.
        what: What stands there, such as “表格（表头：…）”.
        why: Why it could not be read.
    """

    at: Location
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """申报材料: one application package.

    Attributes:
        source: The file it was read from.
        cover: Title page.
        contents: Table of contents.
        sections: Every heading in the order found.
        form: Part 一.
        letters: Parts 二 and 三, those that are there.
        profile: Part 四, section 1.
        compliance: Part 四, section 2.
        production: Part 四, section 3.
        outlets: Part 四, section 4, organised emission.
        fugitives: Part 四, section 4, fugitive emission.
        indicators: Part 五, section 1.
        evidence: Part 五, section 2.
        plan: The one-plant-one-plan.
        paragraphs: All text in order, table cells included.
        margins: Texts of headers, footers, footnotes and endnotes.
        unread: What could not be read.
        misfits: What does not fit in a project.
    """

    source: SourceFile
    cover: Cover | None = None
    contents: tuple[ContentsEntry, ...] = ()
    sections: tuple[Section, ...] = ()
    form: ApplicationForm | None = None
    letters: tuple[CommitmentLetter, ...] = ()
    profile: EnterpriseProfile | None = None
    compliance: tuple[ComplianceStatement, ...] = ()
    production: Production = Production()
    outlets: tuple[OutletEmission, ...] = ()
    fugitives: tuple[FugitiveSource, ...] = ()
    indicators: IndicatorTable | None = None
    evidence: Evidence = Evidence()
    plan: EmergencyPlan | None = None
    paragraphs: tuple[Text, ...] = ()
    margins: tuple[Text, ...] = ()
    unread: tuple[Unread, ...] = ()
    misfits: tuple[Misfit, ...] = ()

    @property
    def at(self) -> Location:
        """The package as a whole."""
        return Location(file=self.source.name, heading="全文")

    def letter(self, kind: LetterKind) -> CommitmentLetter | None:
        """Return the letter of that kind, or None."""
        return next((letter for letter in self.letters if letter.kind is kind), None)

    def section(self, key: str) -> Section | None:
        """Return the section at `key` of the official outline, or None."""
        return next((section for section in self.sections if section.key == key), None)

    def is_unread(self, key: str) -> bool:
        """Return whether something at `key` of the official outline or below could not be read."""
        return any(
            entry.at.section == key or entry.at.section.startswith(f"{key}.")
            for entry in self.unread
        )

    def measures(self, level: AlertLevel) -> AlertMeasures | None:
        """Return the plan's measures for `level`, or None."""
        levels = self.plan.levels if self.plan else ()
        return next((entry for entry in levels if entry.level is level), None)
