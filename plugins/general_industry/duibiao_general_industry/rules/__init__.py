"""通用行业: the rules that only this industry has, one module per topic."""

from duibiao.rules import Rule
from duibiao_general_industry.rules import scope

ALL: tuple[Rule, ...] = tuple(
    sorted(
        (value for value in vars(scope).values() if isinstance(value, Rule)),
        key=lambda rule: rule.code,
    )
)
"""Every rule, in the order of their codes."""
