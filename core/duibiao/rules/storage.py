"""物料储存: finding materials that lie in the open, for the industries whose law forbids it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law.provenance import Provenance
from duibiao.model.dossier import Dossier
from duibiao.rules.definition import CannotJudge, Problem, Yield

_OPEN = re.compile("(?<!不)露天|敞开|半敞开|苫盖|遮盖|围挡堆")
_HALF_CLOSED = "半封闭"


def stored_openly(
    dossier: Dossier, grounds: Provenance, todo: str, *, half_closed: bool
) -> Iterator[Yield]:
    """Yield the materials of 四、3.3 that are stored in the open (露天或敞开堆放).

    Args:
        dossier: The dossier.
        grounds: The row of the law that forbids it.
        todo: What to do about it.
        half_closed: Half-closed sheds (半封闭) are not enough either.

    Yields:
        A problem for each such material; where no way of storage is written, that this cannot be judged.
    """
    stored = [(one.name.value, one.storage) for one in dossier.production.materials if one.storage]
    if not stored:
        yield CannotJudge(dossier.at, "原辅材料表没有写储存方式")
    for name, storage in stored:
        if _OPEN.search(storage.value) or (half_closed and _HALF_CLOSED in storage.value):
            yield Problem(storage.at, f"{name}的储存方式为“{storage.value}”", todo, grounds=grounds)
