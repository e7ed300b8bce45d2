"""Remarks (意见处理): what people say of findings: accepted, waived, to be corrected, or a note.

A remark belongs to a finding by its fingerprint, so that it is there again in the next version. Everybody who sees the package sees
the remarks on it. What the bureaus decided last counts: a waiver, a demand, or the withdrawal of either; whoever accepts a finding
takes note of it and changes no decision. A waiver counts from the next check on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError, NotFoundError
from duibiao.office.reports import (
    demand_open,
    every_finding,
    make_sure_of_check,
    report_of,
    version_in,
)
from duibiao.office.seeing import newest, visible
from duibiao.procedure.rights import Actor, Right
from duibiao.reports.waivers import WAIVER_RULES
from duibiao.storage import audit
from duibiao.storage.packages import Remark, Submission

DECISIONS = ("waive", "correct", "withdraw")
"""Dispositions that decide."""
LONGEST = 2000
"""Longest text of a remark in characters."""
_OF_WAIVERS = frozenset(rule.code for rule in WAIVER_RULES)
LONGEST_SUGGESTION = 4900
"""Longest list of demands in the note of a step, in characters."""


class Disposition(StrEnum):
    """处理: what a remark says of its finding."""

    ACCEPT = "accept"
    CORRECT = "correct"
    WAIVE = "waive"
    WITHDRAW = "withdraw"
    NOTE = "note"

    @property
    def label(self) -> str:
        """The disposition in Chinese."""
        return {
            "accept": "认可", "correct": "要求改正", "waive": "豁免", "withdraw": "撤回处理", "note": "备注",
        }[self.value]  # fmt: skip

    @property
    def right(self) -> Right:
        """The right that it takes."""
        return {
            "accept": Right.REMARK, "correct": Right.ASK_CORRECTION, "waive": Right.WAIVE,
            "withdraw": Right.ASK_CORRECTION, "note": Right.REMARK,
        }[self.value]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """意见的处理情况: everything that was said of one finding.

    Attributes:
        remarks: The remarks, oldest first.
        expired: Whether what counts is a waiver whose last day is past.
    """

    remarks: tuple[Remark, ...] = ()
    expired: bool = False

    @staticmethod
    def of(remarks: Iterable[Remark], today: date) -> Said:
        """Return what was said, as it counts on a day."""
        said = Said(tuple(remarks))
        decision = said.decision
        late = decision is not None and "" < decision.until < today.isoformat()
        return Said(said.remarks, late)

    @property
    def decision(self) -> Remark | None:
        """The waiver or the demand that counts, or None."""
        deciding = (r for r in reversed(self.remarks) if r.disposition in DECISIONS)
        last = next(deciding, None)
        return None if last is None or last.disposition == Disposition.WITHDRAW else last

    @property
    def disposition(self) -> Disposition | None:
        """How the finding is dealt with: what was decided and has not expired, or else whether it was accepted; None while it is open."""
        if self.decision is not None and not self.expired:
            return Disposition(self.decision.disposition)
        since = [r.disposition for r in self.remarks]
        if Disposition.WITHDRAW in since:
            since = since[len(since) - since[::-1].index(Disposition.WITHDRAW) :]
        return Disposition.ACCEPT if Disposition.ACCEPT in since else None


def remarks_on(office: Office, actor: Actor, package_id: str) -> Mapping[str, Said]:
    """Return what was said of the findings of a package, by fingerprint.

    Raises:
        ForbiddenError: If the role sees no packages.
        NotFoundError: If there is none, or the actor may not know of it.
    """
    require(actor, Right.SEE_PACKAGES)
    with office.database.reading() as session:
        visible(session, actor, package_id)
        query = (
            select(Remark)
            .where(Remark.package_id == package_id)
            .order_by(Remark.created, Remark.id)
        )
        return _by_finding(session.scalars(query), office.today)


def remark(
    office: Office,
    actor: Actor,
    package_id: str,
    number: int,
    fingerprint: str,
    disposition: Disposition,
    *,
    text: str = "",
    until: str = "",
) -> Remark:
    """Say something of a finding; a waiver puts a new check of the version, and of the newest, on the queue.

    Args:
        office: The office.
        actor: Who says it.
        package_id: The package.
        number: 稿次; 0 for the newest.
        fingerprint: Fingerprint of the finding.
        disposition: What is said.
        text: Reason or note; accepting and withdrawing need none.
        until: Last day of a waiver, 年-月-日.

    Raises:
        ForbiddenError: If the role may not.
        NotFoundError: If there is no such finding, or the actor may not know of it.
        InvalidError: If the reason is missing or too long, the day is none to come, or nothing of the kind can be waived.
        ConflictError: If the version is not checked, or may not be checked again.
    """
    require(actor, disposition.right)
    _demand(office, disposition, text, until)
    with office.database.writing() as session:
        submission = version_in(session, actor, package_id, number)
        found = _finding(office, submission, fingerprint)
        if disposition is Disposition.WAIVE and found["code"] in _OF_WAIVERS:
            raise InvalidError(
                f"“{found['title']}”说的是豁免本身，不能再豁免；请对原来的意见重新决定"
            )
        made = Remark(
            package_id=package_id,
            fingerprint=fingerprint,
            code=found["code"],
            place=found["at"]["text"][:300],
            disposition=disposition.value,
            text=text.strip(),
            until=until if disposition is Disposition.WAIVE else "",
            user_id=actor.user,
            who=f"{actor.name}（{actor.role.label}）",
        )
        before = _said_of(office, session, package_id, fingerprint)
        if disposition is Disposition.WITHDRAW and not (before.disposition or before.decision):
            raise ConflictError("这条意见还没有处理，没有可以撤回的；请刷新页面")
        session.add(made)
        session.flush()
        if disposition is Disposition.WAIVE or (
            before.decision is not None
            and before.decision.disposition == Disposition.WAIVE
            and disposition in DECISIONS
        ):
            for each in (submission, newest(submission.package)):
                demand_open(each)
                make_sure_of_check(office, session, actor, each)
        audit.append(
            session, actor.user, f"remark.{disposition.value}", package_id,
            submission=submission.id, code=made.code, fingerprint=made.fingerprint, until=made.until,
        )  # fmt: skip
        return made


def to_correct(
    report: Mapping[str, Any], said: Mapping[str, Said]
) -> tuple[tuple[Mapping[str, Any], Remark], ...]:
    """Return the findings of a report whose correction was asked for, each with that remark."""
    found = []
    for finding in report["findings"]:
        decision = said.get(finding["fingerprint"], Said()).decision
        if decision is not None and decision.disposition == Disposition.CORRECT:
            found.append((finding, decision))
    return tuple(found)


def suggestion(findings: Sequence[tuple[Mapping[str, Any], Remark]]) -> str:
    """Return the note of a return that lists what `to_correct` gives; "" for nothing."""
    if not findings:
        return ""
    said = "请改正下列问题后重新上传："
    for number, (finding, asked) in enumerate(findings, 1):
        line = f"\n{number}. {finding['at']['text']}：{finding['message']}（{finding['code']}）。{asked.text}"
        if len(said) + len(line) > LONGEST_SUGGESTION:
            return f"{said}\n……共 {len(findings)} 条，其余见整改通知"
        said += line
    return said


def _demand(office: Office, disposition: Disposition, text: str, until: str) -> None:
    if not text.strip() and disposition not in (Disposition.ACCEPT, Disposition.WITHDRAW):
        raise InvalidError(f"“{disposition.label}”要写明理由或内容")
    if len(text) > LONGEST:
        raise InvalidError(f"写得太长：{len(text)} 字，最多 {LONGEST} 字")
    if disposition is Disposition.WAIVE:
        try:
            day = date.fromisoformat(until)
        except ValueError:
            raise InvalidError("豁免要写明有效期的最后一天，例如 2026-12-31") from None
        if day < office.today:
            raise InvalidError(f"豁免的有效期 {until} 已经过去；请写今天或以后的日期")


def _finding(office: Office, submission: Submission, fingerprint: str) -> Mapping[str, Any]:
    for finding in every_finding(report_of(office, submission)):
        if finding["fingerprint"] == fingerprint:
            return finding
    raise NotFoundError("这一稿没有这条意见；报告可能已经更新，请刷新页面")


def _said_of(office: Office, session: Session, package_id: str, fingerprint: str) -> Said:
    query = (
        select(Remark)
        .where(Remark.package_id == package_id, Remark.fingerprint == fingerprint)
        .order_by(Remark.created, Remark.id)
    )
    return Said.of(session.scalars(query), office.today)


def _by_finding(remarks: Iterable[Remark], today: date) -> dict[str, Said]:
    found: dict[str, list[Remark]] = {}
    for each in remarks:
        found.setdefault(each.fingerprint, []).append(each)
    return {fingerprint: Said.of(each, today) for fingerprint, each in found.items()}
