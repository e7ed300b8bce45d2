"""Tables of projects: application data that are filled in in the browser."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from duibiao.storage.base import ID, Base, Identified, now


class Project(Identified, Base):
    """项目: the fields of the workbook as JSON, with a version that rises at every change.

    `package` is the SHA-256 of the last built archive, or ""; `built` the version that it was made from, `draft` whether it says 草稿.
    """

    __tablename__ = "project"

    organisation_id: Mapped[str] = mapped_column(ID, ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    industry: Mapped[str] = mapped_column(String(50))
    grade: Mapped[str] = mapped_column(String(30), default="")
    data: Mapped[dict[str, Any]]
    version: Mapped[int] = mapped_column(default=1)
    changed: Mapped[datetime] = mapped_column(default=now)
    package: Mapped[str] = mapped_column(String(64), default="")
    built: Mapped[int] = mapped_column(default=0)
    draft: Mapped[bool] = mapped_column(default=False)

    files: Mapped[list[Exhibit]] = relationship(order_by="Exhibit.folder, Exhibit.name")


class Exhibit(Identified, Base):
    """证据文件 of a project."""

    __tablename__ = "exhibit"
    __table_args__ = (UniqueConstraint("project_id", "folder", "name"),)

    project_id: Mapped[str] = mapped_column(ID, ForeignKey("project.id"), index=True)
    folder: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(200))
    blob: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
