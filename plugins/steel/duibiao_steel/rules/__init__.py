"""钢铁: the rules that only this industry has, one module per topic."""

from duibiao.rules import Rule
from duibiao_steel.rules import treatment

ALL: tuple[Rule, ...] = tuple(
    sorted(
        (value for value in vars(treatment).values() if isinstance(value, Rule)),
        key=lambda rule: rule.code,
    )
)
"""Every rule, in the order of their codes."""
