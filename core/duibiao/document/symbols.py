"""Characters of symbol fonts (w:sym), as Unicode."""

from __future__ import annotations

UNKNOWN = "\N{REPLACEMENT CHARACTER}"

_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x75: "◆",
    0x78: "☒", 0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④", 0x85: "⑤", 0x86: "⑥", 0x87: "⑦",
    0x88: "⑧", 0x89: "⑨", 0x8A: "⑩", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "☐", 0xD8: "➢",
    0xE0: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS2 = {
    0x2A: "☐", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA2: "■", 0xA3: "☐",
}  # fmt: skip
_SYMBOL = {
    0x61: "α", 0x62: "β", 0x64: "δ", 0x68: "η", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x72: "ρ", 0x73: "σ",
    0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→",
    0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡",
    0xBB: "≈", 0xBC: "…", 0xD7: "⋅", 0xE5: "∑",
}  # fmt: skip
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS2, "symbol": _SYMBOL}
_PRIVATE = range(0xE000, 0xF900)


def symbol(font: str, code: str) -> str:
    """Return the character that w:sym draws.

    Args:
        font: Name of its font.
        code: Its code in hexadecimal, in the font's own page (00FE) or moved to the private area (F0FE).

    Returns:
        The character; one that stands for "unreadable" where the font is not known, since a guess could turn a
        limit or a tick into its opposite.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    table = _FONTS.get(font.lower())
    if table is not None:
        low = number & 0xFF
        return table.get(low) or (chr(low) if table is _SYMBOL and 0x20 <= low < 0x40 else UNKNOWN)
    readable = (
        0x20 <= number < 0x110000 and number not in _PRIVATE and not 0xD800 <= number < 0xE000
    )
    return chr(number) if readable else UNKNOWN
