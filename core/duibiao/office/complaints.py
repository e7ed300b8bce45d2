"""Complaints (举报, 第十六条): anybody reports that a published grade is wrong; who reported is sealed apart."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from duibiao.office import published, stepping
from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError, NotFoundError, TooManyError
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.states import State
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.packages import Complaint, Package, Reporter
from duibiao.storage.people import Failure

OPEN, VERIFYING, UPHELD, DISMISSED = "open", "verifying", "upheld", "dismissed"
STATES = {OPEN: "待核实", VERIFYING: "核实中", UPHELD: "属实", DISMISSED: "不属实"}
"""State of a complaint → what is shown."""
LONGEST_TEXT, LONGEST_ANSWER = 5000, 5000
MOST_PER_ADDRESS, WINDOW = 5, timedelta(minutes=15)
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 4, 4


@dataclass(frozen=True, slots=True)
class Case:
    """举报件: a complaint with what it is about.

    Attributes:
        complaint: The complaint.
        package: The package whose grade is said to be wrong.
    """

    complaint: Complaint
    package: Package


def report(
    office: Office, address: str, package_id: str, text: str, *, name: str = "", contact: str = ""
) -> str:
    """Take a complaint; nobody needs to sign in.

    Args:
        office: The office.
        address: Address from which it comes, for throttling only.
        package_id: The package whose published grade is said to be wrong.
        text: What is wrong.
        name: Who reports, or "".
        contact: How to reach the reporter, or "".

    Returns:
        The code with which the answer can be looked up; it is not kept and cannot be shown again.

    Raises:
        NotFoundError: If the public list does not have it.
        InvalidError: If nothing is said, or too much.
        TooManyError: If too many came from this address.
    """
    published.one(office, package_id)
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise InvalidError(f"请写明哪里与实际不符（至多 {LONGEST_TEXT} 个字符）")
    if len(name) > 100 or len(contact) > 200:
        raise InvalidError("姓名至多 100 个字符，联系方式至多 200 个字符")
    receipt = _receipt()
    with office.database.writing() as session:
        _throttle(session, f"report:{address[:150]}")
        complaint = Complaint(package_id=package_id, text=text.strip(), code=_hash(receipt))
        session.add(complaint)
        session.flush()
        if name.strip() or contact.strip():
            session.add(
                Reporter(complaint_id=complaint.id, name=name.strip(), contact=contact.strip())
            )
        audit.append(session, "", "complaint.report", complaint.id, package=package_id)
    return receipt


def look_up(office: Office, receipt: str) -> Complaint:
    """Return the complaint of a receipt.

    Raises:
        NotFoundError: If there is none.
    """
    with office.database.reading() as session:
        found = session.scalar(select(Complaint).where(Complaint.code == _hash(receipt)))
    if found is None:
        raise NotFoundError("没有这个回执号；请核对后重新输入")
    return found


def cases(office: Office, actor: Actor, state: str = "") -> Sequence[Case]:
    """Return the complaints of the actor's city, the newest first.

    Args:
        office: The office.
        actor: Who asks.
        state: State, or "" for all.

    Raises:
        ForbiddenError: If the role handles no complaints.
    """
    require(actor, Right.HANDLE_COMPLAINT)
    query = (
        select(Complaint, Package)
        .join(Package, Package.id == Complaint.package_id)
        .where(Package.city == actor.city)
        .order_by(Complaint.created.desc(), Complaint.id)
    )
    if state:
        query = query.where(Complaint.state == state)
    with office.database.reading() as session:
        return [Case(*row) for row in session.execute(query)]


def case(office: Office, actor: Actor, complaint_id: str) -> Case:
    """Return one complaint.

    Raises:
        ForbiddenError: If the role handles no complaints.
        NotFoundError: If there is none in the actor's city.
    """
    require(actor, Right.HANDLE_COMPLAINT)
    with office.database.reading() as session:
        return _case(session, actor, complaint_id)


def has_reporter(office: Office, actor: Actor, complaint_id: str) -> bool:
    """Return whether a complaint came with a name or contact; not which, so nothing is logged."""
    case(office, actor, complaint_id)
    with office.database.reading() as session:
        return bool(
            session.scalar(select(func.count()).where(Reporter.complaint_id == complaint_id))
        )


def reporter(office: Office, actor: Actor, complaint_id: str) -> Reporter:
    """Show who reported; each look is in the audit log.

    Raises:
        ForbiddenError: If the role may not see reporters.
        NotFoundError: If there is no such complaint in the actor's city, or it is anonymous.
    """
    require(actor, Right.SEE_REPORTER)
    with office.database.writing() as session:
        _case(session, actor, complaint_id)
        found = session.get(Reporter, complaint_id)
        if found is None:
            raise NotFoundError("这是匿名举报，没有举报人信息")
        audit.append(session, actor.user, "complaint.reporter-seen", complaint_id)
        return found


def handle(office: Office, actor: Actor, complaint_id: str, outcome: str, answer: str) -> None:
    """Say that a complaint is being verified, or answer it.

    Args:
        office: The office.
        actor: Who handles it.
        complaint_id: The complaint.
        outcome: ``verifying``, ``upheld`` or ``dismissed``.
        answer: The answer to the reporter; needed with the last two.

    Raises:
        ForbiddenError: If the role handles no complaints.
        NotFoundError: If there is no such complaint in the actor's city.
        InvalidError: If outcome or answer does not fit.
        ConflictError: If it is answered already.
    """
    require(actor, Right.HANDLE_COMPLAINT)
    if outcome not in STATES or outcome == OPEN:
        raise InvalidError("请选择核实结果")
    if outcome != VERIFYING and (not answer.strip() or len(answer) > LONGEST_ANSWER):
        raise InvalidError(f"请写答复（至多 {LONGEST_ANSWER} 个字符），举报人凭回执号可以看到")
    with office.database.writing() as session:
        complaint = _case(session, actor, complaint_id).complaint
        if complaint.answered:
            raise ConflictError("这件举报已经答复，不能再改")
        complaint.state = outcome
        if outcome != VERIFYING:
            complaint.answer, complaint.answered = answer.strip(), now()
        audit.append(session, actor.user, f"complaint.{outcome}", complaint.id)


def second_review(office: Office, actor: Actor, complaint_id: str, note: str) -> None:
    """Bring the package of a complaint to its second review (第十五、十六条).

    Raises:
        ForbiddenError: If the role handles no complaints or takes no steps.
        NotFoundError: If there is no such complaint in the actor's city.
        ConflictError: If the package is not under notice or published now.
        InvalidError: If the reason is missing.
    """
    package = case(office, actor, complaint_id).package
    key = "notice-return" if package.state == State.NOTICE.value else "second-review"
    stepping.take(office, actor, package.id, key, note=note)
    with office.database.writing() as session:
        complaint = _case(session, actor, complaint_id).complaint
        if complaint.state == OPEN:
            complaint.state = VERIFYING
        audit.append(session, actor.user, "complaint.second-review", complaint.id)


def _case(session: Session, actor: Actor, complaint_id: str) -> Case:
    complaint = session.get(Complaint, complaint_id)
    package = session.get(Package, complaint.package_id) if complaint else None
    if complaint is None or package is None or not actor.city or package.city != actor.city:
        raise NotFoundError("没有这件举报，或者不归本市办理")
    return Case(complaint, package)


def _throttle(session: Session, key: str) -> None:
    count, last = session.execute(
        select(func.count(), func.max(Failure.created)).where(
            Failure.key == key, Failure.created > now() - WINDOW
        )
    ).one()
    if count >= MOST_PER_ADDRESS:
        wait = max(1, int((last + WINDOW - now()).total_seconds()))
        raise TooManyError(f"提交太多；请 {(wait + 59) // 60} 分钟后再试", wait)
    session.add(Failure(key=key))


def _receipt() -> str:
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


def _hash(receipt: str) -> str:
    plain = "".join(letter for letter in receipt.upper() if letter in _LETTERS)
    return hashlib.sha256(f"receipt:{plain}".encode()).hexdigest()
