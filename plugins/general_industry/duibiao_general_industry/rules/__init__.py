"""通用行业: the rules that only this industry has, one module per topic."""

from duibiao.rules import Rule

ALL: tuple[Rule, ...] = ()
"""Every rule, in the order of their codes."""
