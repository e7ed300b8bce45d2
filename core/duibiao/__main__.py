"""The command `duibiao`. Only the standard library is imported here: `--version` answers at once."""

from __future__ import annotations

import sys

from duibiao import __version__


def main() -> int:
    """Run the command line and return the exit code."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"duibiao {__version__}\n")
        return 0
    from duibiao.cli.guard import guarded

    def work() -> int:
        from duibiao.cli.app import run

        return run(sys.argv[1:])

    return guarded(work)


if __name__ == "__main__":
    sys.exit(main())
