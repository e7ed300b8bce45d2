"""Projects (项目): application data that a consultant fills in sheet by sheet, seen by the own organisation only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from duibiao.model.errors import UsageError
from duibiao.model.sheets import Sheet
from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError, NotFoundError
from duibiao.office.jobs import QUEUED, RUNNING
from duibiao.office.project_form import (
    Content,
    catalogue_for,
    catalogue_of_content,
    content_of,
)
from duibiao.procedure.rights import Actor, Right
from duibiao.project.blank import layout
from duibiao.project.values import ILLEGAL, LONGEST, trimmed
from duibiao.service.terms import CHINA
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.packages import Job
from duibiao.storage.people import User
from duibiao.storage.projects import Exhibit, Project
from duibiao.storage.records import Entry

MOST_ROWS = layout.LAST_ROW - layout.FIRST_ROW + 1
"""Rows of one list, as many as the workbook has with drop-down lists."""
SAVED, IMPORTED = "project.save", "project.import"


def create(office: Office, actor: Actor, name: str, industry: str, grade: str = "") -> Project:
    """Make a project, filled in as far as ``duibiao new`` does.

    Args:
        office: The office.
        actor: Who makes it.
        name: Its name, and for the time being that of the enterprise.
        industry: Name of a plugin, or of an industry in words.
        grade: The grade that is aimed at, in words; "" if it is open.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        InvalidError: If the name cannot be that of a folder, or industry or grade are not known.
    """
    require(actor, Right.PROJECT)
    try:
        content = content_of(office.service.prefill(name.strip(), industry, grade))
    except UsageError as error:
        raise InvalidError(str(error)) from None
    with office.database.writing() as session:
        project = Project(
            organisation_id=actor.organisation,
            name=name.strip(),
            **_heads(content),
            data=content,
        )
        session.add(project)
        session.flush()
        audit.append(session, actor.user, "project.create", project.id, industry=project.industry)
        return project


def find(
    office: Office, actor: Actor, *, offset: int = 0, limit: int = 50
) -> tuple[Sequence[Project], int]:
    """Return the projects of the actor's organisation, those changed last first, and how many there are in all.

    Raises:
        ForbiddenError: If the role may not fill in projects.
    """
    require(actor, Right.PROJECT)
    query = select(Project).where(Project.organisation_id == actor.organisation)
    with office.database.reading() as session:
        count = session.scalar(select(func.count()).select_from(query.subquery())) or 0
        order = (Project.changed.desc(), Project.id)
        return session.scalars(query.order_by(*order).offset(offset).limit(limit)).all(), count


def open_project(office: Office, actor: Actor, project_id: str) -> Project:
    """Return a project with its evidence files.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is none, or it is another organisation's.
    """
    with office.database.reading() as session:
        project = own(session, actor, project_id)
        _ = project.files
        return project


def own(session: Session, actor: Actor, project_id: str, *, changing: bool = False) -> Project:
    """Return a project of the actor's organisation; nobody else changes it meanwhile if it is to be changed.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is none, or it is another organisation's.
    """
    require(actor, Right.PROJECT)
    project = session.get(Project, project_id, with_for_update=True if changing else None)
    if project is None or project.organisation_id != actor.organisation:
        raise NotFoundError("没有这个项目；请从列表中打开")
    return project


def mark_of(content: Content, sheet: str) -> str:
    """Return a mark by which the content of a sheet is known again."""
    text = json.dumps(content.get(sheet), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def sheet_of(office: Office, project: Project, key: str) -> Sheet:
    """Return a sheet that a project is asked for.

    Raises:
        NotFoundError: If it is not asked for.
    """
    sheets = catalogue_of_content(office.service, project.data).sheets
    found = next((sheet for sheet in sheets if sheet.key == key), None)
    if found is None:
        raise NotFoundError("这个项目没有这张表；行业类型改过的话，请从项目页重新打开")
    return found


def save_sheet(
    office: Office, actor: Actor, project_id: str, key: str, entered: object, *, seen: str
) -> Project:
    """Save what was entered in a sheet, right or wrong; what is wrong is told apart from it.

    Args:
        office: The office.
        actor: Who enters it.
        project_id: The project.
        key: The sheet.
        entered: Field → value for a form; a list of such for a list. Blank values and rows are left out.
        seen: Mark (`mark_of`) of the sheet as the actor has seen it.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project or sheet.
        InvalidError: If what was entered does not have the shape of the sheet, or a value is too long.
        ConflictError: If somebody has changed the sheet since; nothing is saved.
    """
    with office.database.writing() as session:
        project = own(session, actor, project_id, changing=True)
        sheet = sheet_of(office, project, key)
        value = cleaned(sheet, entered)
        if value == project.data.get(key, [] if sheet.is_list else {}):
            return project
        if seen != mark_of(project.data, key):
            raise ConflictError(_stale(session, project, f"“{sheet.title}”"))
        content = {**project.data, key: value}
        if not value:
            del content[key]
        change(session, project, content)
        audit.append(session, actor.user, SAVED, project.id, sheet=key, version=project.version)
        return project


def replace_data(
    office: Office, actor: Actor, project_id: str, content: Content, *, version: int
) -> Project:
    """Replace all that is filled in, as by an import; evidence stays.

    Args:
        office: The office.
        actor: Who replaces it.
        project_id: The project.
        content: The new content; sheets that the industry does not ask for are refused.
        version: The version that the actor has seen.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project.
        InvalidError: If the content does not have the shape of the sheets.
        ConflictError: If somebody has changed the project since; nothing is replaced.
    """
    form = content.get("form", {})
    if not isinstance(form, dict) or not all(isinstance(one, str) for one in form.values()):
        raise InvalidError("“form”（申请表）应是对象，每项是文字")
    sheets = {sheet.key: sheet for sheet in catalogue_for(office.service, form).sheets}
    if strange := [key for key in content if key not in sheets]:
        raise InvalidError(f"没有名为 {strange[0][:30]} 的表；请核对表名和行业类型")
    made = {key: cleaned(sheets[key], value) for key, value in content.items()}
    with office.database.writing() as session:
        project = own(session, actor, project_id, changing=True)
        if version != project.version:
            raise ConflictError(_stale(session, project, "这个项目"))
        change(session, project, {key: value for key, value in made.items() if value})
        audit.append(session, actor.user, IMPORTED, project.id, version=project.version)
        return project


def remove(office: Office, actor: Actor, project_id: str) -> None:
    """Remove a project with its evidence; packages that were handed in of it stay.

    Raises:
        ForbiddenError: If the role may not fill in projects.
        NotFoundError: If there is no such project.
        ConflictError: If it is being built.
    """
    with office.database.writing() as session:
        project = own(session, actor, project_id, changing=True)
        jobs = select(Job.id).where(Job.project_id == project.id)
        if session.scalar(jobs.where(Job.state.in_((QUEUED, RUNNING)))):
            raise ConflictError("正在编制，不能删除；请等编制结束后再删")
        session.execute(delete(Job).where(Job.project_id == project.id))
        session.execute(delete(Exhibit).where(Exhibit.project_id == project.id))
        session.execute(delete(Project).where(Project.id == project.id))
        audit.append(session, actor.user, "project.delete", project_id)


def change(session: Session, project: Project, content: Mapping[str, Any] | None = None) -> None:
    """Note a change of a project: of its content, or of its evidence where `content` is None."""
    if content is not None:
        project.data = dict(content)
        for name, value in _heads(content).items():
            setattr(project, name, value)
    project.version += 1
    project.changed = now()
    session.flush()


def cleaned(sheet: Sheet, entered: object) -> Any:
    """Return what was entered in a sheet as it is kept.

    Raises:
        InvalidError: If it does not have the shape of the sheet, or a value is too long.
    """
    if not sheet.is_list:
        return _row(sheet, entered)
    if not isinstance(entered, list):
        raise InvalidError(f"“{sheet.title}”应是若干行")
    rows = [row for row in (_row(sheet, one) for one in entered) if row]
    if len(rows) > MOST_ROWS:
        raise InvalidError(f"“{sheet.title}”有 {len(rows)} 行，最多 {MOST_ROWS} 行；请节选")
    return rows


def _row(sheet: Sheet, entered: object) -> dict[str, str]:
    if not isinstance(entered, dict):
        raise InvalidError(f"“{sheet.title}”的一行应是若干“填写项: 内容”")
    titles = {field.key: field.title for field in sheet.fields}
    row: dict[str, str] = {}
    for key, value in entered.items():
        if key not in titles or not isinstance(value, str):
            raise InvalidError(f"“{sheet.title}”中没有 {str(key)[:30]} 这一项，或它不是文字")
        text = ILLEGAL.sub("", trimmed(value))
        if len(text) > LONGEST:
            raise InvalidError(
                f"“{titles[key]}”有 {len(text)} 字，最多 {LONGEST} 字；请分成几行填写"
            )
        if text:
            row[key] = text
    return row


def _heads(content: Content) -> dict[str, str]:
    form = content.get("form", {})
    return {"industry": form.get("industry", "")[:50], "grade": form.get("grade", "")[:30]}


def _stale(session: Session, project: Project, what: str) -> str:
    last = session.scalar(
        select(Entry)
        .where(Entry.subject == project.id, Entry.action.startswith("project."))
        .order_by(Entry.number.desc())
        .limit(1)
    )
    user = session.get(User, last.actor) if last else None
    when = project.changed.astimezone(CHINA).strftime("%m-%d %H:%M")
    return (
        f"{user.name if user else '有人'}在 {when} 改动过{what}，您这边改的没有保存。"
        "请您先记下要保留的内容，再刷新页面，重新填入"
    )
