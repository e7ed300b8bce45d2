"""Photos, documents, lists and ledgers stand where the package has them; what does not apply is left out."""

from dataclasses import replace
from pathlib import Path

from duibiao.model.annex import Exhibit, ProofTable
from duibiao.model.sheets import Field, FieldKind, Sheet
from duibiao.project.compose import compose, facility_names
from duibiao.project.evidence import EvidenceFolder
from duibiao.project.sheets import SHEETS
from duibiao.testing.projects import project_data

from .composing import NOTHING, Content, composed, content, dossier, law_of, picture


def shown(*files: object) -> EvidenceFolder:
    return EvidenceFolder(tuple(files))  # type: ignore[arg-type]


def without_proofs(filled: Content) -> None:
    filled["proofs"], filled["items"] = [], []
    optional = ("能源（燃料）类型", "装备水平", "生产工艺")
    filled["indicators"] = [row for row in filled["indicators"] if row["indicator"] not in optional]


def keys(found: object) -> list[str]:
    return [section.key for section in found.sections]  # type: ignore[attr-defined]


def test_facilities_are_named_for_their_folders() -> None:
    names = facility_names(project_data(content()))
    assert {section: named[:2] for section, named in names.items()} == {
        "五.2.13.1": ("DA001 水泥窑窑尾", "DA002 水泥窑窑头"),
        "五.2.13.2": ("DA001 水泥窑窑尾",),
        "五.2.13.3": ("DA001 水泥窑窑尾",),
    }


def test_sections_stand_in_the_order_of_the_outline_and_say_what_is_below_them() -> None:
    found = dossier()
    outline = [heading.key for heading in law_of("cement").common.outline]
    assert keys(found) == sorted(keys(found), key=outline.index)
    assert {"五.2.1", "五.2.2", "五.2.12", "五.2.13.1"} <= set(keys(found))
    assert not {"五.2.3", "五.2.7", "五.2.13.4"} & set(keys(found))
    counts = {s.key: (s.tables, s.pictures, bool(s.characters)) for s in found.sections}
    assert {key: counts[key] for key in ("一", "四.1", "四.3.1", "四.4", "五.2.1", "五.2.16.1", "五.2.16.2", "五.2.17")} == {
        "一": (1, 0, False),
        "四.1": (2, 0, True),
        "四.3.1": (2, 0, False),
        "四.4": (4, 0, False),
        "五.2.1": (1, 0, True),
        "五.2.16.1": (3, 0, True),
        "五.2.16.2": (6, 0, False),
        "五.2.17": (3, 0, True),
    }  # fmt: skip
    assert [(s.number, s.title) for s in found.sections[:2]] == [
        ("一、", "豫虚构青石岭水泥有限公司绩效分级申请表"),
        ("二、", "资料真实性承诺书"),
    ]


def test_contents_list_three_levels_without_the_plan() -> None:
    found = dossier()
    assert [(entry.number, entry.page) for entry in found.contents] == [
        (s.number, None) for s in found.sections if s.level < 4 and not s.key.startswith("附")
    ]


def test_sections_that_do_not_apply_are_left_out() -> None:
    assert not any(key in keys(dossier(without_proofs)) for key in ("五.2.1", "五.2.2", "五.2.12"))


def test_a_file_makes_its_section_apply() -> None:
    found = dossier(without_proofs, evidence=shown(picture("2.7 储罐/1.jpg", "五.2.7")))
    assert "五.2.7" in keys(found)
    assert [(p.at.file, p.at.section, str(p.caption)) for p in found.evidence.photos] == [
        ("证据/2.7 储罐/1.jpg", "五.2.7", "1")
    ]


def test_photos_stand_with_their_facilities_and_the_others_in_order() -> None:
    contract = picture("合同.jpg", "五.2.13.1", is_document=True)
    files = (
        picture("流程图.png", "四.3.2"),
        picture("1# 窑尾.jpg", "五.2.13.1", 1),
        picture("2# 窑头.jpg", "五.2.13.1", 2),
        contract,
        picture("图1 料棚.jpg", "五.2.15"),
        picture("许可证.jpg", "五.2.16.1", 1, is_document=True),
    )
    found = composed(evidence=shown(*files))
    evidence = found.dossier.evidence
    assert [(str(p.caption), p.number) for p in evidence.facilities[0].photos] == [
        ("1# 窑尾", 1),
        ("2# 窑头", 2),
        ("合同", None),
    ]
    assert [(str(p.caption), p.number) for p in evidence.photos] == [
        ("图1 料棚", 1),
        ("许可证", None),
    ]
    assert [str(p.caption) for p in found.annex.figures] == ["流程图"]
    assert found.annex.exhibits[contract.key] == Exhibit(
        contract.key, contract.path, None, 96, 72, full_page=True, group=0
    )
    assert found.annex.exhibits.keys() == {file.key for file in files}


def test_items_come_one_after_the_other_whatever_their_kind() -> None:
    files = (
        picture("a.jpg", "五.2.16.1", 4),
        picture("b.jpg", "五.2.16.1", 5),
        picture("c.pdf", "五.2.16.1", 1, is_document=True, is_pdf=True),
    )
    photos = dossier(evidence=shown(*files)).evidence.photos
    assert [str(photo.caption) for photo in photos] == ["c", "a", "b"]


def test_every_page_of_a_document_is_an_exhibit_of_its_own() -> None:
    report = picture(
        "检测报告.pdf", "五.2.14", pages=((595, 842), (842, 595)), is_document=True, is_pdf=True
    )
    found = composed(evidence=shown(report))
    assert [(str(p.caption), p.picture, p.at.page) for p in found.dossier.evidence.photos] == [
        ("检测报告 第1页，共2页", f"{report.key}-1", 1),
        ("检测报告 第2页，共2页", f"{report.key}-2", 2),
    ]
    assert found.annex.exhibits == {
        f"{report.key}-{page}": Exhibit(
            f"{report.key}-{page}", report.path, page, *size, full_page=True
        )
        for page, size in ((1, (595, 842)), (2, (842, 595)))
    }


def test_a_document_may_stand_at_several_places() -> None:
    first = picture("报告.jpg", "五.2.14", is_document=True)
    again = replace(first, section="五.2.16.1", group=4)
    found = composed(evidence=shown(first, again))
    assert [p.picture for p in found.dossier.evidence.photos] == [first.key, f"{first.key}~2"]
    assert [found.annex.exhibits[key].group for key in (first.key, f"{first.key}~2")] == [0, 4]


def test_a_photo_at_two_places_keeps_its_key_so_that_it_is_found() -> None:
    first = picture("1# 窑尾.jpg", "五.2.13.1", 1)
    found = composed(evidence=shown(first, replace(first, group=2)))
    assert [p.picture for p in found.dossier.evidence.facilities[0].photos] == [first.key] * 2


def test_ledgers_are_their_sheets_and_their_copies() -> None:
    files = (
        picture("2/记录.jpg", "五.2.16.2", 2, is_document=True),
        picture("3/DCS.pdf", "五.2.16.2", 3, pages=((1, 1),) * 3, is_document=True, is_pdf=True),
        picture("3/截图.jpg", "五.2.16.2", 3, is_document=True),
    )
    found = dossier(lambda filled: filled["ledger_waste"].clear(), evidence=shown(*files))
    assert [
        (ledger.kind, bool(ledger.rows), ledger.pictures) for ledger in found.evidence.ledgers
    ] == [
        (1, True, 0),
        (2, True, 0),
        (2, False, 1),
        (3, False, 4),
        (4, True, 0),
        (5, True, 0),
        (8, True, 0),
    ]
    first = found.evidence.ledgers[0]
    assert (first.title, first.header) == (
        "生产设备运行管理台账",
        ("日期", "生产线", "运行时间（h）", "运行负荷", "产品产量"),
    )
    assert [str(cell) for cell in first.rows[0]] == [
        "2026年7月3日",
        "1#熟料线",
        "24",
        "88%",
        "1812吨",
    ]


def test_lists_have_the_columns_that_are_filled_in() -> None:
    tables = composed().annex.tables
    assert [(table.section, table.title, table.header) for table in tables] == [
        ("五.2.1", "能源（燃料）类型证明材料清单", ("名称", "编号或型号", "日期")),
        ("五.2.12", "装备工艺水平证明材料清单", ("名称", "编号或型号", "备注")),
    ]


def test_a_plugins_sheet_is_printed_in_its_section() -> None:
    fields = (
        Field("name", "名称"),
        Field("share", "含量", FieldKind.QUANTITY, unit="g/L"),
        Field("note", "备注"),
    )
    sheet = Sheet("paints", "涂料清单", fields, section="五.2.4")
    filled = {**content(), "paints": [{"name": "面漆", "share": "120"}, {"name": "底漆"}]}
    found = compose(
        project_data(filled, sheets=(*SHEETS, sheet)),
        NOTHING,
        replace(law_of("cement"), sheets=(sheet,)),
    )
    (table,) = (table for table in found.annex.tables if table.title == "涂料清单")
    assert isinstance(table, ProofTable)
    assert (table.section, table.header) == ("五.2.4", ("名称", "含量（g/L）"))
    assert [[cell and cell.value for cell in row] for row in table.rows] == [
        ["面漆", "120"],
        ["底漆", None],
    ]
    assert "五.2.4" in keys(found.dossier)


def test_texts_without_another_place_are_in_the_annex() -> None:
    def change(filled: Content) -> None:
        filled["proofs"] += [
            {"section": "2.14 排放限值", "text": "各排放口均达标。\n报告附后。"},
            {"section": "2.16.1", "text": "档案由专人保管。"},
        ]

    found = composed(change)
    assert list(found.annex.texts) == ["五.2.1", "五.2.2", "五.2.12", "五.2.14"]
    assert [text.value for text in found.annex.texts["五.2.14"]] == [
        "各排放口均达标。",
        "报告附后。",
    ]
    assert str(found.dossier.evidence.archive.text[-1]) == "档案由专人保管。"


def test_indicators_come_in_order_with_what_the_sheet_leaves_blank() -> None:
    def change(filled: Content) -> None:
        filled["indicators"].reverse()
        for row in filled["indicators"]:
            row["requirement"] = "" if row["indicator"] == "运输方式" else "要求"
        filled["indicators"][-1]["remark"] = "另见附件"

    found = dossier(change)
    assert found.indicators is not None
    rows = {str(row.indicator): row for row in found.indicators.rows}
    assert list(rows) == [
        "能源（燃料）类型", "装备水平", "生产工艺", "污染治理技术", "排放限值", "无组织管控", "监测监控水平",
        "环境管理水平", "运输方式", "运输监管要求",
    ]  # fmt: skip
    assert (str(rows["能源（燃料）类型"].remark), str(rows["装备水平"].remark)) == (
        "另见附件",
        "见2.12",
    )
    law = law_of("cement")
    assert law.grade is not None
    texts = [row.text.rstrip("。") for row in law.requirements_of("运输方式", law.grade)]
    assert str(rows["运输方式"].requirement) == f"{'；'.join(dict.fromkeys(texts))}。"
    assert {row.pages for row in found.indicators.rows} == {None}


def test_a_requirement_that_nobody_knows_is_told() -> None:
    found = dossier(
        lambda filled: filled["indicators"][0].update({"requirement": ""}),
        law=replace(law_of("cement"), requirements=()),
    )
    assert [(misfit.what, misfit.remedy) for misfit in found.misfits] == [
        (
            "“能源（燃料）类型”没有写绩效指标要求，也没有查到B级的指标要求（缺）",
            "请对照技术指南填写",
        )
    ]


def test_aliases_of_indicators_are_called_by_their_names() -> None:
    found = dossier(lambda filled: filled["indicators"][0].update({"indicator": "燃料类型"}))
    assert found.indicators is not None
    assert str(found.indicators.rows[0].indicator) == "能源（燃料）类型"


def test_seal_and_signature_are_those_of_the_folder() -> None:
    seals = EvidenceFolder(seal=Path("公章.png"), signature=Path("签字.png"))
    found = composed(evidence=seals)
    assert (found.annex.seal, found.annex.signature) == (seals.seal, seals.signature)
    parts = (found.dossier.cover, found.dossier.form, *found.dossier.letters)
    assert [part and part.has_seal for part in parts] == [True] * 4
    assert [letter.signature_is_picture for letter in found.dossier.letters] == [True, True]
