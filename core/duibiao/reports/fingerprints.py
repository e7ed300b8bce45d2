"""By what a finding is known again in the next submission."""

from __future__ import annotations

import hashlib
import re

_AMOUNT = re.compile(r"(?<![A-Za-z\d.\-])\d+(?:\.\d+)?(?![\d.#])")


def fingerprint(code: str, section: str, message: str) -> str:
    """Return what a finding is known by from one submission to the next, in hexadecimal.

    It does not change when paragraphs, tables, rows or pages move, nor when an amount is another one; names of
    outlets, plates and lines count.

    Args:
        code: Code of the rule.
        section: Section key of its place.
        message: What is wrong.
    """
    said = _AMOUNT.sub("0", "".join(message.split()))
    return hashlib.sha256("\0".join((code, section, said)).encode("utf-8", "replace")).hexdigest()[
        :32
    ]
