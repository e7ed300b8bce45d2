"""The first administrator, without whom nobody could add anybody."""

from __future__ import annotations

import secrets

from sqlalchemy import func, select

from duibiao.office.desk import Office
from duibiao.office.people import hashed
from duibiao.procedure.roles import Role
from duibiao.storage import audit
from duibiao.storage.people import Organisation, User

LOGIN = "admin"


def first_administrator(office: Office) -> str:
    """Make the administrator where there is no user yet.

    Returns:
        The password, to be changed at the first signing in; "" where there are users already.
    """
    with office.database.writing() as session:
        if session.scalar(select(func.count()).select_from(User)):
            return ""
        password = secrets.token_urlsafe(12)
        organisation = Organisation(name="系统管理")
        session.add(organisation)
        session.flush()
        user = User(
            organisation_id=organisation.id,
            login=LOGIN,
            name="系统管理员",
            role=Role.ADMIN.value,
            password=hashed(password, LOGIN),
        )
        session.add(user)
        session.flush()
        audit.append(session, "system", "user.first", user.id)
        return password
