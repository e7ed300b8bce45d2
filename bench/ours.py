"""What we do with a package, step by step: ``python bench/ours.py NAME``.

Speaks as `readers` does. A package meets every text for the first time, so what the program remembers of texts is
forgotten before each run; what it remembers of the law stays, as it does from one package to the next.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

from readers import Reader, serve

from duibiao.document.word import read_word
from duibiao.law import load_common
from duibiao.recognition import recognise
from duibiao.service import Request, Service
from duibiao.service.judging import declared_by, judge
from duibiao.service.package import read_package
from duibiao.service.terms import terms_of
from duibiao.work.judging import Asked
from duibiao.work.judging import judge as judge_all


def _model() -> Reader:
    """From the file to paragraphs, tables and pictures."""
    return lambda path: read_word(path, path.name)


def _dossier() -> Reader:
    """From the file to the dossier."""
    common = load_common()
    return lambda path: recognise(read_word(path, path.name), common)


def _photos() -> Reader:
    """From the file to the dossier, photos looked at."""
    service = Service()
    return lambda path: read_package(path, path.name, service.common, paginate=False, photos=True)


def _judging() -> Reader:
    """Every rule that applies, the ladder, the conclusion. The first run of a file reads it, too."""
    service = Service()
    known: dict[Path, Any] = {}

    def run(path: Path) -> object:
        if path not in known:
            known[path] = read_package(
                path, path.name, service.common, paginate=False, photos=False
            )
            gc.collect()
            gc.freeze()  # collecting cycles shall cost by what judging makes
        read = known[path]
        terms = terms_of(declared_by(read.dossier), Request(), service.registry, service.common)
        return judge(read, terms, service.registry)

    return run


def _whole() -> Reader:
    """All that a batch does with a package: photos looked at, judged, report as page and JSON, entry of the lists."""
    service, folder = Service(), Path(tempfile.mkdtemp(prefix="duibiao-bench-"))
    return lambda path: judge_all(service, path, Asked(), folder / "report.html")


def _forgetting(prepare: Callable[[], Reader]) -> Callable[[], Reader]:
    """Let a reader forget the texts of earlier runs."""

    def prepared() -> Reader:
        read, remembered = prepare(), _remembered()

        def run(path: Path) -> object:
            for cache in remembered:
                cache.cache_clear()
            return read(path)

        return run

    return prepared


def _remembered() -> list[_lru_cache_wrapper[Any]]:
    """Find what remembers a limited number of texts; what is remembered without limit is the law."""
    return [
        found
        for found in gc.get_objects()
        if isinstance(found, _lru_cache_wrapper)
        and found.__module__.startswith("duibiao.")
        and found.cache_parameters()["maxsize"] is not None
    ]


OURS: dict[str, Callable[[], Reader]] = {
    "model": _model,
    "dossier": _dossier,
    "photos": _photos,
    "judging": _judging,
    "whole": _whole,
}


if __name__ == "__main__":
    serve({name: ("duibiao", _forgetting(prepare)) for name, prepare in OURS.items()})
