"""The evidence folder (证据) of a project: which file proves what, and which cannot be used."""

from __future__ import annotations

from duibiao.project.evidence.layout import evidence_folders
from duibiao.project.evidence.model import EvidenceFile, EvidenceFolder
from duibiao.project.evidence.reading import read_evidence, seals_meant

__all__ = ["EvidenceFile", "EvidenceFolder", "evidence_folders", "read_evidence", "seals_meant"]
