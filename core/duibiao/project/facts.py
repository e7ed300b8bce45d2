"""Whether two dossiers say the same, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from duibiao.model.application import ContentsEntry
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.location import Located, Location, Text
from duibiao.model.quantities import halfwidth
from duibiao.project.compose.proofs import COPY, is_page

_COUNTED = frozenset({"characters", "tables", "pictures"})
_SIZES = frozenset({"width", "height"})


def same_content(a: Dossier, b: Dossier) -> list[str]:
    """Return how two dossiers differ, by path, such as ``form.grade.value: 'A级' ≠ 'B级'``; empty if they say the same.

    Places, the source file, headers and footers, sizes of pictures and counts derived from the content are left out.
    Pictures are the same where equal ones on one side are equal ones on the other, whatever their keys.
    """
    return list(_Comparison().differences("", a, b))


def same_facts(project: Dossier, package: Dossier) -> list[str]:
    """Return how a composed dossier differs from that of the package built from it, by path; empty if it does not.

    This is the law of the project: a package says what its project says, fact by fact, and in the same order. Everything
    is compared as `same_content` does, but for what building itself adds:

    - page numbers: those of the contents and of the indicator table are left out;
    - running text (texts of sections and letters, entries of the contents): what the project says must stand in the
      package in its order; the template may print prescribed lines, captions and labels between;
    - captions of tables are compared without their numbers;
    - seals and signatures count where the project has their pictures, and are left to pen and ink elsewhere;
    - the title of the plan, which the package gives on a title page of its own;
    - `Dossier.paragraphs`: whatever the project says must be said in a paragraph or cell of the same section;
    - what only a project has: `Dossier.misfits` and `SourceFile.is_project`.

    Args:
        project: The dossier composed of the project.
        package: The dossier read back from the package.
    """
    return list(_Facts().differences("", project, package))


class _Comparison:
    """Walks through two dossiers side by side."""

    def __init__(self) -> None:
        self._there: dict[str, str] = {}
        self._back: dict[str, str] = {}

    def differences(self, path: str, a: Any, b: Any) -> Iterator[str]:
        if isinstance(a, Location | SourceFile) and type(a) is type(b):
            return
        if type(a) is not type(b):
            yield _told(path, a, b)
        elif is_dataclass(a):
            yield from self._fields(path, a, b)
        elif isinstance(a, tuple):
            if len(a) != len(b):
                yield f"{path}: {len(a)} ≠ {len(b)} 项（{_extra(a, b)}）"
            for index, (one, other) in enumerate(zip(a, b, strict=False)):
                yield from self.differences(f"{path}[{index}]", one, other)
        elif path.endswith(".picture") and isinstance(a, str):
            if not self.same_picture(a, b):
                yield _told(path, a, b)
        elif a != b:
            yield _told(path, a, b)

    def same_picture(self, a: str, b: str) -> bool:
        """Whether two keys may stand for one picture, after all that were compared before."""
        return self._there.setdefault(a, b) == b and self._back.setdefault(b, a) == a

    def _fields(self, path: str, a: Any, b: Any) -> Iterator[str]:
        for field in fields(a):
            if (
                not field.compare
                or field.name in _SIZES
                or (field.name in _COUNTED and "sections" in path)
                or field.name in ("at", "margins")
            ):
                continue
            name = f"{path}.{field.name}" if path else field.name
            yield from self.differences(name, getattr(a, field.name), getattr(b, field.name))


class _Facts(_Comparison):
    """Walks through a composed dossier and the one read back."""

    def differences(self, path: str, a: Any, b: Any) -> Iterator[str]:
        plain = re.sub(r"\[\d+\]", "", path)
        if plain == "paragraphs":
            yield from _unsaid(a, b)
        elif plain in _RUNNING:
            yield from _out_of_order(path, [_line(text) for text in a], [_line(text) for text in b])
        elif plain == "production.products.caption" and None not in (a, b):
            yield from super().differences(
                path, _CAPTION.sub("", a.value), _CAPTION.sub("", b.value)
            )
        else:
            yield from super().differences(path, a, b)

    def same_picture(self, a: str, b: str) -> bool:
        """A document may stand at several places, and its pages may look alike: blank ones."""
        key = a.partition(COPY)[0]
        if is_page(key):
            return self._there.setdefault(key, b) == b
        return super().same_picture(key, b)

    def _fields(self, path: str, a: Any, b: Any) -> Iterator[str]:
        left_out = set(_UNCOMPARED.get(re.sub(r"\[\d+\]", "", path), ()))
        if not getattr(a, "has_seal", True):
            left_out.add("has_seal")
        if not getattr(a, "signature_is_picture", True):
            left_out |= {"signature", "signature_is_picture"}
        if getattr(a, "key", "") == "附":
            left_out |= {"number", "title"}
        for difference in super()._fields(path, a, b):
            name = difference.removeprefix(f"{path}." if path else "")
            if re.split(r"\W", name)[0] not in left_out:
                yield difference


_RUNNING = frozenset(
    {
        "contents",
        "letters.text",
        "profile.text",
        "production.processes",
        "production.transport_text",
        "evidence.archive.text",
        "evidence.transport.text",
        "evidence.transport.gate_text",
    }
)
_UNCOMPARED = {"": ("misfits",), "indicators.rows": ("pages",)}
_CAPTION = re.compile(r"^表\s*\d+\s*")


def _line(text: Any) -> str:
    """A line of running text, or an entry of the contents, as it is compared."""
    if isinstance(text, ContentsEntry):
        return f"{text.number} {halfwidth(text.title)}"
    return str(text.value)


def _out_of_order(path: str, said: Iterable[str], printed: Iterable[str]) -> Iterator[str]:
    rest = iter(printed)
    for line in said:
        if line not in rest:  # goes on behind the line found
            yield f"{path}: {_short(line)} 没有，或次序不对"
            return


def _unsaid(said: tuple[Text, ...], printed: tuple[Text, ...]) -> Iterator[str]:
    sections: dict[str, list[str]] = {}
    for text in printed:
        sections.setdefault(text.at.section, []).append(text.value)
    for text in said:
        if not any(text.value in line for line in sections.get(text.at.section, ())):
            yield f"paragraphs: {text.at.section} 没有 {_short(text)}"


def _told(path: str, a: Any, b: Any) -> str:
    return f"{path}: {_short(a)} ≠ {_short(b)}"


def _short(value: Any) -> str:
    if isinstance(value, Located):
        value = value.value
    text = repr(value)
    return text if len(text) <= 160 else text[:159] + "…"


def _extra(a: tuple[Any, ...], b: tuple[Any, ...]) -> str:
    longer = a if len(a) > len(b) else b
    return "多 " + _short(longer[min(len(a), len(b))])
