"""水泥: the rules that only this industry has, one module per topic."""

from duibiao.rules import Rule
from duibiao_cement.rules import storage, treatment

ALL: tuple[Rule, ...] = tuple(
    sorted(
        (
            value
            for topic in (storage, treatment)
            for value in vars(topic).values()
            if isinstance(value, Rule)
        ),
        key=lambda rule: rule.code,
    )
)
"""Every rule, in the order of their codes."""
