"""Which packages an archive holds: decided by where the main documents (正文) lie in it.

A folder in which one main document lies is one package with everything below it; so is an archive in the archive that holds one, and
a main document among others. What belongs to none of them is left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from duibiao.intake.old_copies import old_copies, said

UNPLACED = "不知道属于哪一份申报；请与它的正文放进同一个文件夹或压缩包"


@dataclass(frozen=True, slots=True)
class Seen:
    """压缩包中的一个文件.

    Attributes:
        name: Its name, folders included.
        main: Whether it is a main document by what it says.
        pdf: Whether it is a PDF.
        box: Whether it is an archive that holds a main document.
        problem: Why it could not be looked at, or "".
    """

    name: str
    main: bool = False
    pdf: bool = False
    box: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """一份申报 in an archive.

    Attributes:
        folder: Folder in which its files lie, with "/" at the end; "" for the archive itself.
        files: Names of its files.
        whole: Whether it is everything in the folder, and not some files among others.
    """

    folder: str
    files: tuple[str, ...]
    whole: bool = False

    @property
    def name(self) -> str:
        """What it is called: as its one file, or as the folder or the first of its files with ``.zip``."""
        if len(self.files) == 1:
            return self.files[0]
        named = self.folder.rstrip("/") if self.whole else self.files[0].rpartition(".")[0]
        return f"{named}.zip"


@dataclass(frozen=True, slots=True)
class Divided:
    """压缩包里有几份.

    Attributes:
        units: The packages; one or none means that the archive is to be taken as a whole.
        left: Files of no package, and old copies, each with the reason.
    """

    units: tuple[Unit, ...]
    left: tuple[tuple[str, str], ...]


def divide(files: Sequence[Seen]) -> Divided:
    """Return the packages that an archive with these files holds; an old copy of one stays with it or is left over, and is told."""
    old = old_copies(file.name for file in files if file.main or file.box)
    told = [
        replace(f, main=False, box=False, problem=said(old[f.name])) if f.name in old else f
        for f in files
    ]
    units = tuple(_units("", told))
    placed = {name for unit in units for name in unit.files}
    left = [f for f in told if f.name in old or (len(units) > 1 and f.name not in placed)]
    return Divided(units, tuple((f.name, f.problem or UNPLACED) for f in left))


def _units(folder: str, files: Sequence[Seen]) -> Iterator[Unit]:
    direct = [file for file in files if "/" not in file.name[len(folder) :]]
    below: dict[str, list[Seen]] = {}
    for file in files:
        inner, slash, _ = file.name[len(folder) :].partition("/")
        if slash:
            below.setdefault(f"{folder}{inner}/", []).append(file)
    whole = Unit(folder, tuple(file.name for file in files), whole=True)
    alone = list(_alone(folder, direct))
    if len(alone) == 1:
        yield whole
        return
    found = [
        *alone,
        *(Unit(folder, (file.name,)) for file in direct if file.box),
        *(unit for name, inner in below.items() for unit in _units(name, inner)),
    ]
    if len(found) == 1:
        yield whole
    else:
        yield from found


def _alone(folder: str, files: Sequence[Seen]) -> Iterator[Unit]:
    """Yield the main documents that lie in one folder, each with the files of the same name; a PDF beside one Word file is a copy."""
    mains = [file for file in files if file.main]
    written = [file for file in mains if not file.pdf]
    stems = dict.fromkeys(_stem(file) for file in (written if len(written) == 1 else mains))
    for stem in stems:
        yield Unit(folder, tuple(file.name for file in files if _stem(file) == stem))


def _stem(file: Seen) -> str:
    return PurePosixPath(file.name).stem.casefold()
