"""变化: an enterprise like a sample, in another place and on another day, with other figures; it stays without a fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from duibiao.testing.spec import NEW_ENERGY, Enterprise, Line, Outlet, Truck
from duibiao.testing.synth.identity import PHONE_TAIL, base
from duibiao.testing.synth.places import Place

_BEFORE, _AFTER = 30, 45
"""Days by which the application is moved at most."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def varied(sample: Enterprise, place: Place, random: Random) -> Enterprise:
    """Return an enterprise like a sample, with the identity of plates.

    Args:
        sample: A clean enterprise; its address holds what is its own of its name.
        place: Where it stands.
        random: Gives day and figures.
    """
    own = base(place.division)
    core = _core(sample)
    day = sample.day + timedelta(days=random.randint(-_BEFORE, _AFTER))
    return replace(
        sample,
        order=random.randrange(10, 900),
        name=sample.name.replace(core, own.core),
        short=sample.short.replace(core, own.core),
        city=place.city,
        county=place.county,
        site=sample.site.replace(core, own.core),
        park=sample.park.replace(sample.county, place.county),
        plate_letters=place.plates,
        credit_body=own.credit_body,
        coordinates=place.coordinates(random),
        legal_person=own.legal_person,
        responsible=own.responsible,
        phone=own.phone + PHONE_TAIL,
        day=day,
        output_value=_scaled(sample.output_value, random.uniform(0.7, 1.3)),
        lines=tuple(_line(line, random) for line in sample.lines),
        outlets=tuple(_outlet(outlet, random) for outlet in sample.outlets),
        trucks=_trucks(sample.trucks, random),
    )


def _core(sample: Enterprise) -> str:
    """What the name has of its own: the longest beginning of the short name that names the street, too."""
    short = sample.short
    return next(short[:end] for end in range(len(short), 0, -1) if short[:end] in sample.site)


def _line(line: Line, random: Random) -> Line:
    return replace(line, output=_scaled(line.output, random.uniform(0.97, 1)))


def _outlet(outlet: Outlet, random: Random) -> Outlet:
    """Cleaner than the sample's, and a little smaller or greater."""
    share = random.uniform(0.8, 1)
    return replace(
        outlet,
        flow=_scaled(outlet.flow, random.uniform(0.9, 1.1)),
        emissions=tuple(
            replace(emission, concentration=_scaled(emission.concentration, share))
            for emission in outlet.emissions
        ),
    )


def _trucks(trucks: tuple[Truck, ...], random: Random) -> tuple[Truck, ...]:
    """Other plates, no two alike, as new as before."""
    numbers = random.sample(range(1_000), len(trucks))
    return tuple(
        replace(
            truck,
            plate=f"{number:03}{random.randrange(100):02}D"
            if truck.stage == NEW_ENERGY
            else f"{random.randrange(10)}{random.choice('ABCHKL')}{number:03}",
            registered=truck.registered - timedelta(days=random.randrange(20)),
        )
        for truck, number in zip(trucks, numbers, strict=True)
    )


def _scaled(text: str, factor: float) -> str:
    """Return a text with its numbers multiplied, as exact as before."""
    return _NUMBER.sub(_times(Decimal(str(round(factor, 4)))), text)


def _times(factor: Decimal) -> Callable[[re.Match[str]], str]:
    def times(found: re.Match[str]) -> str:
        number = Decimal(found[0])
        return str((number * factor).quantize(number))

    return times
