"""Tables of people: organisations, users, sessions, tokens, failed sign-ins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from duibiao.storage.base import ID, Base, Identified, now


class Organisation(Identified, Base):
    """单位: an enterprise, a consultancy, a bureau.

    `city` and `county` say which packages a bureau reviews; a city bureau has no county.
    """

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(String(200), unique=True)
    city: Mapped[str] = mapped_column(String(50), default="")
    county: Mapped[str] = mapped_column(String(50), default="")


class User(Identified, Base):
    """用户."""

    __tablename__ = "user"

    organisation_id: Mapped[str] = mapped_column(ID, ForeignKey("organisation.id"), index=True)
    login: Mapped[str] = mapped_column(String(100), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)
    must_change: Mapped[bool] = mapped_column(default=True)
    blacklisted: Mapped[str] = mapped_column(String(1000), default="")

    organisation: Mapped[Organisation] = relationship(lazy="joined")


class SignIn(Base):
    """会话: a session in a browser; only the hash of its secret is kept."""

    __tablename__ = "sign_in"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ID, ForeignKey("user.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime] = mapped_column(default=now)
    seen: Mapped[datetime] = mapped_column(default=now)


class Token(Identified, Base):
    """接口令牌: a secret for programs; only its hash is kept."""

    __tablename__ = "token"

    user_id: Mapped[str] = mapped_column(ID, ForeignKey("user.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]]
    expires: Mapped[datetime | None]
    revoked: Mapped[datetime | None]
    used: Mapped[datetime | None]


class Failure(Identified, Base):
    """登录失败: one failed sign-in, for throttling by name and by address."""

    __tablename__ = "failure"
    __table_args__ = (Index("failure_key_created", "key", "created"),)

    key: Mapped[str] = mapped_column(String(200))
