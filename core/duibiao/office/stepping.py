"""Taking the steps of the procedure."""

from __future__ import annotations

from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError, NotFoundError
from duibiao.office.fixing import assured, fixed
from duibiao.office.seeing import newest, visible
from duibiao.office.watchers import tell
from duibiao.procedure.deadlines import last_day
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State
from duibiao.procedure.steps import Step, open_steps, step_named
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.packages import Package, StepTaken


def steps_for(actor: Actor, package: Package) -> tuple[Step, ...]:
    """Return what an actor may do with a package now."""
    return open_steps(
        actor.role,
        State(package.state),
        Track(package.track),
        package.declared,
        published=bool(package.published),
        last=package.steps[-1].key if package.steps else "",
    )


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
        ConflictError: If the step does not go from where the package stands, or its time is over.
        InvalidError: If the reason is missing, or the grade is not one that the step may fix.
    """
    require(actor, Right.TAKE_STEPS)
    step = step_named(key)
    if step is None:
        raise NotFoundError(f"没有“{key}”这个办理动作")
    with office.database.writing() as session:
        package = visible(session, actor, package_id)
        if step not in steps_for(actor, package):
            raise ConflictError(
                f"“{State(package.state).label}”的申报现在不能由{actor.role.label}办理“{step.label}”；请刷新页面看最新状态"
            )
        _demand(office, step, package, note)
        fixes = fixed(office.service, package, step, grade)
        doubt = assured(office.service, package, step, fixes)
        source = package.state
        _move(package, step, fixes)
        package.steps.append(
            StepTaken(
                package_id=package.id,
                user_id=actor.user,
                who=f"{actor.name}（{actor.role.label}）",
                key=step.key,
                source=source,
                target=step.target.value,
                grade=fixes,
                note="\n".join(filter(None, (note.strip(), doubt))),
            )
        )
        session.flush()
        audit.append(
            session, actor.user, f"package.{step.key}", package.id, source=source, target=step.target.value
        )  # fmt: skip
        tell(office, session, package, f"package.{step.key}")
        return package


def _demand(office: Office, step: Step, package: Package, note: str) -> None:
    if step.note and not note.strip():
        raise InvalidError(f"“{step.label}”要写明理由或意见")
    if step.key == "apply" and not newest(package).report:
        raise ConflictError("最新的文件还没有审查完；审查完成后再申报")
    last = last_day(office.service.common, package.city, step.until, office.today)
    if last is not None and office.today > last:
        raise ConflictError(
            f"“{step.label}”今年到 {last} 为止，现在已经过了；明年再办理（{step.article.partition(':')[2]}）"
        )


def _move(package: Package, step: Step, grade: str) -> None:
    moment = now()
    package.state, package.since = step.target.value, moment
    if step.target is State.APPLIED and package.filed is None:
        package.filed = moment
    if grade:
        package.final_grade = grade
    if step.published:
        package.final_grade = package.published
    if step.target is State.PUBLISHED:
        package.published = package.final_grade
    elif step.target is State.REMOVED:
        package.published = ""
