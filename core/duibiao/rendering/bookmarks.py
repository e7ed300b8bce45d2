"""书签: names of the bookmarks at which the sections of a built dossier begin and end."""

from __future__ import annotations

_PARTS = {"一": "1", "二": "2", "三": "3", "四": "4", "五": "5", "附": "p"}


def start_of(key: str) -> str:
    """Return the bookmark at the heading of a section: ``sec_5_2_13_1`` for ``五.2.13.1``.

    Raises:
        KeyError: The key is none of the outline's.
    """
    return f"sec_{_plain(key)}"


def end_of(key: str) -> str:
    """Return the bookmark at the end of a section, its sub-sections included: ``end_5_2_13`` for ``五.2.13``.

    Raises:
        KeyError: The key is none of the outline's.
    """
    return f"end_{_plain(key)}"


def _plain(key: str) -> str:
    part, *rest = key.split(".")
    return "_".join((_PARTS[part], *rest))
