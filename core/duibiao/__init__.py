"""duibiao (对标): writes and checks the application packages of performance grading for heavy-pollution weather."""

import pluggy

__all__ = ["__version__", "hookimpl"]

__version__ = "0.1.0"

hookimpl = pluggy.HookimplMarker("duibiao")
"""Marks the functions of a plugin that implement a hook."""
