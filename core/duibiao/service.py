"""The use cases: the only place where the parts meet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from duibiao import __version__
from duibiao.document.model import Document, Paragraph
from duibiao.document.office import paginate as lay_out
from duibiao.document.pagination import with_pages
from duibiao.document.reading import read_document
from duibiao.grading.ladder import climb
from duibiao.intake.kinds import FileKind
from duibiao.intake.package import open_package
from duibiao.intake.parcel import Package
from duibiao.law.common import CommonLaw, load_common
from duibiao.law.in_force import Law, LawInForce
from duibiao.law.provenance import Citation, Standing
from duibiao.model.dossier import Dossier
from duibiao.model.errors import UsageError
from duibiao.model.grades import parse_grade
from duibiao.model.location import Text
from duibiao.plugins import Plugin, Registry, load_plugins
from duibiao.recognition import recognise
from duibiao.reports.model import Applicant, CheckReport, Judge
from duibiao.rules.catalogue import CORE_RULES
from duibiao.rules.definition import Rule
from duibiao.rules.engine import Outcome, run
from duibiao.rules.support import declared_grade, declared_industry, name_fields
from duibiao.rules.verdict import conclude

CHINA = timezone(timedelta(hours=8))
"""The time of the country: what is today there decides."""

NO_PAGES = "文件没有保存分页，不显示页码"
"""Said where no page numbers are known."""

TODAY = "检查当日"
"""Origin of the reference date where neither the caller nor the cover gives one."""


@dataclass(frozen=True, slots=True)
class Request:
    """审查要求: what the caller fixes; the rest is taken from the package.

    Attributes:
        day: Reference date, or None for the date on the cover.
        industry: Industry in words, or "" for the one that the package declares.
        grade: Grade in words, or "" for the one that the package declares.
        paginate: Have LibreOffice lay out a Word file for its page numbers.
    """

    day: date | None = None
    industry: str = ""
    grade: str = ""
    paginate: bool = False


class Service:
    """The program without a face: made once, used for any number of packages."""

    def __init__(self, registry: Registry | None = None, common: CommonLaw | None = None) -> None:
        """Load the plugins and the common law.

        Args:
            registry: Plugins to use instead of the installed ones.
            common: Common law to use instead of core's own.

        Raises:
            LawError: If core's own law files are malformed.
        """
        self.common = common or load_common()
        self.registry = registry or load_plugins()

    def rules(self) -> tuple[Rule, ...]:
        """Return every rule, core's own first."""
        own = (rule for plugin in self.registry.plugins for rule in plugin.rules)
        return (*CORE_RULES, *own)

    def check(self, path: Path, request: Request = Request()) -> CheckReport:
        """Check one package.

        Args:
            path: The package: Word, PDF, an old format, or an archive of these with evidence.
            request: What the caller fixes.

        Returns:
            The report; its verdict is never a pass unless everything was judged.

        Raises:
            IntakeError: If the file cannot be read.
            UsageError: If the request names an unknown grade or industry.
        """
        with open_package(path, path.name) as package:
            document, pages = _read_main(package, request.paginate)
            dossier = recognise(document, self.common)
            warnings = [*package.warnings, *document.warnings]
            if package.plan is not None and dossier.plan is None:
                plan = package.plan
                written = read_document(plan.source, plan.kind, plan.name)
                dossier = _with_plan(dossier, recognise(written, self.common))
                warnings += written.warnings
        return self.judge(dossier, request, warnings=tuple(dict.fromkeys(warnings)), pages=pages)

    def judge(
        self,
        dossier: Dossier,
        request: Request = Request(),
        *,
        warnings: Sequence[str] = (),
        pages: str = NO_PAGES,
    ) -> CheckReport:
        """Judge a dossier, however it was made.

        Args:
            dossier: The dossier.
            request: What the caller fixes.
            warnings: What is out of the ordinary about the file; each asks for a person.
            pages: Where the page numbers come from, in words.

        Raises:
            UsageError: If the request names an unknown grade or industry.
        """
        form = dossier.form
        industry = request.industry or _value(declared_industry(dossier))
        declared = request.grade or _value(declared_grade(dossier))
        grade = parse_grade(declared)
        if request.grade and grade is None:
            raise UsageError(f"不认识的等级“{request.grade}”；请写 A、B、B-、C、D、引领性等")
        found = self.registry.find(industry) if industry else None
        if request.industry and found is None:
            raise UsageError(f"没有插件认识行业“{request.industry}”；可用行业见 duibiao plugins")
        day, origin = _reference_day(dossier, request)
        city = _value(form.city if form else None)
        plugin, branch = found or (None, None)
        book = plugin.book if plugin else None
        law = Law(self.common, book, branch, city, grade).on(day)
        outcomes = run((*CORE_RULES, *(plugin.rules if plugin else ())), dossier, law)
        verdict, reasons = conclude(
            outcomes,
            incomplete=_incomplete(industry, law, self.registry),
            unverified=[
                *([f"封面没有申报日期，按{origin}检查"] if origin == TODAY else []),
                *warnings,
            ],
        )
        return CheckReport(
            file=dossier.source.name,
            sha256=dossier.source.sha256,
            enterprise=_value(form.enterprise if form else None)
            or _value(dossier.cover.enterprise if dossier.cover else None),
            industry=industry,
            declared=declared,
            verdict=verdict,
            reasons=reasons,
            judge=_judge(self.common, law, plugin, day, origin, pages),
            outcomes=outcomes,
            ladder=climb(dossier, law),
            unread=dossier.unread,
            warnings=tuple(warnings),
            left_out=self.registry.left_out,
            articles=_articles(outcomes, self.common),
            applicant=_applicant(dossier),
            holes=law.holes,
        )


def _read_main(package: Package, paginate: bool) -> tuple[Document, str]:
    """Read the main document, and say where its page numbers come from."""
    main = package.main
    document = read_document(main.source, main.kind, main.name)
    if main.kind is FileKind.PDF:
        return document, "PDF 的页序"
    if package.rendition is not None:
        rendition = package.rendition
        return with_pages(document, rendition.source, rendition.name), "随附 PDF 的页序"
    if paginate and main.kind is FileKind.WORD:
        pdf = lay_out(main.read(), main.name)
        return with_pages(
            document, pdf, main.name
        ), "由 LibreOffice 排版得出，与 Word 可能相差一两页"
    known = any(isinstance(block, Paragraph) and block.page for block in document.blocks)
    return document, "按文件中保存的分页估计" if known else NO_PAGES


def _with_plan(dossier: Dossier, written: Dossier) -> Dossier:
    """Add the 一厂一策 of a file of its own."""
    return replace(
        dossier,
        plan=written.plan,
        sections=(*dossier.sections, *(s for s in written.sections if s.key.startswith("附"))),
        paragraphs=(*dossier.paragraphs, *written.paragraphs),
        unread=(*dossier.unread, *written.unread),
    )


def _value(text: Text | None) -> str:
    return text.value.strip() if text else ""


def _reference_day(dossier: Dossier, request: Request) -> tuple[date, str]:
    if request.day is not None:
        return request.day, "命令指定"
    written = dossier.cover.date if dossier.cover else None
    if written is not None:
        return written.value.latest(), "封面日期"
    return datetime.now(CHINA).date(), TODAY


def _incomplete(industry: str, law: LawInForce, registry: Registry) -> list[str]:
    reasons = []
    if law.branch is None:
        named = f"“{industry}”" if industry else "（申请表没有写行业）"
        reasons.append(f"没有插件认识行业{named}，行业指标未检查")
        reasons += [f"插件 {entry.name} 未启用：{entry.reason}" for entry in registry.left_out]
    elif law.edition is None:
        reasons.append(f"{law.day:%Y-%m-%d} 没有{law.branch.name}的现行指标版本，行业指标未检查")
    return reasons


def _judge(
    common: CommonLaw,
    law: LawInForce,
    plugin: Plugin | None,
    day: date,
    origin: str,
    pages: str,
) -> Judge:
    return Judge(
        engine=__version__,
        common_sha256=common.sha256,
        day=day,
        day_origin=origin,
        pages=pages,
        plugin=plugin.name if plugin else "",
        distribution=plugin.distribution if plugin else "",
        version=plugin.book.version if plugin else "",
        law_sha256=plugin.book.industry.sha256 if plugin else "",
        branch=law.branch.name if law.branch else "",
        national_no=law.branch.national_no if law.branch else None,
        edition=_edition(law),
    )


def _applicant(dossier: Dossier) -> Applicant:
    form, profile = dossier.form, dossier.profile
    return Applicant(
        city=_value(form.city if form else None),
        county=_value(form.county if form else None),
        address=_value(profile.address if profile else None)
        or _value(form.address if form else None),
        credit_code=_value(form.credit_code if form else None)
        or _value(profile.credit_code if profile else None),
        responsible=_value(form.responsible if form else None),
        phone=_value(form.phone if form else None),
        names=tuple((where, text.value.strip()) for where, text in name_fields(dossier)),
    )


def _edition(law: LawInForce) -> str:
    """The edition's name, with its standing where that is not the official text."""
    if law.edition is None:
        return ""
    standing = law.edition.provenance.standing
    return (
        law.edition.name
        if standing is Standing.OFFICIAL
        else f"{law.edition.name}［{standing.label}］"
    )


def _articles(outcomes: Iterable[Outcome], common: CommonLaw) -> dict[Citation, str]:
    cited = {cite for outcome in outcomes for finding in outcome.findings for cite in finding.cites}
    return {cite: text for cite in cited if (text := common.article(cite))}
