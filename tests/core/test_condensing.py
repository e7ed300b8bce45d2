"""A part is made smaller before it is parsed: the document stays the same, and what is broken is still told."""

from __future__ import annotations

import re

import pytest

from duibiao.document import word
from duibiao.document.condensing import MAX_PIECES, Condensed, condensed
from duibiao.document.model import Document, Paragraph
from duibiao.model.errors import IntakeError

from .archives import W, packed

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
LOOK = '<w:rPr><w:rFonts w:ascii="Arial"/><w:b/><w:sz w:val="21"/></w:rPr>'


def part(body: str, root: str = f'xmlns:w="{W}" xmlns:w14="{W14}"') -> bytes:
    return f"<w:document {root}><w:body>{body}</w:body></w:document>".encode()


def run(text: str, look: str = "", ids: str = "") -> str:
    return f"<w:r{ids}>{look}<w:t>{text}</w:t></w:r>"


def paragraph(*runs: str, said: str = "", ids: str = "") -> str:
    return f"<w:p{ids}>{said}{''.join(runs)}</w:p>"


def read(data: bytes, monkeypatch: pytest.MonkeyPatch, *, whole: bool = False) -> Document:
    monkeypatch.setattr(word, "condensed", Condensed if whole else condensed)
    return word.read_word(packed({"word/document.xml": data}), "x.docx")


def test_equal_blocks_are_kept_once_and_ids_not_at_all() -> None:
    ids = (
        ' w14:paraId="1F17F5C4" w14:textId="77777777" w:rsidR="00A13F2B" w:rsidRDefault="00D52C11"'
    )
    said = '<w:pPr><w:jc w:val="center"/><w:rPr><w:b/></w:rPr></w:pPr>'
    text = paragraph(run("甲", LOOK, ' w:rsidR="00204F89"'), said=said, ids=ids)
    short = condensed(part(text * 3))
    assert re.sub(rb"^.*?<w:body>", b"", short.story) == (
        b'<w:p><w:pPr duibiao="0"/><w:t duibiao="1">\xe7\x94\xb2</w:t></w:p>' * 3
        + b"</w:body></w:document>"
    )
    assert short.blocks.count(said.encode()) == short.blocks.count(LOOK.encode()) == 1


def test_what_nobody_reads_is_left_out_but_kept_for_the_parser() -> None:
    short = condensed(part(paragraph(run("甲", '<w:rPr><w:color w:val="FF0000"/></w:rPr>'))))
    assert b"<w:p><w:t>" in short.story
    assert b"color" in short.blocks


@pytest.mark.parametrize(
    "runs",
    [
        (run("甲", LOOK), run("乙", LOOK)),
        (run("甲", LOOK), run("乙")),
        (run("甲", '<w:rPr><w:b\n/><w:sz\tw:val="21"/></w:rPr>'), run("乙")),
        (run("甲"), run(" ", LOOK), run("乙")),
        (run("甲", LOOK), "<w:r><w:tab/></w:r>", run("乙", LOOK)),
        (run("甲", LOOK), f"<w:r>{LOOK}<w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", run("丁")),
        (run("甲", "<w:rPr><w:vanish/></w:rPr>"), run("乙", "<w:rPr><w:b/></w:rPr>")),
        (run("&lt;甲&gt; &amp;"), run("乙", LOOK)),
        (f"<w:r>{LOOK}<w:rPr><w:i/></w:rPr><w:t>甲</w:t></w:r>", run("乙")),
        (f"<w:r>{LOOK}</w:r>", "<w:r><w:t/></w:r>", run("", LOOK), run("乙", LOOK)),
        ("<w:ins w:author='a'>", run("甲", LOOK), "</w:ins>", run("乙", LOOK)),
        ("<w:hyperlink>", run("甲"), "</w:hyperlink>", run("乙")),
    ],
)
def test_runs_read_the_same_in_a_row(
    runs: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = part(paragraph(*runs))
    assert condensed(data).blocks
    assert read(data, monkeypatch) == read(data, monkeypatch, whole=True)


def test_looks_and_properties_reach_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    said = '<w:pPr><w:outlineLvl w:val="1"/><w:jc w:val="center"/></w:pPr>'
    body = paragraph(run("甲", LOOK), run("乙", LOOK), said=said) + paragraph(run("丙"))
    assert read(part(body), monkeypatch).blocks == (
        Paragraph(1, "甲乙", level=2, bold=True, size=21, centred=True),
        Paragraph(2, "丙"),
    )


BROKEN = {
    "element not closed": paragraph(run("甲", "<w:rPr><w:b></w:rPr>")),
    "element not opened": paragraph(run("甲", "<w:rPr></w:b></w:rPr>")),
    "value without quotes": paragraph(run("甲", "<w:rPr><w:sz w:val=21/></w:rPr>")),
    "attribute twice": paragraph(run("甲", '<w:rPr><w:sz w:val="1" w:val="2"/></w:rPr>')),
    "unknown prefix": paragraph(run("甲", "<w:rPr><x:b/></w:rPr>")),
    "unknown entity": paragraph(run("甲", '<w:rPr><w:sz w:val="&a;"/></w:rPr>')),
    "control character": paragraph(run("甲", '<w:rPr><w:sz w:val="\x01"/></w:rPr>')),
    "open in one block, closed in another": paragraph(
        run("甲", "<w:rPr><w:b></w:rPr>"), run("乙", "<w:rPr></w:b></w:rPr>")
    ),
    "block in a block": paragraph(run("甲", "<w:rPr><w:rPr ></w:rPr>")),
    "block closed twice": paragraph(run("甲", "<w:rPr></w:rPr ></w:rPr>")),
    "id twice": paragraph(ids=' w:rsidR="00A13F2B" w:rsidR="00A13F2B"'),
    "ids without a blank": paragraph(ids=' w:rsidR="00A13F2B"w:rsidP="00A13F2B"'),
    "id without its end": '<w:p w:rsidR="00A13F2B>',
    "bookmark with an attribute twice": '<w:bookmarkEnd w:id="1" w:id="1"/>',
    "run not closed": "<w:p><w:r><w:t>甲</w:t></w:p>",
    "no end": "<w:p><w:pPr>",
}


@pytest.mark.parametrize("body", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("whole", [False, True])
def test_what_is_left_out_is_well_formed_or_told(
    body: str, whole: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(IntakeError, match="不是正确的 XML"):
        read(part(body), monkeypatch, whole=whole)


def test_ids_need_their_namespace(monkeypatch: pytest.MonkeyPatch) -> None:
    data = part(paragraph(ids=' w14:paraId="1F17F5C4"'), f'xmlns:w="{W}"')
    with pytest.raises(IntakeError, match="不是正确的 XML"):
        read(data, monkeypatch)


TEXT = paragraph(run("甲", LOOK))
UNUSUAL = {
    "comment": part(f"<!--<w:rPr>-->{TEXT}<!--</w:rPr>-->"),
    "character data": part(paragraph(run("<![CDATA[<w:rPr></w:rPr>]]>", LOOK))),
    "instruction": part(f"<?x <w:rPr>?>{TEXT}<?x </w:rPr>?>"),
    "another prefix": part(TEXT).replace(b"w:", b"v:"),
    "two prefixes": part(TEXT, f'xmlns:w="{W}" xmlns:v="{W}"'),
    "another meaning of the prefix": part(f'<w:p xmlns:w="urn:x">{TEXT}</w:p>{TEXT}'),
    "a reference of its own": part(paragraph(run("甲", '<w:rPr duibiao="0"/>'), run("乙", LOOK))),
    "another encoding": b'<?xml version="1.0" encoding="GBK"?>' + part(TEXT).decode().encode("gbk"),
    "document type": b"<!DOCTYPE w:document>" + part(TEXT),
}


@pytest.mark.parametrize("data", UNUSUAL.values(), ids=UNUSUAL.keys())
def test_an_unusual_part_stays_as_it_is(data: bytes) -> None:
    assert condensed(data) == Condensed(data)


def test_a_part_of_too_many_pieces_stays_as_it_is() -> None:
    for piece in ("<w:rPr>", "<w:r><w:t></w:t></w:r>"):
        data = part(piece * (2 * MAX_PIECES)) + b" " * (1 << 23)
        assert condensed(data) == Condensed(data)


def test_a_block_that_needs_what_stands_around_it_is_read_in_the_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inner = run("甲", "<w:rPr><x:b/><w:b/></w:rPr>")
    data = part(paragraph(inner, ids=' xmlns:x="urn:x"'))
    assert read(data, monkeypatch).blocks == (Paragraph(1, "甲", bold=True),)
