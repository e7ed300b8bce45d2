"""Pictures appended to a PDF file one at a time, so that a thousand photos need the memory of one.

What pikepdf is given, it keeps in memory until all is saved; what stands in a file that it opens, it reads when it is
needed. So the pictures go to the end of the layout's file, as an incremental update writes them.
"""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf

from duibiao.rendering.pdf.pictures import Packed

_TAIL = 64


class Enlarged:
    """A copy of a PDF file that grows by pictures."""

    def __init__(self, path: Path, layout: bytes) -> None:
        """Copy the file `layout` to `path`."""
        with pikepdf.open(io.BytesIO(layout)) as pdf:
            pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.disable, static_id=True)
        with pikepdf.open(path) as pdf:
            self._root = "{} {} R".format(*pdf.Root.objgen)
            self._first = int(pdf.trailer.Size)
        self._path = path
        self._before = int(path.read_bytes()[-_TAIL:].split()[-2])
        self._out = path.open("ab")
        self._places: list[int] = []

    def add(self, picture: Packed) -> int:
        """Append a picture and return the number of its object."""
        mask = "" if picture.mask is None else f" /SMask {self.add(picture.mask)} 0 R"
        number = self._first + len(self._places)
        self._places.append(self._out.tell())
        head = (
            f"{number} 0 obj\n<< {picture.entries}{mask} /Length {len(picture.data)} >>\nstream\n"
        )
        self._out.write(head.encode() + picture.data + b"\nendstream\nendobj\n")
        return number

    def open(self) -> pikepdf.Pdf:
        """End the file and open it."""
        start, size = self._out.tell(), self._first + len(self._places)
        table = "".join(f"{place:010d} 00000 n \n" for place in self._places)
        self._out.write(
            f"xref\n{self._first} {len(self._places)}\n{table}trailer\n"
            f"<< /Size {size} /Root {self._root} /Prev {self._before} >>\n"
            f"startxref\n{start}\n%%EOF\n".encode()
        )
        self._out.close()
        return pikepdf.open(self._path)

    def close(self) -> None:
        """Close the file, whatever happened."""
        self._out.close()
