"""Seeded mutants of Word files: of the zip, of the XML in it, and of both."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARTS = (
    *("word/document.xml",) * 12,
    *("word/styles.xml",) * 2,
    *("word/numbering.xml",) * 3,
    "word/_rels/document.xml.rels",
    "[Content_Types].xml",
    "_rels/.rels",
)
VALUES = (
    "", "0", "-1", "1", "9", "255", "65536", "2147483647", "-2147483648", "99999999999999999999", "1.5",
    "true", "none", "continue", "restart", "NaN", "%1.%2.%9", "chineseCounting", "��", "a" * 5000, "../../x",
)  # fmt: skip
TEXTS = (
    "", " ", "2.13.1", "五、绩效分级材料", "附件", "（二）", "９９９９９９９", "1" * 400, "9" * 5000, "-", "/", "ND",
    "XXXX年XX月XX日", "9999年99月99日", "0年0月0日", "1e309", "5.2~", "~8.6", "<<1.0", "≤≤10mg/m³", "١٢٣", "²³", "一万亿亿",
    "\u202e\u200b", "𠀀" * 50, "(" * 2000, "、" * 2000, "\t" * 500, "2." * 300 + "1", "%%%", "A级B级C级",
)  # fmt: skip

LARGEST = 40_000
"""Elements beyond which a part is not made larger still."""

Random = random.Random
Mutant = tuple[str, bytes]


def mutant(seeds: list[bytes], number: int) -> Mutant:
    """Return what was done, and the file; the number alone decides."""
    chance = Random(number)
    seed = chance.choice(seeds)
    level = chance.choices((of_bytes, of_entries, of_xml), (2, 2, 6))[0]
    done, data = level(seed, seeds, chance)
    if chance.random() < 0.05:
        more, data = of_bytes(data, seeds, chance)
        done = f"{done} + {more}"
    return f"#{number} {done}", data


# ------------------------------------------------------------------------------------- the bytes


def of_bytes(data: bytes, seeds: list[bytes], chance: Random) -> Mutant:
    """Change the file as bytes."""
    at = chance.randrange(len(data))
    size = chance.choice((1, 2, 4, 30, 500, 5000))
    kind = chance.choice(("flip", "cut", "drop", "insert", "repeat", "splice", "zero", "directory"))
    if kind == "flip":
        changed = bytearray(data)
        for _ in range(chance.choice((1, 3, 20, 200))):
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return kind, bytes(changed)
    if kind == "directory":
        changed = bytearray(data)
        start = max(0, data.rfind(b"PK\1\2") - 400)
        for _ in range(chance.choice((1, 3, 10))):
            changed[chance.randrange(start, len(data))] = chance.randrange(256)
        return kind, bytes(changed)
    made = {
        "cut": data[:at],
        "drop": data[:at] + data[at + size :],
        "insert": data[:at] + chance.randbytes(size) + data[at:],
        "repeat": data[:at] + data[at : at + size] * 3 + data[at + size :],
        "splice": data[:at] + chance.choice(seeds)[at:],
        "zero": data[:at] + bytes(size) + data[at + size :],
    }
    return f"{kind} {at} {size}", made[kind]


# ----------------------------------------------------------------------------------- the entries


def of_entries(data: bytes, seeds: list[bytes], chance: Random) -> Mutant:
    """Change which entries the archive has."""
    entries = unpacked(data)
    names = list(entries)
    one, two = chance.choice(names), chance.choice(names)
    kind = chance.choice(("swap", "drop", "empty", "rename", "foreign", "noise", "shuffle", "many"))
    if kind == "swap":
        entries[one], entries[two] = entries[two], entries[one]
    elif kind == "drop":
        del entries[one]
    elif kind == "empty":
        entries[one] = b""
    elif kind == "rename":
        entries[one.upper() if chance.random() < 0.5 else "../" + one] = entries.pop(one)
    elif kind == "foreign":
        other = unpacked(chance.choice(seeds))
        entries[one] = other.get(one, b"<x/>")
    elif kind == "noise":
        entries[one] = chance.randbytes(2000)
    elif kind == "shuffle":
        chance.shuffle(names)
        entries = {name: entries[name] for name in names}
    else:
        entries |= {f"word/extra{number}.xml": entries[one][:100] for number in range(2000)}
    return f"entries {kind} {one}", packed(entries)


# --------------------------------------------------------------------------------------- the XML


def of_xml(data: bytes, seeds: list[bytes], chance: Random) -> Mutant:
    """Change the tree of one part."""
    entries = unpacked(data)
    part = chance.choice([name for name in PARTS if name in entries])
    root = etree.fromstring(entries[part])
    done = []
    for _ in range(chance.choice((1, 1, 2, 5, 25))):
        change = chance.choice(CHANGES)
        elements = list(root.iter(etree.Element))
        if len(elements) > LARGEST:
            break
        element = chance.choice(elements[1:] or elements)
        change(element, elements, chance)
        done.append(change.__name__)
    entries[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return f"xml {part} {','.join(done)}", packed(entries)


Element = etree._Element
Change = Callable[[Element, list[Element], Random], None]


def _delete(element: Element, elements: list[Element], chance: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _delete_kind(element: Element, elements: list[Element], chance: Random) -> None:
    if element is not elements[0]:
        etree.strip_elements(elements[0], element.tag, with_tail=False)


def _duplicate(element: Element, elements: list[Element], chance: Random) -> None:
    parent = element.getparent()
    size = sum(1 for _ in element.iter())
    for _ in range(min(chance.choice((1, 2, 50)), LARGEST // size) if parent is not None else 0):
        parent.insert(parent.index(element), _copy(element))


def _move(element: Element, elements: list[Element], chance: Random) -> None:
    target = chance.choice(elements)
    if target is not element and element not in target.iterancestors():
        target.append(_copy(element))


def _rename(element: Element, elements: list[Element], chance: Random) -> None:
    element.tag = chance.choice(
        (chance.choice(elements).tag, "{urn:x}p", "p", W + "tbl", W + "sdt")
    )


def _attribute(element: Element, elements: list[Element], chance: Random) -> None:
    key = chance.choice([*element.keys(), W + "val"])
    element.set(key, chance.choice(VALUES).replace("\ufffd", "?"))


def _attributes(element: Element, elements: list[Element], chance: Random) -> None:
    value = chance.choice(VALUES)
    for other in elements:
        for key in list(other.attrib):
            if chance.random() < 0.02:
                other.set(key, value)


def _no_attributes(element: Element, elements: list[Element], chance: Random) -> None:
    for other in elements:
        if other.tag == element.tag:
            other.attrib.clear()


def _text(element: Element, elements: list[Element], chance: Random) -> None:
    texts = [other for other in elements if other.tag == W + "t"] or [element]
    for _ in range(chance.choice((1, 5, 100))):
        chance.choice(texts).text = chance.choice(TEXTS)


def _long_text(element: Element, elements: list[Element], chance: Random) -> None:
    element.text = chance.choice(("申报材料", "1", "2.13.1 ", "年", "、(")) * 100_000


def _swap_texts(element: Element, elements: list[Element], chance: Random) -> None:
    texts = [other for other in elements if other.tag == W + "t"]
    words = [other.text for other in texts]
    chance.shuffle(words)
    for other, word in zip(texts, words, strict=True):
        if chance.random() < 0.3:
            other.text = word


def _nest(element: Element, elements: list[Element], chance: Random) -> None:
    tag = chance.choice((element.tag, W + "sdt", W + "tbl", W + "ins", W + "p", W + "r"))
    inner = element
    for _ in range(chance.choice((20, 200, 2000))):
        inner = etree.SubElement(inner, tag)
        if tag == W + "sdt":
            inner = etree.SubElement(inner, W + "sdtContent")
        elif tag == W + "tbl":
            inner = etree.SubElement(etree.SubElement(inner, W + "tr"), W + "tc")


def _widen(element: Element, elements: list[Element], chance: Random) -> None:
    for other in elements:
        if other.tag == W + "tcPr" and chance.random() < 0.2:
            etree.SubElement(other, W + "gridSpan").set(W + "val", chance.choice(VALUES[:10]))
            if chance.random() < 0.5:
                etree.SubElement(other, W + "vMerge")


def _unmerge(element: Element, elements: list[Element], chance: Random) -> None:
    for other in elements:
        if other.tag in (W + "gridSpan", W + "vMerge") and chance.random() < 0.5:
            _delete(other, elements, chance)


CHANGES: tuple[Change, ...] = (
    _delete, _delete, _delete_kind, _duplicate, _duplicate, _move, _rename, _attribute, _attribute, _attributes,
    _no_attributes, _text, _text, _text, _long_text, _swap_texts, _nest, _widen, _unmerge,
)  # fmt: skip


def _copy(element: Element) -> Element:
    made = copy.deepcopy(element)
    made.tail = None
    return made


# --------------------------------------------------------------------------------------- the zip


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the entries of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(entries: dict[str, bytes]) -> bytes:
    """Return entries as a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 1)
    return file.getvalue()
