"""The readers that ours are compared with, each in a process of its own: ``python bench/readers.py NAME``.

Standard library only until a reader is asked for: the peers run in an environment without ours. Speaks JSON lines:
says what it is, then reads the file whose path it is given and answers with CPU seconds and memory.
"""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

Reader = Callable[[Path], object]


def _floor() -> Reader:
    etree = import_module("lxml.etree")

    def read(path: Path) -> object:
        with zipfile.ZipFile(path) as archive:
            return etree.fromstring(archive.read("word/document.xml"))

    return read


def _python_docx() -> Reader:
    docx = import_module("docx")

    def visit(table: Any) -> None:
        for row in table.rows:
            for cell in row.cells:
                _ = cell.text
                for inner in cell.tables:
                    visit(inner)

    def read(path: Path) -> object:
        document = docx.Document(str(path))
        for paragraph in document.paragraphs:
            _ = paragraph.text
        for table in document.tables:
            visit(table)
        return document

    return read


def _python_docx_styled() -> Reader:
    """What one needs to find headings: blocks in order, style of each paragraph, boldness of each run."""
    docx = import_module("docx")

    def visit(container: Any) -> None:
        for block in container.iter_inner_content():
            if hasattr(block, "rows"):
                for row in block.rows:
                    for cell in row.cells:
                        visit(cell)
            else:
                _ = block.text, block.style.name, [run.bold for run in block.runs]

    def read(path: Path) -> object:
        document = docx.Document(str(path))
        visit(document)
        return document

    return read


def _docx2python() -> Reader:
    docx2python = import_module("docx2python").docx2python

    def read(path: Path) -> object:
        with docx2python(path) as content:
            return content.body

    return read


def _mammoth() -> Reader:
    mammoth = import_module("mammoth")

    def read(path: Path) -> object:
        with path.open("rb") as file:
            return mammoth.convert_to_html(file).value

    return read


def _markitdown() -> Reader:
    convert = import_module("markitdown").MarkItDown().convert
    return lambda path: convert(str(path)).text_content


def _pdfmuse() -> Reader:
    parse = import_module("pdfmuse").parse
    return lambda path: parse(path.read_bytes(), fmt="docx")


def _kreuzberg() -> Reader:
    extract = import_module("kreuzberg").extract_file_sync
    return lambda path: extract(str(path))


READERS: dict[str, tuple[str, Callable[[], Reader]]] = {
    "floor": ("lxml", _floor),
    "python-docx": ("python-docx", _python_docx),
    "python-docx-styled": ("python-docx", _python_docx_styled),
    "docx2python": ("docx2python", _docx2python),
    "mammoth": ("mammoth", _mammoth),
    "markitdown": ("markitdown", _markitdown),
    "pdfmuse": ("pdfmuse", _pdfmuse),
    "kreuzberg": ("kreuzberg", _kreuzberg),
}
"""Name → distribution, and what prepares the reader."""


def measured(read: Reader, path: Path) -> dict[str, float]:
    """Read a file once.

    Returns:
        CPU seconds (user and system), and the highest memory meanwhile in bytes. Dropping what was read belongs to
        it: cycles are collected, and since glibc puts off part of freeing a tree until the next larger request,
        such a request is made.
    """
    gc.collect()
    resettable = _reset_peak()
    before = time.process_time(), _children()
    started = time.perf_counter()
    result = read(path)
    del result
    gc.collect()
    bytearray(4096)
    wall = time.perf_counter() - started
    cpu = time.process_time() - before[0] + _children() - before[1]
    return {"cpu": cpu, "wall": wall, "peak": _memory("VmHWM") if resettable else _highest()}


def _children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _reset_peak() -> bool:
    """Begin the high-water mark anew, where the system allows it."""
    try:
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    except OSError:
        return False
    return True


def _highest() -> int:
    """The highest memory since the process began, where the mark cannot be begun anew."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )


def _memory(field: str) -> int:
    try:
        lines = Path("/proc/self/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return _highest()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{field}:"))


def serve(readers: Mapping[str, tuple[str, Callable[[], Reader]]]) -> None:
    """Be the reader that the command line names until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = io.StringIO()  # some readers print

    def answer(**what: object) -> None:
        answers.write(json.dumps(what) + "\n")
        answers.flush()

    distribution, prepare = readers[sys.argv[1]]
    try:
        read = prepare()
    except ImportError as error:
        answer(missing=str(error))
        return
    gc.collect()
    gc.freeze()  # collecting cycles shall cost by what was read, not by what was imported
    version = f"{distribution} {metadata.version(distribution)}"
    answer(version=version, base=_memory("VmRSS"))
    for line in sys.stdin:
        try:
            answer(**measured(read, Path(json.loads(line))))
        except Exception as error:  # noqa: BLE001  a peer may fail in any way; it is told in the table
            answer(error=f"{type(error).__name__}: {error}"[:200])


if __name__ == "__main__":
    serve(READERS)
