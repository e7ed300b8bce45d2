"""Whether two dossiers say the same, wherever it stands."""

from duibiao.project.facts import same_content, same_facts

__all__ = ["same_content", "same_facts"]
