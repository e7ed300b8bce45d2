"""The law of the project finds whatever a package says otherwise, and nothing else."""

import io
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from duibiao.document.word import read_word
from duibiao.law import load_common
from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier, Misfit
from duibiao.model.emissions import Photo
from duibiao.model.location import Located, Location
from duibiao.model.quantities import parse_quantity
from duibiao.project.compose import Composition
from duibiao.recognition import recognise
from duibiao.rendering.engine import WordTemplate
from duibiao.rendering.view import dossier_view, plan_view
from duibiao.service.package import with_plan
from duibiao.testing import enterprises
from duibiao.testing.comparison import same_facts

from .composing import composed, whole_project
from .rules.support import changed

AT = Location("别处.docx")


def read_back(found: Composition, law: LawInForce) -> Dossier:
    """Return what the shipped templates print of a composition, read again."""
    views = {
        "dossier": dossier_view(found.dossier, found.annex, law),
        "plan": plan_view(found.dossier, found.annex),
    }
    read = []
    for name, view in views.items():
        template = WordTemplate.load(files("duibiao_templates") / "dossier" / f"{name}.docx")
        template.render(view, target := io.BytesIO())
        read.append(recognise(read_word(target.getvalue(), f"{name}.docx"), load_common()))
    return with_plan(*read)


@pytest.mark.parametrize("industry", enterprises.names())
def test_what_is_built_says_what_the_project_says(industry: str, tmp_path: Path) -> None:
    found, law = whole_project(enterprises.load(industry), tmp_path)
    assert same_facts(found.dossier, read_back(found, law)) == []


def text(value: str) -> Located[str]:
    return Located(value, AT)


@pytest.mark.parametrize(
    ("path", "value", "differences"),
    [
        ("misfits", (Misfit(AT, "错", "改"),), []),
        ("contents.0.page", 3, []),
        ("contents.0.title", "申请表", ["contents: '一、 豫虚构青石岭水泥有限公司绩效分级申请表' 没有，或次序不对"]),
        ("contents", (), ["contents: '一、 豫虚构青石岭水泥有限公司绩效分级申请表' 没有，或次序不对"]),
        ("sections.3.characters", 9, []),
        ("sections.3.key", "四.9", ["sections[3].key: '四' ≠ '四.9'"]),
        ("indicators.rows.0.pages", text("12"), []),
        ("indicators.rows.0.status", text("不符合"), ["indicators.rows[0].status.value: '公司使用烟煤、电，点火用轻柴油，满足要求。' ≠ '不符合'"]),
        ("letters.0.has_seal", True, []),
        ("letters.0.signature", text("岳虚峰"), []),
        ("letters.0.grade", text("A级"), ["letters[0].grade.value: 'B级' ≠ 'A级'"]),
        ("letters.0.commitment", text("特此保证。"), ["letters[0].commitment.value: '特此承诺。' ≠ '特此保证。'"]),
        ("production.products.0.caption", text("表 12 水泥熟料产能及产量一览表"), []),
        ("production.products.0.caption", text("表2 水泥产能及产量一览表"), ["production.products[0].caption: '水泥熟料产能"]),
        ("production.transports", (), ["production.transports: 9 ≠ 0 项"]),
        ("outlets.0.concentration", Located(parse_quantity("2.3-4.8", "mg/m3"), AT),
         ["outlets[0].concentration.value.text", "outlets[0].concentration.value.high"]),
        ("outlets.0.flow", Located(parse_quantity("1"), AT), ["outlets[0].flow: None ≠ Quantity("]),
        ("evidence.transport.text", (text("表9 运输"),), ["evidence.transport.text: '对照绩效指标"]),
        ("evidence.archive.text", (text("附件如下"), text("排污许可证编号91411221MA0XG1QH51001P，有效期2023年7月1日至2028年6月30日。")), []),
        ("plan.levels.0.ratio", None, ["plan.levels[0].ratio: Quantity("]),
        ("plan.profile", (), ["plan.profile: 1 ≠ 0 项"]),
    ],
)  # fmt: skip
def test_what_counts_and_what_does_not(path: str, value: Any, differences: list[str]) -> None:
    project = composed().dossier
    found = same_facts(project, changed(project, {path: value}))
    assert len(found) == len(differences)
    assert all(line.startswith(start) for line, start in zip(found, differences, strict=True))


def test_what_the_project_says_must_be_said_in_its_section() -> None:
    project = composed().dossier
    without = tuple(text for text in project.paragraphs if text.value != "重型自卸货车")
    elsewhere = (*without, Located("重型自卸货车", Location(section="五.2.17")))
    there = (*without, Located("一辆重型自卸货车。", Location(section="五.2.18")))
    missing = ["paragraphs: 五.2.18 没有 '重型自卸货车'"]
    assert same_facts(project, replace(project, paragraphs=without)) == missing
    assert same_facts(project, replace(project, paragraphs=elsewhere)) == missing
    assert same_facts(project, replace(project, paragraphs=there)) == []


def test_running_text_may_stand_between_other_lines_but_not_in_another_order() -> None:
    project = composed().dossier
    texts = project.production.processes
    for printed, same in (
        ((text("如下。"), *texts, text("流程图")), True),
        (tuple(reversed(texts)), False),
        (texts[:-1], False),
    ):
        production = replace(project.production, processes=printed)
        assert (same_facts(project, replace(project, production=production)) == []) is same


@pytest.mark.parametrize(
    ("project", "package", "same"),
    [
        (("a-1", "b-1"), ("x", "y"), True),
        (("a-1", "a-1"), ("x", "x"), True),
        (("a-1", "a-1"), ("x", "y"), False),
        (("a-1", "b-1"), ("x", "x"), False),
        (("a-1-1", "a-1-2"), ("x", "x"), True),  # blank pages of a document
        (("a-1-1", "a-1-1"), ("x", "y"), False),
        (("a-1", "a-1~2"), ("x", "x"), True),
        (("a-1", "a-1~2"), ("x", "y"), False),
        (("a-1", "b-1"), ("x", None), False),
    ],
)
def test_pictures_are_the_same_where_they_are_the_same(
    project: tuple[str, str], package: tuple[str | None, str | None], same: bool
) -> None:
    def showing(keys: tuple[str | None, ...]) -> Dossier:
        plain = composed().dossier
        photos = tuple(Photo(AT, picture=key) for key in keys)
        return replace(plain, evidence=replace(plain.evidence, photos=photos))

    assert (same_facts(showing(project), showing(package)) == []) is same
