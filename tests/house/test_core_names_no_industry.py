"""The engine's code names no industry: what an industry is called, only its plugin knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path


def names_and_texts(code: ast.Module) -> Iterator[tuple[int, str]]:
    """Every identifier and every text of the code with its line; docstrings excepted."""
    prose = {id(node.value) for node in ast.walk(code) if isinstance(node, ast.Expr)}
    for node in ast.walk(code):
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Constant(value=str(text)) if id(node) not in prose:
                yield line, text
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name):
                yield line, name
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield line, name
            case ast.alias(name=name) | ast.ImportFrom(module=str(name)):
                yield line, name
            case ast.keyword(arg=str(name)):
                yield line, name


def industry_words(industries: dict[str, Path]) -> re.Pattern[str]:
    """The keys of the industries as words of their own, whatever they are joined to by _ or -."""
    keys = "|".join(re.escape(home.name).replace("_", "[_-]?") for home in industries.values())
    return re.compile(rf"(?<![a-z])(?:{keys})(?![a-z])", re.IGNORECASE)


def test_no_identifier_or_text_of_core_is_the_key_of_an_industry(
    root: Path, industries: dict[str, Path]
) -> None:
    words = industry_words(industries)
    named = [
        f"{source.relative_to(root)}:{line}: {text[:80]}"
        for source in sorted((root / "core" / "duibiao").rglob("*.py"))
        for line, text in names_and_texts(ast.parse(source.read_text("utf-8")))
        if words.search(text)
    ]

    assert not named, "move this into the plugin, or ask the plugin for it:\n" + "\n".join(named)


def test_the_search_finds_what_it_is_meant_to_find(industries: dict[str, Path]) -> None:
    code = ast.parse('"""steel"""\nimport duibiao_steel\nx = {"cement": enforcement(steel=1)}\n')

    words = industry_words(industries)
    found = [text for _, text in names_and_texts(code) if words.search(text)]

    assert sorted(found) == ["cement", "duibiao_steel", "steel"]
