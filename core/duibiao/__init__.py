"""duibiao (对标): writes and checks the application packages of performance grading for heavy-pollution weather."""

__all__ = ["__version__", "hookimpl"]

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    import pluggy

    hookimpl: pluggy.HookimplMarker
    """Marks the functions of a plugin that implement a hook."""


def __getattr__(name: str) -> object:
    """Make `hookimpl` when a plugin asks for it: the command line answers without pluggy."""
    if name != "hookimpl":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import pluggy

    marker = globals()[name] = pluggy.HookimplMarker(__name__)
    return marker
