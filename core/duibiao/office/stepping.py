"""Taking the steps of the procedure."""

from __future__ import annotations

from sqlalchemy.orm import Session

from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError, NotFoundError
from duibiao.office.seeing import newest, visible
from duibiao.office.watchers import tell
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State
from duibiao.procedure.steps import Step, open_steps, step_named
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.packages import Package, StepTaken


def steps_for(actor: Actor, package: Package) -> tuple[Step, ...]:
    """Return what an actor may do with a package now."""
    return open_steps(actor.role, State(package.state), Track(package.track), package.declared)


def take(
    office: Office, actor: Actor, package_id: str, key: str, *, note: str = "", grade: str = ""
) -> Package:
    """Take a step.

    Args:
        office: The office.
        actor: Who takes it.
        package_id: The package.
        key: Key of the step.
        note: The reason; some steps need one.
        grade: The grade that is fixed; some steps need one.

    Raises:
        ForbiddenError: If the role takes no steps.
        NotFoundError: If there is no such package or step, or the actor may not know of it.
        ConflictError: If the step does not go from where the package stands.
        InvalidError: If reason or grade is missing.
    """
    step = step_named(key)
    if step is None:
        raise NotFoundError(f"没有“{key}”这个办理动作")
    require(actor, Right.TAKE_STEPS)
    with office.database.writing() as session:
        package = visible(session, actor, package_id)
        if step not in steps_for(actor, package):
            raise ConflictError(
                f"“{State(package.state).label}”的申报现在不能由{actor.role.label}办理“{step.label}”；请刷新页面看最新状态"
            )
        _demand(step, package, note, grade)
        source = package.state
        _move(session, package, step, grade)
        session.add(
            StepTaken(
                package_id=package.id,
                user_id=actor.user,
                who=f"{actor.name}（{actor.role.label}）",
                key=step.key,
                source=source,
                target=step.target.value,
                grade=grade.strip(),
                note=note.strip(),
            )
        )
        audit.append(
            session, actor.user, f"package.{step.key}", package.id, source=source, target=step.target.value
        )  # fmt: skip
        tell(office, session, package, f"package.{step.key}")
        return package


def _demand(step: Step, package: Package, note: str, grade: str) -> None:
    if step.note and not note.strip():
        raise InvalidError(f"“{step.label}”要写明理由或意见")
    if step.graded and not grade.strip():
        raise InvalidError(f"“{step.label}”要写明核定的等级")
    if step.target is State.APPLIED:
        last = newest(package)
        if not last.report:
            raise ConflictError("最新的文件还没有审查完；审查完成后再申报")


def _move(session: Session, package: Package, step: Step, grade: str) -> None:
    moment = now()
    package.state, package.since = step.target.value, moment
    if step.target is State.APPLIED and package.filed is None:
        package.filed = moment
    if step.graded:
        package.final_grade = grade.strip()
    session.flush()
