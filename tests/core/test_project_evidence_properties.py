"""Whatever lies in an evidence folder, every file is accounted for once, and always in the same order."""

import os
import random
import string
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from types import TracebackType
from unittest import mock

from hypothesis import example, given, settings
from hypothesis import strategies as st

from duibiao.law import load_common
from duibiao.project.evidence import EvidenceFolder, evidence_folders, read_evidence
from duibiao.testing.pictures import photo

COMMON = load_common()
FACILITIES = {"五.2.13.1": ("DA001 1#窑窑尾", "DA002 2#窑窑头"), "五.2.13.4": ("活性炭箱",)}
SECTIONS = [heading.key for heading in COMMON.outline if heading.key.startswith("五.2.")]
PROPER = sorted(
    {piece for name in evidence_folders(COMMON, SECTIONS, FACILITIES) for piece in name.split("/")}
)
PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
IGNORED = ("说明.txt", ".hidden", "Thumbs.db", "desktop.ini", "~$a.docx")

wild = st.text(
    st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(lambda name: name not in (".", ".."))
told = st.text(st.sampled_from("12345#、.-（） 号第窑尾储罐合同扫描件DA0"), min_size=1, max_size=9)
names = st.one_of(told.filter(lambda name: name not in (".", "..")), wild, st.sampled_from(IGNORED))
endings = st.sampled_from(["", ".png", ".jpg", ".pdf", ".docx"])
folders = st.one_of(st.sampled_from(PROPER), names)
paths = st.tuples(st.lists(folders, max_size=4), st.builds(str.__add__, names, endings)).map(
    lambda found: "/".join((*found[0], found[1]))
)
contents = st.one_of(
    st.sampled_from([photo("a"), photo("b"), PDF, b""]),
    st.binary(max_size=64),
    st.builds(
        lambda head, cut: head[:cut],
        st.sampled_from([photo("a"), PDF, b"\xff\xd8\xff\xe0\0\x10JFIF\0"]),
        st.integers(0, 600),
    ),
)
trees = st.dictionaries(paths, contents, max_size=8)


class Shuffled:
    """A listing of a folder in another order than the system's."""

    def __init__(self, folder: object) -> None:
        with scandir(folder) as entries:
            self._entries = list(entries)
        random.Random(0).shuffle(self._entries)  # noqa: S311  an order, no secret

    def __enter__(self) -> Iterator[os.DirEntry[str]]:
        return iter(self._entries)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is open."""


scandir = os.scandir


def lay_out(root: Path, tree: dict[str, bytes]) -> None:
    """Write a tree; what its names do not admit on this system is left out."""
    for name, content in tree.items():
        path = root / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError:
            continue


def ignored(name: str) -> bool:
    return any(
        piece.startswith((".", "~$"))
        or piece.casefold() in ("说明.txt", "thumbs.db", "desktop.ini", "__macosx")
        for piece in PurePosixPath(name).parts
    )


def accounts(root: Path, found: EvidenceFolder) -> Counter[str]:
    """How often each file is told: as used, as the seal, or with a misfit of its own or of its folder."""
    said = [f"证据/{file.name}" for file in found.files]
    said += [
        f"证据/{path.relative_to(root).as_posix()}"
        for path in (found.seal, found.signature)
        if path is not None
    ]
    said += [misfit.at.file for misfit in found.misfits]
    return Counter(
        {
            name: sum(
                f"证据/{name}" == place or f"证据/{name}".startswith(f"{place}/") for place in said
            )
            for path in root.rglob("*")
            if path.is_file() and not ignored(name := path.relative_to(root).as_posix())
        }
    )


@settings(max_examples=150, deadline=None)
@given(trees)
def test_every_file_is_accounted_for_exactly_once(tree: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "证据"
        root.mkdir()
        lay_out(root, tree)
        found = read_evidence(root, COMMON, FACILITIES)
        accounted = accounts(root, found)
        assert set(accounted.values()) <= {1}, accounted
        told = len(found.files) + len(found.misfits) + bool(found.seal) + bool(found.signature)
        assert bool(accounted) == bool(told)
        for misfit in found.misfits:
            assert misfit.what
            assert misfit.remedy
            (misfit.what + misfit.remedy + str(misfit.at)).encode()


@settings(max_examples=60, deadline=None)
@given(trees)
def test_the_order_of_the_file_system_does_not_matter(tree: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "证据"
        root.mkdir()
        lay_out(root, tree)
        found = read_evidence(root, COMMON, FACILITIES)
        with mock.patch("os.scandir", Shuffled):
            assert read_evidence(root, COMMON, FACILITIES) == found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.builds(str.__add__, names, st.just(".png")), max_size=8, unique=True))
@example(["1- 0.png", "0.png"])
def test_captions_can_be_printed_and_told_apart(files: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "证据"
        lay_out(root, {f"2.15 无组织排放/{name}": photo("a") for name in files})
        root.mkdir(exist_ok=True)
        captions = [file.caption for file in read_evidence(root, COMMON, {}).files]
        assert len(set(captions)) == len(captions)
        for caption in captions:
            assert caption == " ".join(caption.split())
            assert not set(caption) & set(string.whitespace[1:] + "\x00\x07\x1b\ufffe\uffff")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.one_of(wild, told), min_size=1, max_size=4), st.booleans())
def test_a_project_finds_the_folders_of_its_own_facilities(called: list[str], coded: bool) -> None:
    codes = [f"DA{number:03} " * coded for number in range(1, len(called) + 1)]
    facilities = {"五.2.13.1": list(map(str.__add__, codes, called))}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "证据"
        made = [
            name
            for name in evidence_folders(COMMON, ["五.2.13.1"], facilities)
            if "/2.13.1-" in name
        ]
        lay_out(root, {f"{name}/现场.png": photo(name) for name in made})
        found = read_evidence(root, COMMON, facilities)
        assert not found.misfits
        assert [file.group for file in found.files] == list(range(1, len(called) + 1))
