"""What judging a package costs, against reading it. ``make bench``, or ``python bench/judging.py``.

For dossiers of three sizes that it builds itself (the medium one has about a hundred pages): median CPU time (user and
system) and peak memory of

* reading: from the file to the dossier, without looking at the photos, and with it,
* judging: every rule that applies, the ladder, the conclusion.

Before anything is measured, the dossier is compared with what was written, and no rule may crash or be left out.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from checking import faults
from container import Written, write
from packages import SIZES, Package, package
from reporting import Report, options, told
from turns import Runner, take_turns

from duibiao.reports.model import CheckReport
from duibiao.rules.engine import Status
from duibiao.service import Service
from duibiao.service.package import read_package

NAMES = ("reading", "photos", "judging")
MOST_OF_READING = 0.5
_SCRIPT = Path(__file__).with_name("judges.py")
_SHOWN = {
    "reading": "reading, photos not looked at",
    "photos": "reading, photos looked at",
    "judging": "**judging: all rules and the ladder**",
}
_MEGA = 1e6


def main() -> int:
    """Build, check, measure, print; return 1 where something was not read or not judged."""
    given = options(__doc__, SIZES, 18)
    report = Report(given.out)
    report.begin(
        "Judging",
        "CPU time (user + system) of the whole process, medians; they take turns, the first run of each is dropped."
        " Nothing is remembered of a text from one run to the next. Memory: peak beyond what the imports need.",
    )
    service, whole = Service(), True
    with tempfile.TemporaryDirectory() as folder:
        for size in given.sizes:
            made = package(SIZES[size])
            written = write(made, (given.keep or Path(folder)) / f"{size}.docx")
            judged, wrong = _judged(made, written, service)
            whole = whole and not wrong
            report.say("", f"## {size}", "", _told(written, judged), "", _checked(wrong), "")
            runners = [Runner.start(name, Path(sys.executable), _SCRIPT) for name in NAMES]
            take_turns(runners, written.path, given.rounds, given.seconds, {})
            for runner in runners:
                runner.stop()
            report.say(*_table(runners), "", *_aims(runners), "")
            report.after()
    report.close()
    return 0 if whole else 1


def _judged(made: Package, written: Written, service: Service) -> tuple[CheckReport, list[str]]:
    """Read and judge a package; return the report, and what is wrong with how it came about."""
    path = written.path
    read = read_package(
        path, made.dossier.source.name, service.common, paginate=False, photos=False
    )
    judged = service.judge(read.dossier)
    wrong = faults(made, written, read.dossier)
    wrong += [
        f"{outcome.rule.code} crashed: {outcome.reason}"
        for outcome in judged.with_status(Status.CRASHED)
    ]
    if not judged.judge.plugin:
        wrong.append("no plugin judged it")
    return judged, wrong


def _told(written: Written, judged: CheckReport) -> str:
    became = Counter(outcome.status.value for outcome in judged.outcomes)
    return (
        f"{written.pages} pages, {written.pictures} pictures, file {written.path.stat().st_size / _MEGA:.1f} MB;"
        f" {len(judged.outcomes)} rules ({', '.join(f'{count} {name}' for name, count in became.items())})"
    )


def _checked(wrong: Sequence[str]) -> str:
    if wrong:
        lines = [f"**NOT CHECKED COMPLETELY, so the figures are worth nothing ({len(wrong)}):**"]
        return "\n* ".join([*lines, *wrong[:10]])
    return "Checked: every text, photo and value of the file is in the dossier; no rule crashed."


def _table(runners: Sequence[Runner]) -> list[str]:
    reading = runners[0].median
    lines = ["| | CPU ms | min–max | n | / reading | peak MB |", "|---|---:|---:|---:|---:|---:|"]
    for runner in runners:
        median, memory = runner.median, runner.memory
        if median is None or memory is None or not reading:
            lines.append(f"| {_SHOWN[runner.name]} | {runner.problem or 'no run'} | | | | |")
            continue
        low, high = 1000 * min(runner.cpu), 1000 * max(runner.cpu)
        lines.append(
            f"| {_SHOWN[runner.name]} | {median:.1f} | {low:.1f}–{high:.1f} | {len(runner.cpu)}"
            f" | {median / reading:.2f} | {memory / _MEGA:.1f} |"
        )
    return lines


def _aims(runners: Sequence[Runner]) -> list[str]:
    reading, _, judging = (runner.median for runner in runners)
    if not (reading and judging):
        return ["Aims: not measured."]
    share = judging / reading
    return told([("judging ≤ 0.5 × reading", f"{share:.2f}", share <= MOST_OF_READING)])


if __name__ == "__main__":
    sys.exit(main())
