"""What the API says of packages, versions, jobs and steps."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field

from duibiao.office.jobs import STATES
from duibiao.office.seeing import newest
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State
from duibiao.procedure.steps import Step, step_named
from duibiao.storage.packages import Job, Package, StepTaken, Submission
from duibiao.web.api import PREFIX

NO_NUL = r"^[^\x00]*$"
"""PostgreSQL keeps no NUL in a text."""
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="从第几条开始，从 0 数起")]
Limit = Annotated[int, Query(ge=1, le=200, description="一次至多几条")]
Number = Annotated[int, Field(ge=1, le=1_000_000)]


class Asked(BaseModel):
    """Base of what requests say: nothing unknown is taken."""

    model_config = ConfigDict(extra="forbid")


class Paged(BaseModel):
    """Base of lists: one page of them; the header Link leads to the next."""

    total: int = Field(description="共有几条")


class JobSaid(BaseModel):
    """任务。"""

    id: str
    kind: str = Field(description="check 审查、build 编制、lists 生成清单")
    state: str = Field(description="queued、running、done、failed")
    state_label: str
    stage: str = Field(description="正在做什么")
    message: str = Field(description="失败的原因，没有失败时是空的")
    package: str = Field(description="申报的编号；编制任务没有")
    version: int | None = Field(description="送审稿是第几版")
    created: datetime
    finished: datetime | None

    @staticmethod
    def of(job: Job) -> JobSaid:
        """Say what a job is."""
        submission = job.submission if job.submission_id else None
        return JobSaid(
            id=job.id, kind=job.kind, state=job.state, state_label=STATES[job.state], stage=job.stage,
            message=job.message, package=submission.package_id if submission else "",
            version=submission.number if submission else None, created=job.created, finished=job.finished,
        )  # fmt: skip


class VersionSaid(BaseModel):
    """送审稿。"""

    number: int
    file: str
    size: int = Field(description="字节")
    sha256: str
    created: datetime
    verdict: str = Field(description="审查结论；没有审查完时是空的")
    errors: int = Field(description="不符合的条数")
    kept: bool = Field(description="文件是否还在（过了保存期限会删除）")
    job: str = Field(description="最近一次任务的编号")

    @staticmethod
    def of(submission: Submission) -> VersionSaid:
        """Say what a version is."""
        return VersionSaid(
            number=submission.number, file=submission.file, size=submission.size, sha256=submission.blob,
            created=submission.created, verdict=submission.verdict, errors=submission.errors,
            kept=submission.purged is None, job=submission.jobs[-1].id if submission.jobs else "",
        )  # fmt: skip


class StepSaid(BaseModel):
    """办理记录。"""

    key: str
    label: str
    who: str
    at: datetime
    source: str
    target: str
    grade: str
    note: str

    @staticmethod
    def of(taken: StepTaken) -> StepSaid:
        """Say what step was taken."""
        step = step_named(taken.key)
        return StepSaid(
            key=taken.key, label=step.label if step else taken.key, who=taken.who, at=taken.created,
            source=taken.source, target=taken.target, grade=taken.grade, note=taken.note,
        )  # fmt: skip


class OpenStep(BaseModel):
    """现在可以办的动作。"""

    key: str
    label: str
    article: str = Field(description="依据的条款")
    note: bool = Field(description="是否要写理由或意见")
    graded: bool = Field(description="是否要写核定的等级")

    @staticmethod
    def of(step: Step) -> OpenStep:
        """Say what can be done."""
        return OpenStep(
            key=step.key, label=step.label, article=step.article, note=step.note, graded=step.graded
        )


class PackageSaid(BaseModel):
    """申报。"""

    id: str
    href: str
    track: Track
    state: State
    state_label: str
    since: datetime = Field(description="到现在这个状态的时间")
    created: datetime
    filed: datetime | None = Field(description="第一次申报的时间")
    confidential: bool
    city: str
    county: str
    enterprise: str
    credit_code: str
    industry: str
    declared: str = Field(description="申报的等级")
    final_grade: str = Field(description="核定的等级")
    newest: VersionSaid

    @staticmethod
    def said(package: Package) -> dict[str, Any]:
        """Return what every form of a package says."""
        state = State(package.state)
        return {
            "href": f"{PREFIX}/packages/{package.id}", "track": Track(package.track), "state": state,
            "state_label": state.label, "newest": VersionSaid.of(newest(package)),
        } | {
            name: getattr(package, name)
            for name in (
                "id", "since", "created", "filed", "confidential", "city", "county", "enterprise", "credit_code",
                "industry", "declared", "final_grade",
            )
        }  # fmt: skip

    @staticmethod
    def of(package: Package) -> PackageSaid:
        """Say what a package is."""
        return PackageSaid(**PackageSaid.said(package))


class WholePackage(PackageSaid):
    """申报的全部情况。"""

    versions: list[VersionSaid]
    steps: list[StepSaid] = Field(description="办理记录")
    open_steps: list[OpenStep] = Field(description="您现在可以办的动作")

    @staticmethod
    def whole(package: Package, steps: tuple[Step, ...]) -> WholePackage:
        """Say all of a package, and the steps that whoever asks may take."""
        return WholePackage(
            **PackageSaid.said(package),
            versions=[VersionSaid.of(each) for each in package.submissions],
            steps=[StepSaid.of(each) for each in package.steps],
            open_steps=[OpenStep.of(each) for each in steps],
        )


class Packages(Paged):
    """申报列表。"""

    items: list[PackageSaid]


class Received(BaseModel):
    """收到的文件。"""

    package: str
    version: int
    job: str = Field(description="审查任务的编号")
    duplicate: bool = Field(description="是否早已交过同一个文件；那样就没有新的送审稿")
    href: str = Field(description="申报的地址")
