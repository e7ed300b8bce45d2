"""Which file of an upload is the main document, and what the others are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from duibiao.intake.files import open_source
from duibiao.intake.kinds import FileKind
from duibiao.intake.old_copies import old_copies
from duibiao.intake.parcel import Item, Member, Role
from duibiao.intake.scores import Score, named_package, named_plan, score
from duibiao.intake.sorting import section_of
from duibiao.intake.texts import glance
from duibiao.model.classes import dataclass

NEAR = 0.8
"""Share of the best document's titles that another one must have to be taken for the same text."""

_PREFERENCE = {FileKind.WORD: 3, FileKind.OLD_WORD: 2, FileKind.RTF: 2, FileKind.ODT: 2}
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Casting:
    """Who plays what.

    Attributes:
        items: Files with their parts; no main document among them where none was found.
        warnings: What a person should know about the choice.
    """

    items: tuple[Item, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    member: Member
    score: Score

    @property
    def named(self) -> bool:
        return named_package(self.member.name)

    @property
    def stem(self) -> str:
        return PurePosixPath(self.member.name).stem.casefold()


def cast(members: Sequence[Member]) -> Casting:
    """Give every file its part.

    Args:
        members: The files.

    Returns:
        The parts. The main document is the one that holds most of the outline's titles, a Word file rather than its
        PDF; where no document has words that can be looked at, the one that is named as packages are or is alone.
    """
    candidates = [_Candidate(file, _look(file)) for file in members if file.kind.is_document]
    warnings: list[str] = []
    old = old_copies((c.member.name for c in candidates if c.score.is_package), of_one=True)
    main = _main([c for c in candidates if c.member.name not in old], warnings)
    rendition = _rendition(main, candidates) if main else None
    plan = _plan([c for c in candidates if c not in (main, rendition)])
    taken = {
        id(chosen.member): role
        for chosen, role in ((main, Role.MAIN), (rendition, Role.RENDITION), (plan, Role.PLAN))
        if chosen
    }
    others = [c for c in candidates if c.score.is_package and id(c.member) not in taken]
    for what, names in (
        ("也像申报材料", [c.member.name for c in others if c.member.name not in old]),
        ("按文件名是申报材料的旧稿", [c.member.name for c in others if c.member.name in old]),
    ):
        if names:
            warnings.append(f"另有 {len(names)} 个文件{what}，没有检查：{_listed(names)}")
    return Casting(tuple(_item(file, taken.get(id(file))) for file in members), tuple(warnings))


def _look(member: Member) -> Score:
    with open_source(member.source, member.name) as stream:
        return score(glance(stream, member.kind))


def _main(candidates: Sequence[_Candidate], warnings: list[str]) -> _Candidate | None:
    packages = [candidate for candidate in candidates if candidate.score.is_package]
    if packages:
        most = max(candidate.score.titles for candidate in packages)
        near = [candidate for candidate in packages if candidate.score.titles >= NEAR * most]
        return max(near, key=_rank)
    wordless = [candidate for candidate in candidates if not candidate.score.readable]
    chosen = [c for c in wordless if c.named] or (wordless if len(candidates) == 1 else [])
    if not chosen:
        return None
    best = max(chosen, key=_rank)
    warnings.append(f"正文没有可以读取的文字，只按文件名认定为申报材料：{best.member.name}")
    return best


def _rank(candidate: _Candidate) -> tuple[int, bool, int, int]:
    member = candidate.member
    return (
        _PREFERENCE.get(member.kind, 1),
        candidate.named,
        candidate.score.titles,
        member.size,
    )


def _rendition(main: _Candidate, candidates: Sequence[_Candidate]) -> _Candidate | None:
    """Return the PDF of the main document: of the same name, or with the same titles."""
    if main.member.kind is FileKind.PDF:
        return None
    pdfs = [c for c in candidates if c.member.kind is FileKind.PDF]
    same = [c for c in pdfs if c.stem == main.stem and (c.score.is_package or not c.score.readable)]
    alike = [c for c in pdfs if c.score.is_package and c.score.titles >= NEAR * main.score.titles]
    return next(iter(same or alike), None)


def _plan(candidates: Sequence[_Candidate]) -> _Candidate | None:
    plans = [
        candidate
        for candidate in candidates
        if candidate.score.is_plan
        or (named_plan(candidate.member.name) and not candidate.score.is_package)
    ]
    if not plans:
        return None
    return max(plans, key=lambda c: (c.score.plan, _PREFERENCE.get(c.member.kind, 1)))


def _item(member: Member, role: Role | None) -> Item:
    if role in (Role.MAIN, Role.RENDITION, Role.PLAN):
        return Item(member, role)
    section = section_of(member.name)
    if member.kind is FileKind.WORKBOOK:
        return Item(member, Role.LIST, section)
    return Item(member, Role.EVIDENCE if section else Role.UNSORTED, section)


def _listed(names: Sequence[str]) -> str:
    more = f" 等 {len(names)} 个" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more
