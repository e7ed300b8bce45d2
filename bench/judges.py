"""What judging is compared with: reading as a check does, and judging what was read. ``python bench/judges.py NAME``.

Speaks as `readers` does. A check meets every text for the first time, so what the program remembers of texts is
forgotten before each run; what it remembers of the law stays, as it does from one package to the next.
"""

from __future__ import annotations

import gc
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any

from readers import Reader, serve

from duibiao.service import Request, Service
from duibiao.service.judging import declared_by, judge
from duibiao.service.package import Read, read_package
from duibiao.service.terms import terms_of


def _reading(*, photos: bool) -> Reader:
    service, remembered = Service(), _remembered()

    def read(path: Path) -> Read:
        _forget(remembered)
        return read_package(path, path.name, service.common, paginate=False, photos=photos)

    return read


def _judging() -> Reader:
    """Judge: every rule that applies, the ladder, the conclusion. The first run of a file reads it, too."""
    service, remembered = Service(), _remembered()
    known: dict[Path, Read] = {}

    def run(path: Path) -> object:
        if path not in known:
            known[path] = read_package(
                path, path.name, service.common, paginate=False, photos=False
            )
            gc.collect()
            gc.freeze()  # collecting cycles shall cost by what judging makes
        _forget(remembered)
        read = known[path]
        terms = terms_of(declared_by(read.dossier), Request(), service.registry, service.common)
        return judge(read, terms, service.registry)

    return run


def _remembered() -> list[_lru_cache_wrapper[Any]]:
    """Find what remembers a limited number of texts; what is remembered without limit is the law."""
    return [
        found
        for found in gc.get_objects()
        if isinstance(found, _lru_cache_wrapper)
        and found.__module__.startswith("duibiao.")
        and found.cache_parameters()["maxsize"] is not None
    ]


def _forget(remembered: list[_lru_cache_wrapper[Any]]) -> None:
    for cache in remembered:
        cache.cache_clear()


if __name__ == "__main__":
    serve(
        {
            "reading": ("duibiao", lambda: _reading(photos=False)),
            "photos": ("duibiao", lambda: _reading(photos=True)),
            "judging": ("duibiao", _judging),
        }
    )
