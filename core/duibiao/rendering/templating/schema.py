"""What a context has: the names and attributes that templates may ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Shape = str | Mapping[str, "Shape"] | Sequence["Shape"]
"""What one value is: a text that says in Chinese what a simple value stands for, a mapping for something with
attributes, a list with one shape for a list of such."""

Schema = Mapping[str, Shape]
"""The variables of a context, such as ``{"enterprise": {"name": "企业名称"}, "outlets": [{"code": "排放口编号"}]}``."""
