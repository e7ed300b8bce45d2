"""The view: what templates are given to print."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from duibiao.document.word import read_word
from duibiao.law import LawInForce, load_common
from duibiao.model.annex import Annex, Exhibit
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.emissions import Photo
from duibiao.model.enterprise import Production, ProductLine, ProductTable
from duibiao.model.errors import BuildError
from duibiao.model.evidence import (
    Archive,
    CreditRating,
    Evidence,
    Ledger,
    Section,
    TransportEvidence,
    TransportMode,
)
from duibiao.model.location import Located, Location
from duibiao.model.quantities import parse_quantity
from duibiao.rendering.bookmarks import end_of, start_of
from duibiao.rendering.drawing import Drawing
from duibiao.rendering.view import dossier_view, plan_view, review_view, schema
from duibiao.rendering.view.markup import TEXT_WIDTH, column_widths, grid
from duibiao.rendering.view.pictures import LARGE, SHEET, SMALL, fitted
from duibiao.rendering.view.tables import header_unit
from duibiao.testing import enterprises

from .sample_packages import Sample, read_file, sample, word

LAW = LawInForce(date(2026, 9, 10), load_common())
BLANK = Dossier(SourceFile("申报数据.xlsx", "0" * 64, 0, is_project=True))
AT = Location()


@pytest.fixture
def cement(tmp_path: Path) -> Sample:
    """The sample enterprise that makes cement."""
    return sample("cement", tmp_path)


def unlike(shape: object, value: object, path: str = "") -> list[str]:
    """Where a context is not as its schema says."""
    if value is None or isinstance(shape, str):
        wrong = isinstance(value, Mapping | list) and isinstance(shape, str)
        return [f"{path}: {value!r}"] if wrong else []
    if isinstance(shape, Mapping):
        assert isinstance(value, Mapping), path
        if shape.keys() != value.keys():
            return [f"{path}: {sorted(shape.keys() ^ value.keys())}"]
        return [fault for k in shape for fault in unlike(shape[k], value[k], f"{path}.{k}")]
    assert isinstance(shape, list), path
    assert isinstance(value, list), path
    return [fault for item in value for fault in unlike(shape[0], item, f"{path}[]")]


def part(view: Mapping[str, Any], number: str) -> Any:
    """A section of the evidence."""
    (found,) = (item for item in view["evidence"] if item["number"] == number)
    return found


def shown(count: int, section: str, *, group: int = 0, full_page: bool = False) -> Sample:
    """A dossier with photos in one section."""
    at = Location(section=section)
    names = [f"{section}-{group}-{full_page}-{number}" for number in range(count)]
    photos = tuple(Photo(at, Located(f"照片{name}", at), None, name) for name in names)
    exhibits = {name: Exhibit(name, Path(name), None, 400, 300, full_page, group) for name in names}
    dossier = replace(BLANK, evidence=Evidence(photos=photos))
    return Sample(enterprises.load("cement"), dossier, Annex(exhibits), LAW)


# --------------------------------------------------------------------------------------- schema


@pytest.mark.parametrize("name", enterprises.names())
def test_view_is_what_the_schema_says(name: str, tmp_path: Path) -> None:
    made = sample(name, tmp_path)
    view = dossier_view(made.dossier, made.annex, made.law, read=read_file)
    assert unlike(schema.DOSSIER, view) == []
    assert unlike(schema.PLAN, plan_view(made.dossier, made.annex, read=read_file)) == []
    assert unlike(schema.REVIEW, review_view(made.dossier, ["没有照片"])) == []


def test_view_of_a_blank_dossier_is_what_the_schema_says() -> None:
    assert unlike(schema.DOSSIER, dossier_view(BLANK, Annex(), LAW)) == []
    assert unlike(schema.PLAN, plan_view(BLANK, Annex())) == []
    assert unlike(schema.REVIEW, review_view(BLANK, ())) == []


def test_readme_explains_every_variable() -> None:
    readme = (Path(__file__).parents[2] / "templates" / "README.md").read_text(encoding="utf-8")
    for known in (schema.DOSSIER, schema.PLAN, schema.REVIEW, schema.NOTICE):
        for path, meaning in leaves(known):
            assert f"| `{path}` | {meaning} |" in readme


def leaves(shape: object, path: str = "") -> list[tuple[str, str]]:
    """Every simple value of a schema with its meaning."""
    if isinstance(shape, str):
        return [(path, shape)]
    if isinstance(shape, Mapping):
        return [leaf for k in shape for leaf in leaves(shape[k], f"{path}.{k}".lstrip("."))]
    assert isinstance(shape, list)
    return leaves(shape[0], f"{path}[]")


# ------------------------------------------------------------------------------- names and pages


def test_bookmarks_are_names_that_word_knows_and_no_two_are_equal() -> None:
    keys = [heading.key for heading in load_common().outline]
    names = [name for key in keys for name in (start_of(key), end_of(key))]
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) for name in names)
    assert len(set(names)) == len(names)
    assert start_of("五.2.13.1") == "sec_5_2_13_1"
    assert end_of("附.4.1") == "end_p_4_1"


def test_pages_are_those_that_are_known(cement: Sample) -> None:
    pages = {"sec_1": 3, "sec_5_2_14": 40, "end_5_2_14": 42, "sec_5_2_15": 43, "end_5_2_15": 43}
    view: Any = dossier_view(cement.dossier, cement.annex, LAW, pages=pages, read=read_file)
    assert view["contents"][0]["page"] == 3
    assert view["contents"][1]["page"] == 0
    rows = {row["indicator"]: row for row in view["indicators"]["rows"]}
    told = {
        name: tuple(rows[name][key] for key in ("start", "first", "end", "last", "is_range"))
        for name in ("排放限值", "无组织管控", "运输方式")
    }
    assert told == {
        "排放限值": ("sec_5_2_14", "40", "end_5_2_14", "42", True),
        "无组织管控": ("sec_5_2_15", "43", "end_5_2_15", "43", False),
        "运输方式": ("sec_5_2_17", "0", "end_5_2_17", "0", True),
    }


def test_ends_of_sections_stand_behind_their_last_subsection(cement: Sample) -> None:
    view: Any = dossier_view(cement.dossier, cement.annex, LAW, read=read_file)
    ends = {item["number"]: item["groups"][-1]["ends"] for item in view["evidence"]}
    assert ends["2.13"] == []
    assert ends["2.13.1"] == ["end_5_2_13_1"]
    assert ends["2.13.3"] == ["end_5_2_13_3", "end_5_2_13"]
    assert ends["2.16.3"] == ["end_5_2_16_3", "end_5_2_16"]
    assert ends["2.18"] == ["end_5_2_18"]
    assert all(not group["ends"] for item in view["evidence"] for group in item["groups"][:-1])


def test_sections_that_do_not_apply_are_left_out_of_text_and_contents() -> None:
    sections = tuple(
        Section(f"五.2.{number}", f"2.{number}", "", 3, AT, not_applicable=number == 7)
        for number in (6, 7, 14)
    )
    view: Any = dossier_view(replace(BLANK, sections=sections), Annex(), LAW)
    assert [item["number"] for item in view["evidence"]] == ["2.6", "2.14"]
    assert [entry["label"] for entry in view["contents"] if entry["level"] == 3][-2:] == [
        "2.6 泄漏检测与修复",
        "2.14 排放限值",
    ]


# -------------------------------------------------------------------------------------- pictures

EXTENTS = st.tuples(st.integers(1, 20_000), st.integers(1, 20_000))


@given(EXTENTS, st.sampled_from([LARGE, SMALL, SHEET]))
def test_pictures_fill_their_frame_undistorted(
    size: tuple[int, int], frame: tuple[int, int]
) -> None:
    width, height = fitted(size, frame)
    assert 1 <= width <= frame[0]
    assert 1 <= height <= frame[1]
    assert frame[0] == width or frame[1] == height
    assert abs(width * size[1] - height * size[0]) <= max(size)  # half an EMU of rounding


@pytest.mark.parametrize(
    ("count", "per_page", "frame"), [(1, 2, LARGE), (6, 2, LARGE), (7, 6, SMALL), (40, 6, SMALL)]
)
def test_photos_stand_two_a_page_or_six_where_there_are_more_than_six(
    count: int, per_page: int, frame: tuple[int, int]
) -> None:
    made = shown(count, "五.2.7")
    view: Any = dossier_view(made.dossier, made.annex, LAW)
    (group,) = part(view, "2.7")["groups"]
    album = group["album"]
    photos = album["photos"] or [
        photo for pair in album["pairs"] for photo in (pair["left"], pair["right"])
    ]
    drawn = [photo["picture"] for photo in photos if photo["picture"]]
    assert album["per_page"] == per_page
    assert len(drawn) == count
    assert {(item.width, item.height) for item in drawn} == {fitted((400, 300), frame)}
    assert [item.name for item in drawn] == [f"exhibit:五.2.7-0-False-{n}" for n in range(count)]


def test_pages_of_documents_follow_the_photos() -> None:
    made, papers = shown(2, "五.2.7"), shown(3, "五.2.7", full_page=True)
    dossier = replace(
        made.dossier,
        evidence=Evidence(photos=papers.dossier.evidence.photos + made.dossier.evidence.photos),
    )
    annex = Annex({**made.annex.exhibits, **papers.annex.exhibits})
    view: Any = dossier_view(dossier, annex, LAW)
    (group,) = part(view, "2.7")["groups"]
    assert len(group["album"]["photos"]) == 2
    assert [item["caption"] for item in group["documents"]] == [
        f"照片五.2.7-0-True-{number}" for number in range(3)
    ]
    drawn = {(item["picture"].width, item["picture"].height) for item in group["documents"]}
    assert drawn == {fitted((300, 400), SHEET)}, "wide pages lie on their side, as large as fits"


@pytest.mark.parametrize(
    ("letters", "new_page"), [(0, False), (54, False), (55, True), (300, True)]
)
def test_photos_begin_a_page_unless_hardly_anything_stands_on_it(
    letters: int, new_page: bool
) -> None:
    made, first = shown(2, "五.2.7"), (Located("说明", AT),)
    texts = {"五.2.6": first, "五.2.7": (Located("字" * letters, AT),) if letters else ()}
    view: Any = dossier_view(made.dossier, replace(made.annex, texts=texts), LAW)
    (group,) = part(view, "2.7")["groups"]
    assert part(view, "2.7")["new_page"] is True
    assert group["album"]["new_page"] is new_page


def test_facilities_are_shown_before_contracts_and_reports() -> None:
    made = [
        shown(2, "五.2.13.1", group=0),
        shown(1, "五.2.13.1", group=2, full_page=True),
        shown(1, "五.2.13.1", group=2),
    ]
    photos = tuple(photo for item in made for photo in item.dossier.evidence.photos)
    exhibits = {k: v for item in made for k, v in item.annex.exhibits.items()}
    dossier = replace(BLANK, evidence=Evidence(photos=photos))
    view: Any = dossier_view(dossier, Annex(exhibits), LAW)
    groups = part(view, "2.13.1")["groups"]
    assert [(group["kind"], group["number"]) for group in groups] == [("photos", 2), ("papers", 3)]
    assert [photo["caption"] for photo in groups[0]["album"]["photos"]] == [
        "照片五.2.13.1-2-False-0"
    ]
    assert len(groups[1]["album"]["photos"]) == 2
    assert len(groups[1]["documents"]) == 1


def test_a_label_with_nothing_but_documents_stands_on_the_first_of_them() -> None:
    made = [shown(1, "五.2.16.1", group=number, full_page=True) for number in (1, 3, 4)]
    photos = tuple(photo for item in made for photo in item.dossier.evidence.photos)
    exhibits = {k: v for item in made for k, v in item.annex.exhibits.items()}
    rating = CreditRating(AT, Located("2025", AT), Located("诚信企业", AT))
    evidence = Evidence(photos=photos, archive=Archive(ratings=(rating,)))
    text = (Located("（1）排污许可证", AT), Located("按时提交执行报告。", AT))
    evidence = replace(evidence, archive=replace(evidence.archive, text=text))
    view: Any = dossier_view(replace(BLANK, evidence=evidence), Annex(exhibits), LAW)
    assert [
        (group["number"], group["texts"], group["is_bare"], group["continues"])
        for group in part(view, "2.16.1")["groups"]
    ] == [
        (1, ["按时提交执行报告。"], False, False),
        (3, [], True, True),
        (4, [], True, True),
        (5, [], False, False),
    ]


def test_a_photo_without_its_file_keeps_its_frame() -> None:
    photo = Photo(Location(section="五.2.7"), Located("储罐", AT), None, None)
    view: Any = dossier_view(replace(BLANK, evidence=Evidence(photos=(photo,))), Annex(), LAW)
    assert part(view, "2.7")["groups"][0]["album"]["photos"] == [
        {"picture": None, "caption": "储罐"}
    ]


def test_a_seal_that_cannot_be_read_stops_the_building(tmp_path: Path) -> None:
    broken = tmp_path / "公章.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(BuildError, match=r"公章图片 公章\.png 无法读取"):
        dossier_view(BLANK, Annex(seal=broken), LAW)


def test_seal_and_signature_are_drawn(cement: Sample) -> None:
    view = dossier_view(cement.dossier, cement.annex, LAW, read=read_file)
    stamp = view["seal"]
    assert isinstance(stamp, Drawing)
    assert stamp.width == stamp.height == 38 * 36_000
    assert cement.annex.seal is not None
    assert stamp.read() == (cement.annex.seal.read_bytes(), ".png")
    assert view["signature"] is None


# ---------------------------------------------------------------------------------------- tables


def test_tables_are_numbered_through(cement: Sample) -> None:
    data = word("dossier", dossier_view(cement.dossier, cement.annex, LAW, read=read_file))
    document = read_word(data, "材料.docx")
    captions = [block.text for block in document.blocks if getattr(block, "style", "") == "caption"]
    assert len(captions) > 20
    assert [int(text[1:].split()[0]) for text in captions] == list(range(1, len(captions) + 1))


@pytest.mark.parametrize(
    ("quantities", "unit"),
    [
        ([("25.3-41.6", "mg/m3"), ("/", "mg/m3")], "mg/m³"),
        ([("139.5", "万t/a")], "万吨/年"),
        ([("48", "t"), ("5", "t")], "吨"),
        ([("8.2mg/m³", ""), ("99%", "")], ""),
        ([("8.2mg/m³", ""), ("7", "mg/m3")], "mg/m³"),
        ([("1", "t"), ("2", "万t")], ""),
        ([("1", "")], ""),
        ([], ""),
    ],
)
def test_headers_give_the_unit_that_cells_leave_out(
    quantities: list[tuple[str, str]], unit: str
) -> None:
    assert header_unit(Located(parse_quantity(*said), AT) for said in quantities) == unit


def test_totals_are_not_counted() -> None:
    def line(name: str, *, is_total: bool = False) -> ProductLine:
        return ProductLine(AT, is_total, Located(name, AT), None, Located("水泥", AT))

    def mode(name: str) -> TransportMode:
        return TransportMode(AT, Located(name, AT))

    table = ProductTable(AT, None, (line("1#线"), line("2#线"), line("", is_total=True)))
    said = ProductTable(AT, None, (line("1#线"), line("合计", is_total=True)))
    dossier = replace(
        BLANK,
        production=Production(products=(table, said)),
        evidence=Evidence(transport=TransportEvidence(modes=(mode("铁路"), mode("")))),
        sections=(Section("五.2.17", "2.17", "运输方式", 3, AT),),
    )
    view: Any = dossier_view(dossier, Annex(), LAW)
    first, second = (item["rows"] for item in view["products"]["tables"])
    assert [row["serial"] for row in first] == ["1", "2", "合计"]
    assert [row["serial"] for row in second] == ["1", ""]
    modes = part(view, "2.17")["groups"][0]["modes"]["rows"]
    assert [row["serial"] for row in modes] == ["1", "合计"]
    assert view["products"]["tables"][0]["title"] == "水泥产能及产量一览表"


def test_ledgers_stand_in_the_order_of_the_annex_the_unknown_last() -> None:
    cell = ((Located("1", AT),),)
    kinds = [(8, "企业运输台账"), (0, "其他台账"), (5, "燃料(天然气、电)消耗记录")]
    ledgers = tuple(Ledger(kind, AT, title, ("数量",), cell) for kind, title in kinds)
    dossier = replace(
        BLANK,
        evidence=Evidence(ledgers=ledgers),
        sections=(Section("五.2.16.2", "2.16.2", "台账资料", 4, AT),),
    )
    groups = part(dossier_view(dossier, Annex(), LAW), "2.16.2")["groups"]
    assert [(group["kind"], group["number"], group["title"]) for group in groups] == [
        ("listed", 5, "燃料（天然气、电）消耗记录"),
        ("listed", 8, "企业运输台账"),
        ("whole", 0, "其他台账"),
    ]
    assert [group["tables"][0]["title"] for group in groups][2] == "其他台账"


CELLS = st.text(st.characters(codec="utf-8"), max_size=60)


@given(st.integers(1, 12).flatmap(lambda n: st.lists(st.lists(CELLS, max_size=n), max_size=4)))
def test_tables_of_any_text_are_well_formed(rows: list[list[str]]) -> None:
    made = grid(("甲", "乙"), rows)
    root = etree.fromstring(f'<x xmlns:w="urn:w">{made.xml}</x>')
    width = max([2, *map(len, rows)])
    assert len(root.findall(".//{urn:w}tr")) == 1 + len(rows)
    assert all(len(line.findall("{urn:w}tc")) == width for line in root.iter("{urn:w}tr"))
    widths = [int(cell.get("{urn:w}w", "")) for cell in root.iter("{urn:w}gridCol")]
    assert sum(widths) == TEXT_WIDTH
    assert min(widths) > 0


def test_columns_are_as_wide_as_their_texts_need() -> None:
    narrow, wide = column_widths([("序号", "1", "2"), ("治理设施", "1#窑窑尾除尘设施", "篦冷机")])
    assert narrow < wide / 2
