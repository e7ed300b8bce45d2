"""Every fault in every hand and every industry: found, missed, false alarms. ``make matrix``, or ``python bench/matrix.py``.

Each fault of `duibiao.testing.defects` is planted in each sample dossier, written by each hand of
`duibiao.testing.hands`, read back from the Word bytes in memory and checked. One Markdown table by fault, one by hand,
one by industry; then the dossiers without a fault; with ``--samples DIR`` the samples of that folder, whose faults
``truth.json`` tells. One process; what was missed is printed at once. Ends with 1 if anything was missed or falsely
alarmed.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from samples import judged_samples

from duibiao.testing import enterprises
from duibiao.testing.defects import CATALOGUE, HAND_MADE, UNREACHED, CannotPlant, Defect, carries
from duibiao.testing.hands import HANDS
from duibiao.testing.trials import PLAIN, Trial, false_alarms, trial

_EVERY_HAND = (PLAIN, *HANDS)


@dataclass
class Tally:
    """What came of the trials of one fault, one hand or one industry."""

    planted: int = 0
    missed: int = 0
    false: int = 0
    misses: Counter[str] = field(default_factory=Counter)

    def take(self, result: Trial, where: str) -> None:
        """Count a trial."""
        self.planted += 1
        self.missed += bool(result.missed)
        self.false += len(result.false)
        if result.missed or result.false:
            self.misses[where] += 1

    @property
    def row(self) -> str:
        """The cells of a table."""
        return f"{self.planted - self.missed} / {self.planted} | {self.false}"


def main() -> int:
    """Run all trials; return 1 where something was missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=Path("build/matrix.md"))
    parser.add_argument("--samples", type=Path, help="folder of Word files with a truth.json")
    parser.add_argument("--defect", default="", help="only faults whose name holds this")
    parser.add_argument("--industry", choices=enterprises.names(), help="only this industry")
    given = parser.parse_args()
    industries = (given.industry,) if given.industry else enterprises.names()
    chosen = [defect for name, defect in CATALOGUE.items() if given.defect in name]
    started = time.process_time()
    lines, good = _matrix(chosen, industries)
    clean, quiet = _clean(industries)
    lines += clean
    if given.samples:
        told, whole = judged_samples(given.samples)
        lines += told
        good = good and whole
    lines.append(f"\nCPU time: {(time.process_time() - started) / 60:.1f} min.")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    _say(f"{given.out} written")
    return 0 if good and quiet else 1


def _matrix(defects: Sequence[Defect], industries: Sequence[str]) -> tuple[list[str], bool]:
    """Run all trials of the faults; return the tables, and whether all were found without a false alarm."""
    by_defect, by_hand, by_industry = (
        {name: Tally() for name in names}
        for names in ([d.name for d in defects], _EVERY_HAND, industries)
    )
    cannot: dict[str, list[str]] = {}
    for defect, industry, hand, result in _trials(defects, industries, cannot):
        for tally in (by_defect[defect.name], by_hand[hand], by_industry[industry]):
            tally.take(result, f"{industry}, {hand or 'plain'}")
        if result.missed or result.false:
            _say(
                f"{defect.name} | {industry} | {hand or 'plain'} | missed {result.missed}"
                f" | false {result.false}"
            )
    planted = sum(tally.planted for tally in by_hand.values())
    missed = sum(tally.missed for tally in by_hand.values())
    false = sum(tally.false for tally in by_hand.values())
    lines = [
        "# Planted faults",
        f"\n{len(defects)} faults × {len(_EVERY_HAND)} hands × {len(industries)} industries:"
        f" planted {planted}, found {planted - missed}, missed {missed}, false errors {false}.",
        "\n| Fault | Class | Rules | Found | False errors | Where not |\n|---|---|---|---|---|---|",
    ]
    for defect in defects:
        tally = by_defect[defect.name]
        where = "; ".join(tally.misses)
        lines.append(
            f"| {defect.name} | {defect.kind} | {', '.join(defect.codes)} | {tally.row} | {where} |"
        )
    for title, tallies in (("Hand", by_hand), ("Industry", by_industry)):
        lines.append(f"\n| {title} | Found | False errors |\n|---|---|---|")
        lines += [f"| {name or 'plain'} | {tally.row} |" for name, tally in tallies.items()]
    lines.append("\n## What cannot be planted\n")
    lines += [f"- {name}: {'; '.join(reasons)}" for name, reasons in cannot.items()]
    lines.append("\n## Rules that no fault provokes\n")
    lines += [f"- {code}: hand “{hand}”" for code, hand in HAND_MADE.items()]
    lines += [f"- {code}: {why}" for code, why in UNREACHED.items()]
    return lines, not (missed or false)


def _trials(
    defects: Sequence[Defect], industries: Sequence[str], cannot: dict[str, list[str]]
) -> Iterator[tuple[Defect, str, str, Trial]]:
    """Yield the trials; note in `cannot` why others are none."""
    for defect in defects:
        for industry in industries:
            try:
                for hand in _EVERY_HAND:
                    if reason := carries(defect.name, hand):
                        cannot[f"{defect.name}, hand {hand}"] = [reason]
                    else:
                        yield defect, industry, hand, trial(defect, hand, industry)
            except CannotPlant as answer:
                cannot.setdefault(defect.name, []).append(f"{industry}: {answer}")


def _clean(industries: Sequence[str]) -> tuple[list[str], bool]:
    """Check the dossiers without a fault; return the table, and whether nothing was alarmed."""
    lines = [
        "\n## Without a fault\n\n| Hand | False errors by industry |\n|---|---|",
    ]
    quiet = True
    for hand in _EVERY_HAND:
        alarms = {industry: false_alarms(industry, hand, photos=True) for industry in industries}
        quiet = quiet and not any(alarms.values())
        told = "; ".join(f"{name}: {', '.join(codes)}" for name, codes in alarms.items() if codes)
        lines.append(f"| {hand or 'plain'} | {told or 'none'} |")
    return lines, quiet


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
