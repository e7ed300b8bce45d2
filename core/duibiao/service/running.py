"""Running the rules over every industry that a package names: what is found is told once, and of which industry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field, replace

from duibiao.model.classes import dataclass
from duibiao.model.dossier import Dossier
from duibiao.model.location import Location
from duibiao.rules.catalogue import CORE_RULES
from duibiao.rules.definition import CannotJudge
from duibiao.rules.engine import Finding, Outcome, Status, run
from duibiao.service.industries import Industries, Named
from duibiao.service.terms import Terms

SAID = "与其他行业的检查结果相同，不重复列出"
"""Why a rule shows nothing of its own for a further industry."""


def run_all(dossier: Dossier, terms: Terms, industries: Industries) -> tuple[Outcome, ...]:
    """Run every rule over a dossier, those on an industry's law once for each industry that is named.

    Args:
        dossier: The dossier.
        terms: By which law the main industry is judged.
        industries: The industries that the package names.

    Returns:
        One outcome a rule. What concerns a further industry names it; what was already said at the same place is left
        out.
    """
    own = terms.plugin.rules if terms.plugin else ()
    if not industries.others:
        return run((*CORE_RULES, *own), dossier, terms.law)
    general = [rule for rule in CORE_RULES if not rule.by_industry]
    shared = [rule for rule in CORE_RULES if rule.by_industry]
    first = (*run(general, dossier, terms.law), *run((*shared, *own), industries.main, terms.law))
    known = {outcome.rule.code: outcome for outcome in first}
    said = _Said()
    said.add(first)
    for one in industries.others:
        found = run((*shared, *one.plugin.rules), one.dossier, one.law)
        for outcome in found:
            code, news = outcome.rule.code, _named(said.news(outcome), one)
            known[code] = _merged(known[code], news) if code in known else news
        said.add(found)
    core = [known.pop(rule.code) for rule in CORE_RULES]
    return (*core, *known.values())


@dataclass(slots=True)
class _Said:
    """What was already said, as places with words."""

    found: set[tuple[Location, str]] = field(default_factory=set)
    unjudged: set[CannotJudge] = field(default_factory=set)

    def add(self, outcomes: Iterable[Outcome]) -> None:
        """Take in what outcomes say."""
        for outcome in outcomes:
            self.found |= {(finding.at, finding.message) for finding in outcome.findings}
            self.unjudged |= {*outcome.unjudged}

    def news(self, outcome: Outcome) -> Outcome:
        """Return an outcome without what was already said."""
        findings = tuple(f for f in outcome.findings if (f.at, f.message) not in self.found)
        unjudged = tuple(entry for entry in outcome.unjudged if entry not in self.unjudged)
        told = replace(outcome, findings=findings, unjudged=unjudged)
        if outcome.status not in (Status.FOUND, Status.SKIPPED) or findings:
            return told
        if unjudged:
            return replace(told, status=Status.SKIPPED, reason=unjudged[0].reason)
        return replace(told, status=Status.NOT_APPLICABLE, reason=SAID)


def _named(outcome: Outcome, one: Named) -> Outcome:
    """Return an outcome whose texts name the industry."""
    name = one.law.branch.name if one.law.branch else ""

    def naming(text: str) -> str:
        return text if not text or name in text else f"{name}：{text}"

    findings = (replace(finding, message=naming(finding.message)) for finding in outcome.findings)
    unjudged = (replace(entry, reason=naming(entry.reason)) for entry in outcome.unjudged)
    return replace(
        outcome,
        findings=tuple[Finding, ...](findings),
        unjudged=tuple[CannotJudge, ...](unjudged),
        reason=naming(outcome.reason),
    )


_GRAVEST = (
    Status.CRASHED,
    Status.FOUND,
    Status.SKIPPED,
    Status.PASSED,
    Status.NOT_APPLICABLE,
)


def _merged(one: Outcome, other: Outcome) -> Outcome:
    """Return what a rule did in two industries: the graver of the two, with the texts of both."""
    graver = min(one, other, key=lambda outcome: _GRAVEST.index(outcome.status))
    return replace(
        graver,
        findings=(*one.findings, *other.findings),
        unjudged=(*one.unjudged, *other.unjudged),
    )
