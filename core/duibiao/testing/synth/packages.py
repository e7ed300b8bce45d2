"""出材料: packages one after the other, each following from the settings and its number only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from duibiao.testing import enterprises
from duibiao.testing.defects import CATALOGUE, HAND_MADE, Defect
from duibiao.testing.dossiers import build_dossier
from duibiao.testing.hands import HANDS, written
from duibiao.testing.synth.enterprises import varied
from duibiao.testing.synth.faults import planted
from duibiao.testing.synth.hostile import hostile
from duibiao.testing.synth.identity import base, identity
from duibiao.testing.synth.places import PLACES
from duibiao.testing.synth.plates import Plate, plate
from duibiao.testing.synth.settings import Settings
from duibiao.testing.trials import PLAIN, PLAN_APART

_PLATES = 64
"""Most plates of an industry, with and without faults each."""

_USES = 8
"""Packages for which there is a plate more."""

_TOLD_PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Package:
    """一份合成材料.

    Attributes:
        place: Its place in the order of `names`, from 0 on.
        file: Name of the file.
        data: Its bytes.
        truth: What is known of it, for ``truth.jsonl``: file, sha256, hostile (kind or None); of packages industry, hand,
            enterprise, credit_code, city, county, and defects: name, kind, title, codes of the rules that have to find
            it, also: codes of severity 不符合 that may find what follows from it.
    """

    place: int
    file: str
    data: bytes = field(repr=False)
    truth: Mapping[str, Any]


def names(settings: Settings) -> Iterator[str]:
    """Yield the names of all files, in the order of `produced`."""
    for number in range(settings.count):
        yield _name(settings, number)
    for number in range(settings.hostile):
        yield _hostile_name(number)


def produced(
    settings: Settings, is_wanted: Callable[[int, str], bool] = lambda _place, _name: True
) -> Iterator[Package]:
    """Yield the packages, then the hostile files.

    Args:
        settings: What is wanted.
        is_wanted: Place in the order of `names` and name of a file → whether it is made at all.
    """
    press = _Press(settings)
    for place, name in enumerate(names(settings)):
        if is_wanted(place, name):
            spoilt = place - settings.count
            yield press.package(place) if spoilt < 0 else press.hostile(spoilt)


class _Press:
    """Keeps the plates that were made."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._plate = lru_cache(maxsize=None)(self._made)  # as many as `_PLATES` allows
        self._hands = sorted({PLAIN, *HANDS} - {PLAN_APART, *HAND_MADE.values()})
        self._faults = sorted(CATALOGUE)
        self._random("order").shuffle(self._faults)

    def package(self, number: int) -> Package:
        settings = self.settings
        turn, place = divmod(number, len(settings.kinds))
        industry, random = settings.kinds[place], self._random("package", number)
        clean = _reached(settings.clean, turn + 1) > _reached(settings.clean, turn)
        used = self._plate(industry, clean, random.randrange(min(_PLATES, 2 + turn // _USES)))
        own = identity(number + settings.seed * 7_919, used.place.division, random)
        return _package(
            number,
            _name(settings, number),
            used.printed(own),
            hostile=None,
            industry=industry,
            hand=used.hand or _TOLD_PLAIN,
            enterprise=used.name.replace(base(used.place.division).core, own.core),
            credit_code=own.credit_code,
            city=used.place.city,
            county=used.place.county,
            defects=[
                {
                    "name": defect.name,
                    "kind": defect.kind,
                    "title": defect.title,
                    "codes": list(defect.codes),
                    "also": list(defect.also),
                }
                for defect in used.defects
            ],
        )

    def hostile(self, number: int) -> Package:
        whole = self.package(0).data
        kind, data = hostile(number, whole, self._random("hostile", number))
        return _package(self.settings.count + number, _hostile_name(number), data, hostile=kind)

    def _made(self, industry: str, clean: bool, number: int) -> Plate:
        random = self._random("plate", industry, clean, number)
        place, hand = random.choice(PLACES), random.choice(self._hands)
        enterprise = varied(enterprises.load(industry), place, random)
        dossier = build_dossier(enterprise)
        defects: tuple[Defect, ...] = ()
        if not clean:
            first = (enterprises.names().index(industry) * _PLATES + number) * self.settings.defects
            first %= len(self._faults)
            order = self._faults[first:] + self._faults[:first]
            dossier, defects = planted(dossier, hand, self.settings.defects, order)
        data = written(dossier, *([hand] if hand else []))
        return plate(data, base(place.division), place, enterprise.name, hand, defects)

    def _random(self, *what: object) -> Random:
        return Random("/".join(map(str, (self.settings.seed, *what))))  # noqa: S311  no secret


def _package(place: int, file: str, data: bytes, **known: Any) -> Package:
    digest = hashlib.sha256(data).hexdigest()
    return Package(place, file, data, {"file": file, "sha256": digest, **known})


def _reached(share: float, turns: int) -> int:
    return int(share * turns + 1e-9)


def _name(settings: Settings, number: int) -> str:
    return f"{number + 1:07}-{settings.kinds[number % len(settings.kinds)]}.docx"


def _hostile_name(number: int) -> str:
    return f"hostile-{number + 1:07}.docx"
