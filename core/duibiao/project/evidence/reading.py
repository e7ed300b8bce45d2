"""Reading the evidence folder: every file in it is used, told as a misfit, or ignored for its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from duibiao.law.common import CommonLaw
from duibiao.project.evidence.model import EvidenceFolder


def read_evidence(
    folder: Path, common: CommonLaw, facilities: Mapping[str, Sequence[str]]
) -> EvidenceFolder:
    """Read an evidence folder; nothing in it can make this fail.

    Args:
        folder: 证据/ of a project; a missing one is a misfit.
        common: Common law, for the outline.
        facilities: Section of 2.13.x → names of its facilities in order, such as ``DA001 1#窑窑尾``.

    Returns:
        The same for the same files, whatever the order in which the system lists them.
    """
    raise NotImplementedError
