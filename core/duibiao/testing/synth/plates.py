"""印版: a Word file in which the identity is left open, so that many enterprises are printed from one."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from duibiao.testing.defects import Defect
from duibiao.testing.synth.identity import Identity
from duibiao.testing.synth.places import Place

_OPEN = 0xE000
"""Code points of private use, one for each character of an identity, and as many for those of full width."""

_WIDE = 0x100
_MARKS = re.compile(f"[{chr(_OPEN)}-{chr(_OPEN + 2 * _WIDE - 1)}]")
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Plate:
    """印版.

    Attributes:
        place: Where its enterprises stand.
        name: Name of its enterprises, with the core of the base.
        hand: The hand that it is written by.
        defects: The faults in it.
        fixed: A zip archive of the parts that are the same for all.
        open: The other parts, compressed, characters of the identity as marks.
    """

    place: Place
    name: str
    hand: str
    defects: tuple[Defect, ...]
    fixed: bytes
    open: Mapping[str, bytes]

    def printed(self, identity: Identity) -> bytes:
        """Return the Word file of one enterprise."""
        letters = "".join(identity.words())
        table = {chr(_OPEN + n): letter for n, letter in enumerate(letters)}
        table |= {chr(_OPEN + _WIDE + n): _wide(letter) for n, letter in enumerate(letters)}
        stream = io.BytesIO(self.fixed)
        with zipfile.ZipFile(stream, "a") as archive:
            for name, packed in self.open.items():
                text = _MARKS.sub(lambda mark: table[mark[0]], zlib.decompress(packed).decode())
                _add(archive, name, text.encode())
        return stream.getvalue()


def plate(
    data: bytes, identity: Identity, place: Place, name: str, hand: str, defects: tuple[Defect, ...]
) -> Plate:
    """Make a plate of a Word file.

    Args:
        data: The file.
        identity: What is left open.
        place: Where its enterprises stand.
        name: Name of the enterprise in it.
        hand: The hand that wrote it.
        defects: The faults in it.
    """
    marking, fixed, left_open = _marking(identity), io.BytesIO(), {}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(fixed, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            marked = _marked(content, marking) if part.endswith(".xml") else content
            if marked == content:
                _add(new, part, content)
            else:
                left_open[part] = zlib.compress(marked, 1)
    return Plate(place, name, hand, defects, fixed.getvalue(), left_open)


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, _LEVEL)


def _marking(identity: Identity) -> Mapping[str, re.Pattern[str]]:
    """Return the words of an identity, each with the pattern that finds it, whatever a hand has put between its letters."""
    between = r"((?:<[^>]*>|[\s\xad])*)"
    return {
        word: re.compile(between.join(f"([{letter}{_wide(letter)}])" for letter in word))
        for word in identity.words()
    }


def _marked(content: bytes, marking: Mapping[str, re.Pattern[str]]) -> bytes:
    text, start = content.decode(), _OPEN

    def marks(found: re.Match[str]) -> str:
        """Letters and what is between them come in turn."""
        return "".join(
            group if number % 2 else chr(start + number // 2 + _WIDE * (group != letter))
            for number, (group, letter) in enumerate(zip(found.groups(), spread, strict=True))
        )

    for word, pattern in marking.items():
        spread = " ".join(word)
        text = pattern.sub(marks, text)
        start += len(word)
    return text.encode()


def _wide(letter: str) -> str:
    return chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter
