"""Sample enterprises, one module each, named after its industry and found by that name."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from duibiao.testing.spec import Enterprise


@cache
def names() -> tuple[str, ...]:
    """Return the names of all samples, the usual one first."""
    found = [module.name for module in pkgutil.iter_modules(__path__)]
    return tuple(sorted(found, key=lambda name: load(name).order))


def load(name: str) -> Enterprise:
    """Return a sample enterprise.

    Raises:
        KeyError: There is no such sample.
    """
    if name not in {module.name for module in pkgutil.iter_modules(__path__)}:
        raise KeyError(name)
    enterprise = import_module(f"{__name__}.{name}").ENTERPRISE
    assert isinstance(enterprise, Enterprise)
    return enterprise
