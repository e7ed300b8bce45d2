"""The number formats of Word (ST_NumberFormat): from a count to what is printed."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MAX_ROMAN = 32_767
_MAX_LETTER = 780
_MAX_COUNTING = 100_000_000


def numeral(count: int, style: str) -> str:
    """Return the count as the format prints it; formats not known here print plain digits, as do counts too large.

    Bullets and the format ``none`` print nothing.
    """
    render = _FORMATS.get(style)
    return render(count) if render and count >= 0 else str(count)


def _roman(count: int) -> str:
    if not 0 < count <= _MAX_ROMAN:
        return str(count)
    text = ""
    for value, letters in _ROMAN:
        text += letters * (count // value)
        count %= value
    return text


def _letter(count: int) -> str:
    if not 0 < count <= _MAX_LETTER:
        return str(count)
    copies, letter = divmod(count - 1, 26)
    return chr(ord("a") + letter) * (copies + 1)


def _ordinal(count: int) -> str:
    teens = 10 < count % 100 < 14
    return str(count) + ("th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th"))


def _series(signs: str) -> Callable[[int], str]:
    """Return a format that counts through single signs, then goes on in plain digits."""
    return lambda count: signs[count - 1] if 0 < count <= len(signs) else str(count)


def _digital(digits: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", digits)
    return lambda count: str(count).translate(table)


def _counting(digits: str, units: str, ten_thousand: str, one: str) -> Callable[[int], str]:
    """Return a format that counts in thousands, hundreds, tens.

    Args:
        digits: Zero to nine; zero stands for skipped places, a space for none.
        units: Ten, hundred, thousand.
        ten_thousand: The sign for 10,000.
        one: Where a leading one is left out: "" nowhere, "十" in 10 to 19, "百" in all tens, hundreds, thousands.
    """
    zero = digits[0].strip()

    def group(count: int, first: bool) -> str:
        text = ""
        skipped = False
        for power in (3, 2, 1, 0):
            digit = count // 10**power % 10
            if not digit:
                skipped = skipped or bool(text) or not first
                continue
            silent = (
                power
                and digit == 1
                and (one == "百" or (one == "十" and power == 1 and not text and first))
            )
            text += (
                (zero if skipped else "")
                + ("" if silent else digits[digit])
                + (units[power - 1] if power else "")
            )
            skipped = False
        return text

    def render(count: int) -> str:
        if not 0 < count < _MAX_COUNTING:
            return (zero or digits[0]) if count == 0 else str(count)
        high, low = divmod(count, 10_000)
        if not high:
            return group(low, first=True)
        return group(high, first=True) + ten_thousand + group(low, first=False)

    return render


def _below_hundred(counting: Callable[[int], str], digits: str) -> Callable[[int], str]:
    """Return a format that counts up to 99 and writes digit by digit from 100 on."""
    digital = _digital(digits)
    return lambda count: counting(count) if count < 100 else digital(count)


def _nothing(_count: int) -> str:
    return ""


_CIRCLED = _DIGITS.replace("〇", "○")
_THOUSAND = _counting(_DIGITS.replace("〇", "零"), "十百千", "万", "十")
_THOUSAND_TRADITIONAL = _counting(_DIGITS.replace("〇", "零"), "十百千", "萬", "十")
_COUNTING = _below_hundred(_THOUSAND, _CIRCLED)
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_FORMATS: dict[str, Callable[[int], str]] = {
    "none": _nothing,
    "bullet": _nothing,
    "decimalZero": lambda count: f"{count:02d}",
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _series(_CIRCLES),
    "decimalEnclosedCircleChinese": _series(_CIRCLES),
    "decimalEnclosedFullstop": _series("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _series("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographEnclosedCircle": _series("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
    "numberInDash": lambda count: f"- {count} -",
    "ordinal": _ordinal,
    "hex": lambda count: f"{count:X}",
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "chineseCounting": _COUNTING,
    "taiwaneseCounting": _COUNTING,
    "chineseCountingThousand": _THOUSAND,
    "taiwaneseCountingThousand": _THOUSAND_TRADITIONAL,
    "chineseLegalSimplified": _counting("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "万", ""),
    "ideographLegalTraditional": _counting("零壹貳參肆伍陸柒捌玖", "拾佰仟", "萬", ""),
    "japaneseCounting": _counting(" 一二三四五六七八九", "十百千", "万", "百"),
    "japaneseLegal": _counting(" 壱弐参四伍六七八九", "拾百阡", "萬", ""),
    "ideographDigital": _digital(_DIGITS),
    "japaneseDigitalTenThousand": _digital(_DIGITS),
    "taiwaneseDigital": _digital(_CIRCLED),
    "ideographTraditional": _series(_STEMS),
    "ideographZodiac": _series(_BRANCHES),
    "ideographZodiacTraditional": lambda count: (
        _STEMS[(count - 1) % 10] + _BRANCHES[(count - 1) % 12] if count else "0"
    ),
}
