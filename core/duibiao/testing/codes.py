"""Check characters of codes, so that invented enterprises and vehicles carry valid ones."""

from __future__ import annotations

from datetime import date

_VIN_VALUES = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", "012345678912345678123457923456789", strict=True)
)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_MODEL_YEARS = "ABCDEFGHJKLMNPRSTVWXY123456789"


def credit_code(body: str) -> str:
    """Return a credit code (GB 32100) from its first 17 characters."""
    from stdnum.cn import uscc

    return body + uscc.calc_check_digit(body)


def vin_check(vin: str) -> str:
    """Return the check character that the ninth place of a VIN (GB 16735) must hold.

    Args:
        vin: All 17 characters; whatever stands in the ninth place does not count.
    """
    total = sum(
        int(_VIN_VALUES[sign]) * weight for sign, weight in zip(vin, _VIN_WEIGHTS, strict=True)
    )
    return "X" if total % 11 == 10 else str(total % 11)


def vin(number: int, registered: date) -> str:
    """Return a valid VIN of a maker that does not exist (LXU).

    Args:
        number: Serial number; the last six characters.
        registered: Day of registration; gives the model year.
    """
    year = _MODEL_YEARS[(registered.year - 2010) % len(_MODEL_YEARS)]
    draft = f"LXU{'ABCDEFGH'[number % 8]}{number * 7 % 10}{'KLMN'[number % 4]}{'PRST'[number // 4 % 4]}B0{year}U{number:06d}"
    return draft[:8] + vin_check(draft) + draft[9:]
