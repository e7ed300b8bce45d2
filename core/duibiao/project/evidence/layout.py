"""The folders that a new project has, each with a note of what belongs there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from duibiao.law.common import CommonLaw
from duibiao.law.records import EvidenceItem


def evidence_folders(
    common: CommonLaw,
    sections: Collection[str],
    facilities: Mapping[str, Sequence[str]],
    checklist: Sequence[EvidenceItem] = (),
) -> Mapping[str, str]:
    """Return the folders of 证据/ and the text of the 说明.txt in each, in order.

    Args:
        common: Common law, for titles and what the outline asks for.
        sections: Keys of the sections that apply, such as ``五.2.13.1``.
        facilities: Section of 2.13.x → names of its facilities in order, such as ``DA001 1#窑窑尾``.
        checklist: What the branch asks for beyond the outline (`LawInForce.checklist`).

    Returns:
        Relative folder (with ``/``) → text.
    """
    raise NotImplementedError
