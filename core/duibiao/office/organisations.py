"""Organisations (单位): their place decides which packages their people see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from duibiao.office.desk import Office, require
from duibiao.office.errors import ConflictError, InvalidError, NotFoundError
from duibiao.procedure.rights import Actor, Right, manages
from duibiao.procedure.roles import Role
from duibiao.storage import audit
from duibiao.storage.people import Organisation, User


@dataclass(frozen=True, slots=True)
class Place:
    """单位资料 as the administrator writes them.

    Attributes:
        name: Name.
        city: 省辖市.
        county: 县（市、区）, "" for a city bureau.
    """

    name: str
    city: str = ""
    county: str = ""


def every(office: Office, actor: Actor) -> Sequence[Organisation]:
    """Return every organisation whose accounts the actor manages, by name.

    Raises:
        ForbiddenError: If the role manages no users.
    """
    require(actor, Right.MANAGE_USERS)
    with office.database.reading() as session:
        found = session.scalars(select(Organisation).order_by(Organisation.name))
        return [one for one in found if any(manages(actor, one.id, role) for role in Role)]


def add(office: Office, actor: Actor, place: Place) -> Organisation:
    """Add an organisation.

    Raises:
        ForbiddenError: If the role manages no organisations.
        InvalidError: If the name is missing or too long.
        ConflictError: If there is one of that name.
    """
    require(actor, Right.MANAGE_ORGANISATIONS)
    with office.database.writing() as session:
        organisation = Organisation()
        _settle(session, organisation, place)
        session.add(organisation)
        session.flush()
        audit.append(session, actor.user, "organisation.add", organisation.id)
        return organisation


def change(office: Office, actor: Actor, organisation_id: str, place: Place) -> None:
    """Change an organisation; what its bureau sees changes with the place.

    Raises:
        ForbiddenError: If the role manages no organisations.
        NotFoundError: If there is none.
        InvalidError: If the name is missing or too long, or a bureau would lose its place.
        ConflictError: If there is another one of that name.
    """
    require(actor, Right.MANAGE_ORGANISATIONS)
    with office.database.writing() as session:
        organisation = organisation_of(session, organisation_id)
        _settle(session, organisation, place)
        for user in session.scalars(select(User).where(User.organisation_id == organisation.id)):
            fit(Role(user.role), organisation)
        audit.append(
            session, actor.user, "organisation.change", organisation.id,
            city=organisation.city, county=organisation.county,
        )  # fmt: skip


def organisation_of(session: Session, organisation_id: str) -> Organisation:
    """Return an organisation.

    Raises:
        NotFoundError: If there is none.
    """
    found = session.get(Organisation, organisation_id)
    if found is None:
        raise NotFoundError("没有这个单位")
    return found


def _settle(session: Session, organisation: Organisation, place: Place) -> None:
    name = place.name.strip()
    if not name or len(name) > 200 or len(place.city) > 50 or len(place.county) > 50:
        raise InvalidError("请写单位名称（至多 200 个字符）；省辖市和县（市、区）各至多 50 个字符")
    if place.county.strip() and not place.city.strip():
        raise InvalidError("写了县（市、区）的，也要写省辖市")
    same = session.scalar(select(Organisation.id).where(Organisation.name == name))
    if same and same != organisation.id:
        raise ConflictError(f"已经有单位“{name}”")
    organisation.name, organisation.city = name, place.city.strip()
    organisation.county = place.county.strip()


def fit(role: Role, organisation: Organisation) -> None:
    """Make sure that a bureau knows its place: a county needs its county, a city its city and no county.

    Raises:
        InvalidError: If it does not.
    """
    if role is Role.COUNTY and not (organisation.city and organisation.county):
        raise InvalidError("县（市、区）分局的单位要写省辖市和县（市、区），它决定能看哪些申报")
    if (
        role in (Role.CITY, Role.COMPLAINTS, Role.EXPERT, Role.BUREAU_ADMIN)
        and not organisation.city
    ):
        raise InvalidError(f"“{role.label}”的单位要写省辖市，它决定办理哪个市的事项")
    if role is Role.CITY and organisation.county:
        raise InvalidError("市生态环境局的单位不写县（市、区）")
