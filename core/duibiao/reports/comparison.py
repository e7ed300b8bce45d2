"""What came of holding a submission against an earlier one; see `duibiao.reports.comparing`."""

from __future__ import annotations

from duibiao.model.classes import dataclass
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Finding


@dataclass(frozen=True, slots=True)
class Seen:
    """以前的意见: a finding as it stood in the earlier report.

    Attributes:
        code: Code of the rule.
        title: Title of the rule.
        severity: Severity.
        section: Section key of its place.
        place: Its place in words.
        quote: What stood there.
        message: What was wrong.
    """

    code: str
    title: str
    severity: Severity
    section: str
    place: str
    quote: str
    message: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """上次审查.

    Attributes:
        file: File name of the earlier package.
        sha256: Its hash.
        enterprise: Its enterprise, or "".
        verdict: Its verdict in words.
        day: Its reference date, ISO 8601.
        findings: What was found in it, waived or not; nothing on waivers.
    """

    file: str
    sha256: str
    enterprise: str
    verdict: str
    day: str
    findings: tuple[Seen, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """与上次申报的比较.

    Attributes:
        earlier: The earlier check.
        fixed: Findings that are gone.
        still: Findings that are there again, waived ones included: as they were and as they are.
        new: Findings that were not there.
        unsure: Findings that are gone, while their rule has not judged everything or does not apply any more.
    """

    earlier: Earlier
    fixed: tuple[Seen, ...]
    still: tuple[tuple[Seen, Finding], ...]
    new: tuple[Finding, ...]
    unsure: tuple[Seen, ...]

    def __str__(self) -> str:
        """Return the counts in words."""
        return (
            f"已改正 {len(self.fixed)} 条，仍存在 {len(self.still)} 条，"
            f"新出现 {len(self.new)} 条，不能确认是否改正 {len(self.unsure)} 条"
        )
