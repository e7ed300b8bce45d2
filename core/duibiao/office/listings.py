"""The lists (清单) of a bureau, made of stored reports: 附件3, and the annexes of the Kaifeng plan."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import selectinload

from duibiao.office.desk import Office, require
from duibiao.office.errors import InvalidError, NotFoundError
from duibiao.office.seeing import newest, scope_of
from duibiao.procedure.rights import Actor, Right
from duibiao.procedure.roles import Track
from duibiao.procedure.states import State
from duibiao.reports.lapsing import as_of
from duibiao.reports.lists import LISTS, annex3, targets, upgrade
from duibiao.reports.lists.data import Listing, make_listing
from duibiao.reports.lists.entry import Entry
from duibiao.reports.lists.reading import read_entry
from duibiao.reports.lists.workbook import Page, render
from duibiao.storage.blobs import StoreError
from duibiao.storage.packages import Package

KINDS = {"annex3": annex3.FILE, "upgrade": upgrade.FILE, "targets": targets.FILE}
"""Key in addresses → file name."""
MOST = 1_000
"""Most packages of one list."""
GONE = (State.DRAFT.value, State.WITHDRAWN.value, State.REMOVED.value)


def listing(office: Office, actor: Actor, county: str = "") -> Listing:
    """Return what the lists are made of: every package under way or published, without confidential ones.

    Args:
        office: The office.
        actor: Who asks.
        county: Only this 县（市、区）, or "" for all that the actor sees.

    Raises:
        ForbiddenError: If the role has no lists.
        InvalidError: If there are too many packages.
    """
    require(actor, Right.SEE_STATISTICS)
    query = scope_of(actor).where(
        Package.track == Track.GRADE.value, Package.state.not_in(GONE), Package.enterprise != ""
    )
    if county:
        query = query.where(Package.county == county)
    with office.database.reading() as session:
        found = session.scalars(
            query.options(selectinload(Package.submissions)).order_by(Package.filed).limit(MOST + 1)
        ).all()
    if len(found) > MOST:
        raise InvalidError(f"申报超过 {MOST} 份，一张清单放不下；请按县（市、区）筛选")
    return _made(office, actor, found)


def pages(office: Office, actor: Actor, kind: str, county: str = "") -> tuple[Page, ...]:
    """Return the sheets of a list.

    Raises:
        ForbiddenError: If the role has no lists.
        NotFoundError: If there is no such list.
        InvalidError: If there are too many packages.
    """
    require(actor, Right.SEE_STATISTICS)
    if kind not in KINDS:
        raise NotFoundError("没有这种清单")
    return LISTS[KINDS[kind]](listing(office, actor, county))


def workbook(office: Office, actor: Actor, kind: str, county: str = "") -> tuple[str, bytes]:
    """Return a list as a workbook: file name and content.

    Raises:
        ForbiddenError: If the role has no lists.
        NotFoundError: If there is no such list.
        InvalidError: If there are too many packages.
    """
    sheets = pages(office, actor, kind, county)
    return KINDS[kind], render(sheets)


def _made(office: Office, actor: Actor, packages: Sequence[Package]) -> Listing:
    problems: dict[str, str] = {}
    secret = sum(package.confidential for package in packages)

    def entries() -> Iterator[Entry]:
        for package in packages:
            last = newest(package)
            name = f"{last.file}（{package.id[:6]}）"
            if package.confidential:
                continue
            if not last.report:
                problems[name] = "最新一稿还没有审查完"
                continue
            try:
                told = json.loads(office.blobs.get(last.report))
                entry = read_entry(name, as_of(told, office.today), office.service.common)
            except (StoreError, ValueError, KeyError):
                problems[name] = "审查报告读不出；请重新审查这份申报"
                continue
            yield entry

    skipped = f"涉密申报 {secret} 份没有列入，请线下报送（第九条）" if secret else ""
    return make_listing(
        office.service.common,
        entries(),
        problems,
        city=actor.city,
        day=office.today,
        skipped=skipped,
    )
