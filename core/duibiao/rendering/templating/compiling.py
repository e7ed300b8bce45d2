"""From a template file to what renders it: the work that is done once."""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

from jinja2.exceptions import TemplateSyntaxError
from lxml import etree

from duibiao.rendering.templating.faults import Fault, Place
from duibiao.rendering.templating.patching import source_of
from duibiao.rendering.templating.pieces import CONTENT_TYPES, CORE, Compiled, Part, relations_of
from duibiao.rendering.templating.sandbox import environment
from duibiao.rendering.templating.schema import Path
from duibiao.rendering.templating.source import Source
from duibiao.rendering.templating.structure import Structure
from duibiao.rendering.templating.translating import of_syntax

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PICTURES = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}
_ATTACHED = re.compile(rb"<w:attachedTemplate(?: [^>]*)?/>")


def compiled(data: bytes, name: str) -> Compiled:
    """Compile a template.

    Args:
        data: Its bytes.
        name: Its name, for messages.

    Raises:
        Fault: It is no usable Word file, or its tags are wrong.
    """
    source = Source(data, name)
    relation, media = _free(source)
    parts: list[Part] = []
    uses: dict[tuple[Path, Place, bool], None] = {}
    number = 0
    for part, title in source.rendered():
        root = source.xml(part)
        number = max([number, *map(_id, root.iter("{*}bookmarkStart"))])
        made, asked = _part(source, _spelt(source, part), root, title)
        parts.append(made)
        uses.update(dict.fromkeys(asked))
    replaced = _replaced(source)
    gone = {CONTENT_TYPES.lower(), *(key.lower() for key in replaced)}
    gone |= {name.lower() for part in parts for name in (part.name, relations_of(part.name))}
    return Compiled(
        types=_types(source),
        replaced=tuple((key, value) for key, value in replaced.items() if value is not None),
        kept=tuple(entry for entry in source.entries.values() if entry.name.lower() not in gone),
        parts=tuple(parts),
        uses=tuple(uses),
        relation=relation,
        media=media,
        number=number,
    )


def _part(
    source: Source, part: str, root: etree._Element, title: str
) -> tuple[Part, list[tuple[Path, Place, bool]]]:
    text, lines = source_of(root, title)
    jinja = environment()
    structure = Structure(lines, jinja.filters, jinja.tests)
    try:
        tree = jinja.parse(text)
        structure.prove(tree)
        code = jinja.compile(tree, name=title, filename=f"<{title}>")
    except TemplateSyntaxError as error:
        fault = of_syntax(error)
        raise Fault(fault.what, fault.remedy, lines[min(error.lineno, len(lines)) - 1]) from error
    except (RecursionError, SyntaxError) as error:  # Python takes 20 loops in each other at most
        deepest = max(lines, key=lambda place: place.text.count("{%"))
        raise Fault("标签套得太深", "请减少层数，或拆成几段", deepest) from error
    relations = relations_of(part)
    known = source.xml(relations) if source.has(relations) else ()
    head = "".join(map(_relation, known))
    asked = [
        (path, lines[min(line, len(lines)) - 1], soft) for path, line, soft in structure.asking.uses
    ]
    return Part(part, code, tuple((place.where, place.text) for place in lines), head), asked


def _relation(item: etree._Element) -> str:
    names = ("Id", "Type", "Target", "TargetMode")
    given = (f" {name}={quoteattr(value)}" for name in names if (value := item.get(name)))
    return f"<Relationship{''.join(given)}/>"


def _id(element: etree._Element) -> int:
    value = next((value for name, value in element.items() if str(name).endswith("}id")), "")
    return int(value) if value.isdecimal() else 0


def _spelt(source: Source, part: str) -> str:
    """Return the name of a part as its entry spells it."""
    return next((name for name in source.entries if name.lower() == part.lower()), part)


def _free(source: Source) -> tuple[str, str]:
    """Return a prefix of relationship ids, and one of names of pictures, that nothing in the template has."""
    names = [name.lower() for name in source.entries]
    ids = [
        item.get("Id", "") for name in names if name.endswith(".rels") for item in source.xml(name)
    ]
    relation, media = "picture", "word/media/photo"
    while any(name.startswith(relation) for name in ids):
        relation += "_"
    while any(name.startswith(media) for name in names):
        media += "_"
    return relation, media


def _types(source: Source) -> bytes:
    root = source.xml(CONTENT_TYPES)
    extensions = {item.get("Extension", "").lower() for item in root.iter(f"{_TYPES}Default")}
    for number, (extension, kind) in enumerate(_PICTURES.items()):
        if extension not in extensions:
            item = etree.Element(f"{_TYPES}Default", {"Extension": extension, "ContentType": kind})
            root.insert(number, item)
    for item in list(root.iter(f"{_TYPES}Override")):
        if item.get("ContentType") == _CORE_TYPE:
            root.remove(item)
        elif item.get("PartName", "").lower() == f"/{source.package.main}".lower():
            item.set("ContentType", _MAIN_TYPE)
    etree.SubElement(root, f"{_TYPES}Override", {"PartName": f"/{CORE}", "ContentType": _CORE_TYPE})
    return _written(root)


def _replaced(source: Source) -> dict[str, bytes | None]:
    """Return what is written instead of parts of the template; None for what is left out."""
    found: dict[str, bytes | None] = {CORE: None}
    root = source.xml("_rels/.rels")
    for item in list(root):
        if item.get("Type") == _CORE_KIND:
            found[item.get("Target", "").lstrip("/")] = None
            root.remove(item)
    etree.SubElement(
        root,
        f"{{{_RELATIONS}}}Relationship",
        {"Id": _unused_id(root), "Type": _CORE_KIND, "Target": CORE},
    )
    found["_rels/.rels"] = _written(root)
    for settings in source.package.linked("settings"):
        if _ATTACHED.search(content := source.read(settings)):
            found[_spelt(source, settings)] = _ATTACHED.sub(b"", content)
            found[relations_of(settings)] = None
    return found


def _unused_id(root: etree._Element) -> str:
    used = {item.get("Id") for item in root}
    return next(name for number in range(len(used) + 1) if (name := f"core{number}") not in used)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
