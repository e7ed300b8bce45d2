"""What a grade requires, as one text for a cell of 对标总表."""

from __future__ import annotations

from duibiao.law.records import Requirement


def requirement_text(requirements: tuple[Requirement, ...]) -> str:
    """Return what a grade requires for one indicator as one text, "" where nothing is known."""
    parts = dict.fromkeys(row.text.strip().rstrip("。；;") for row in requirements)
    return f"{'；'.join(parts)}。" if parts else ""
