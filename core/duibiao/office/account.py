"""One's own account (我的账号): the sessions in which one is signed in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from sqlalchemy import delete, select

from duibiao.office.desk import Office
from duibiao.office.people import IDLE, LONGEST
from duibiao.procedure.rights import Actor
from duibiao.storage import audit
from duibiao.storage.base import now
from duibiao.storage.people import SignIn


def sessions(office: Office, actor: Actor) -> Sequence[SignIn]:
    """Return one's own sessions that still hold, the last used first."""
    moment = now()
    query = select(SignIn).where(
        SignIn.user_id == actor.user,
        SignIn.seen > moment - IDLE,
        SignIn.created > moment - LONGEST,
    )
    with office.database.reading() as session:
        return session.scalars(query.order_by(SignIn.seen.desc())).all()


def is_this(sign_in: SignIn, secret: str) -> bool:
    """Return whether a session is the one of a browser's secret."""
    return sign_in.hash == hashlib.sha256(secret.encode()).hexdigest()


def end_others(office: Office, actor: Actor, secret: str) -> None:
    """End all of one's own sessions but that of this browser's secret."""
    keep = hashlib.sha256(secret.encode()).hexdigest()
    with office.database.writing() as session:
        session.execute(delete(SignIn).where(SignIn.user_id == actor.user, SignIn.hash != keep))
        audit.append(session, actor.user, "sign-in.end-others", actor.user)
