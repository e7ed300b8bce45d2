"""A dossier and the law → the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from duibiao import __version__
from duibiao.law.common import CommonLaw
from duibiao.law.in_force import LawInForce
from duibiao.law.provenance import Citation, Standing
from duibiao.law.records import Hole
from duibiao.model.dossier import Dossier
from duibiao.model.location import Text
from duibiao.plugins import Registry
from duibiao.reports import waivers as waiving
from duibiao.reports.model import Applicant, CheckReport, Further, Judge
from duibiao.reports.waivers import Waived, Waiver
from duibiao.rules.engine import Outcome
from duibiao.rules.support import declared_grade, declared_industry, name_fields
from duibiao.rules.verdict import conclude
from duibiao.service.grading import ladder_of
from duibiao.service.industries import Industries, industries_of
from duibiao.service.package import Read
from duibiao.service.request import TODAY
from duibiao.service.running import run_all
from duibiao.service.terms import Declared, Terms


def declared_by(dossier: Dossier) -> Declared:
    """Return what a dossier says of itself."""
    form, cover = dossier.form, dossier.cover
    return Declared(
        industry=_value(declared_industry(dossier)),
        grade=_value(declared_grade(dossier)),
        city=_value(form.city if form else None),
        day=cover.date.value if cover and cover.date else None,
    )


def judge(
    read: Read,
    terms: Terms,
    registry: Registry,
    waivers: Sequence[Waiver] = (),
    today: date | None = None,
) -> CheckReport:
    """Run every rule that applies, and draw the conclusion.

    Args:
        read: The dossier, and how it was read.
        terms: By which law.
        registry: The plugins, for those that are left out.
        waivers: Waivers that are known, for this package or others.
        today: The day that ends waivers; None for the reference date.

    Returns:
        The report; its verdict is never a pass unless everything was judged.
    """
    dossier, law = read.dossier, terms.law
    industries = industries_of(dossier, terms, registry)
    form, cover = dossier.form, dossier.cover
    enterprise = _value(form.enterprise if form else None) or _value(
        cover.enterprise if cover else None
    )
    outcomes, waived = waiving.apply(
        run_all(dossier, terms, industries),
        waivers,
        file=dossier.source.name,
        enterprise=enterprise,
        day=today or terms.day,
        cite=law.cite,
    )
    verdict, reasons = conclude(
        outcomes,
        incomplete=_incomplete(terms.industry, law, registry, industries),
        unverified=[
            *([f"封面没有申报日期，按{TODAY}检查"] if terms.origin == TODAY else []),
            *_off_the_ladder(industries),
            *waiving.doubt(waived),
            *read.warnings,
        ],
    )
    return CheckReport(
        file=dossier.source.name,
        sha256=dossier.source.sha256,
        enterprise=enterprise,
        industry=terms.industry,
        declared=terms.grade,
        verdict=verdict,
        reasons=reasons,
        judge=_judge(terms, read.pages, industries),
        outcomes=outcomes,
        ladder=ladder_of(industries, terms),
        unread=dossier.unread,
        warnings=read.warnings,
        left_out=registry.left_out,
        articles=_articles(outcomes, waived, law.common),
        applicant=_applicant(dossier),
        holes=_holes(law, *(one.law for one in industries.others)),
        waived=waived,
    )


def _value(text: Text | None) -> str:
    return text.value.strip() if text else ""


def _incomplete(
    industry: str, law: LawInForce, registry: Registry, industries: Industries
) -> list[str]:
    reasons = []
    if law.branch is None:
        named = f"“{industry}”" if industry else "（申请表没有写行业）"
        reasons.append(f"没有插件认识行业{named}，行业指标未检查")
        reasons += [f"插件 {entry.name} 未启用：{entry.reason}" for entry in registry.left_out]
    reasons += [
        f"{one.day:%Y-%m-%d} 没有{one.branch.name}的现行指标版本，行业指标未检查"
        for one in (law, *(named.law for named in industries.others))
        if one.branch is not None and one.edition is None
    ]
    reasons += [
        f"没有插件认识所写的行业“{name}”，该行业的指标未检查" for name in industries.unknown
    ]
    return reasons


def _off_the_ladder(industries: Industries) -> Iterator[str]:
    """Yield further industries that lack the grade applied for: nothing there can be held against it."""
    for law in (one.law for one in industries.others):
        if law.grade is not None and law.ladder and law.grade not in law.ladder and law.branch:
            names = "、".join(grade.label for grade in law.ladder)
            yield f"{law.branch.name}的等级为{names}，没有所申报的{law.grade.label}，该行业请人工核实"


def _holes(*laws: LawInForce) -> tuple[Hole, ...]:
    return tuple(dict.fromkeys(hole for law in laws for hole in law.holes))


def _judge(terms: Terms, pages: str, industries: Industries) -> Judge:
    plugin, law = terms.plugin, terms.law
    return Judge(
        engine=__version__,
        common_sha256=law.common.sha256,
        day=law.day,
        day_origin=terms.origin,
        pages=pages,
        plugin=plugin.name if plugin else "",
        distribution=plugin.distribution if plugin else "",
        version=plugin.book.version if plugin else "",
        law_sha256=plugin.book.industry.sha256 if plugin else "",
        branch=law.branch.name if law.branch else "",
        national_no=law.branch.national_no if law.branch else None,
        edition=_edition(law),
        others=tuple(
            Further(
                branch=one.law.branch.name if one.law.branch else "",
                edition=_edition(one.law),
                plugin=one.plugin.name,
                distribution=one.plugin.distribution,
                version=one.plugin.book.version,
                law_sha256=one.plugin.book.industry.sha256,
                national_no=one.law.branch.national_no if one.law.branch else None,
            )
            for one in industries.others
        ),
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


def _articles(
    outcomes: Iterable[Outcome], waived: Iterable[Waived], common: CommonLaw
) -> dict[Citation, str]:
    found = [finding for outcome in outcomes for finding in outcome.findings]
    found += [entry.finding for entry in waived]
    cited = dict.fromkeys(cite for finding in found for cite in finding.cites)
    return {cite: text for cite in cited if (text := common.article(cite))}
