"""Tables of packages: what was handed in, what became of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from duibiao.storage.base import ID, Base, Identified


class Package(Identified, Base):
    """申报: one application of one enterprise, through all its submissions.

    Enterprise, credit code, industry and declared grade are what the newest report says, city and county what the applicant chose.
    `final_grade` is "" until the city or the province has fixed it, `published` until it was published, and stays in force while
    the enterprise applies anew; `since` is when the state was reached; `filed` when it was first applied with.
    """

    __tablename__ = "package"

    organisation_id: Mapped[str] = mapped_column(ID, ForeignKey("organisation.id"), index=True)
    track: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), index=True)
    since: Mapped[datetime]
    filed: Mapped[datetime | None]
    confidential: Mapped[bool] = mapped_column(default=False)
    city: Mapped[str] = mapped_column(String(50), index=True)
    county: Mapped[str] = mapped_column(String(50), index=True)
    enterprise: Mapped[str] = mapped_column(String(200), default="", index=True)
    credit_code: Mapped[str] = mapped_column(String(30), default="")
    industry: Mapped[str] = mapped_column(String(100), default="")
    declared: Mapped[str] = mapped_column(String(30), default="")
    final_grade: Mapped[str] = mapped_column(String(30), default="")
    published: Mapped[str] = mapped_column(String(30), default="")

    submissions: Mapped[list[Submission]] = relationship(
        back_populates="package", order_by="Submission.number"
    )
    steps: Mapped[list[StepTaken]] = relationship(order_by="StepTaken.created")
    assignments: Mapped[list[Assignment]] = relationship(order_by="Assignment.created")


class Submission(Identified, Base):
    """送审稿: one version of the files, and the report on it.

    `blob` is the SHA-256 of the file, `report` that of the stored report (JSON) or "" before it was checked. `verdict` and `errors` hold
    until the end of the day `lapses` (年-月-日), when a waiver does; "" is for ever, None that nobody has looked.
    """

    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("package_id", "number"),)

    package_id: Mapped[str] = mapped_column(ID, ForeignKey("package.id"), index=True)
    number: Mapped[int]
    user_id: Mapped[str] = mapped_column(ID, ForeignKey("user.id"))
    file: Mapped[str] = mapped_column(String(255))
    size: Mapped[int]
    blob: Mapped[str] = mapped_column(String(64), index=True)
    report: Mapped[str] = mapped_column(String(64), default="")
    verdict: Mapped[str] = mapped_column(String(20), default="")
    errors: Mapped[int] = mapped_column(default=0)
    lapses: Mapped[str | None] = mapped_column(String(10), index=True)
    purged: Mapped[datetime | None]

    package: Mapped[Package] = relationship(back_populates="submissions")
    jobs: Mapped[list[Job]] = relationship(back_populates="submission", order_by="Job.created")


class Job(Identified, Base):
    """任务: one check or build, as its user sees it; DBOS holds the durable side under the same id.

    `state` is one of queued, running, done, failed; `message` says in Chinese why it failed, or what is left to do. `stage` is what
    the worker does now; a `forced` build goes on in spite of errors, and makes a draft.
    """

    __tablename__ = "job"

    kind: Mapped[str] = mapped_column(String(20))
    submission_id: Mapped[str | None] = mapped_column(ID, ForeignKey("submission.id"), index=True)
    project_id: Mapped[str | None] = mapped_column(ID, ForeignKey("project.id"), index=True)
    batch: Mapped[str] = mapped_column(String(22), default="", index=True)
    user_id: Mapped[str] = mapped_column(ID, ForeignKey("user.id"))
    state: Mapped[str] = mapped_column(String(20), default="queued", index=True)
    stage: Mapped[str] = mapped_column(String(100), default="")
    message: Mapped[str] = mapped_column(Text, default="")
    forced: Mapped[bool] = mapped_column(default=False)
    attempts: Mapped[int] = mapped_column(default=0)
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]

    submission: Mapped[Submission | None] = relationship(back_populates="jobs")


class Artefact(Base):
    """产出: a file made of the check of a version: a face of the report, the annotated copy, a view of the document, a page or picture of it.

    `face` is such as ``html``, ``notice``, ``annotated``, ``document``, ``page-0-3``, ``photo-0-9f3c20a1-10324``.
    """

    __tablename__ = "artefact"

    submission_id: Mapped[str] = mapped_column(ID, ForeignKey("submission.id"), primary_key=True)
    report: Mapped[str] = mapped_column(String(64), primary_key=True)
    face: Mapped[str] = mapped_column(String(30), primary_key=True)
    file: Mapped[str] = mapped_column(String(255))
    blob: Mapped[str] = mapped_column(String(64), index=True)


class ListFile(Base):
    """生成的清单: one workbook of a job that makes lists; `county` is "" for all, `blob` is "" until it is made."""

    __tablename__ = "list_file"

    job_id: Mapped[str] = mapped_column(ID, ForeignKey("job.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    county: Mapped[str] = mapped_column(String(50), default="")
    blob: Mapped[str] = mapped_column(String(64), default="")


class StepTaken(Identified, Base):
    """办理记录: one step of the procedure."""

    __tablename__ = "step_taken"

    package_id: Mapped[str] = mapped_column(ID, ForeignKey("package.id"), index=True)
    user_id: Mapped[str] = mapped_column(ID, ForeignKey("user.id"))
    who: Mapped[str] = mapped_column(String(300))
    key: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(20))
    target: Mapped[str] = mapped_column(String(20))
    grade: Mapped[str] = mapped_column(String(30), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Remark(Identified, Base):
    """意见处理: what a person says of one finding, known by its fingerprint through all submissions.

    `disposition` is one of note, accept, waive, correct, withdraw; `until` (年-月-日) ends a waiver; `place` is where the finding
    stood, in words.
    """

    __tablename__ = "remark"

    package_id: Mapped[str] = mapped_column(ID, ForeignKey("package.id"), index=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(String(20))
    place: Mapped[str] = mapped_column(String(300), default="")
    disposition: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[str] = mapped_column(String(10), default="")
    user_id: Mapped[str] = mapped_column(ID, ForeignKey("user.id"))
    who: Mapped[str] = mapped_column(String(300))


class Assignment(Identified, Base):
    """专家指派, with the opinion once it is given."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("package_id", "user_id"),)

    package_id: Mapped[str] = mapped_column(ID, ForeignKey("package.id"), index=True)
    user_id: Mapped[str] = mapped_column(ID, ForeignKey("user.id"), index=True)
    opinion: Mapped[str] = mapped_column(Text, default="")
    recommends: Mapped[str] = mapped_column(String(30), default="")
    given: Mapped[datetime | None]


class Complaint(Identified, Base):
    """举报 (第十六条): who reported is sealed apart and shown to one role only."""

    __tablename__ = "complaint"

    package_id: Mapped[str] = mapped_column(ID, ForeignKey("package.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(20), default="open", index=True)
    answer: Mapped[str] = mapped_column(Text, default="")
    answered: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(64), unique=True)


class Reporter(Base):
    """举报人: name and contact of who reported; only the complaints desk reads this table."""

    __tablename__ = "reporter"

    complaint_id: Mapped[str] = mapped_column(ID, ForeignKey("complaint.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
