"""完整性的缺陷: parts, sections, letters, rows and cells that are missing, blank or out of order."""

from __future__ import annotations

from dataclasses import replace

from duibiao.model.application import LetterKind
from duibiao.model.dossier import Dossier
from duibiao.testing.changing import changed, part
from duibiao.testing.defects.model import (
    CannotPlant,
    Defect,
    Plant,
    chained,
    drops,
    existing,
    first,
    keeps,
    listed,
    says,
    without_sections,
    writes,
    written,
)

_LETTERS = {LetterKind.AUTHENTICITY: "二", LetterKind.REDUCTION: "三"}


def _without_letter(kind: LetterKind) -> Plant:
    return chained(
        without_sections(_LETTERS[kind]),
        keeps("letters", lambda letter: letter.kind is not kind, f"没有《{kind}》"),
    )


def _letter_before_form(dossier: Dossier) -> Dossier:
    keys = [section.key for section in dossier.sections]
    if not {"一", "二"} <= set(keys):
        raise CannotPlant("没有申请表或承诺书")
    sections = list(dossier.sections)
    sections.insert(keys.index("一"), sections.pop(keys.index("二")))
    entries = [entry for entry, _ in listed(dossier)]
    of = {key: entry for entry, key in listed(dossier)}
    if {"一", "二"} <= of.keys():
        entries.remove(of["二"])
        entries.insert(entries.index(of["一"]), of["二"])
    return replace(dossier, sections=tuple(sections), contents=tuple(entries))


def emptied(dossier: Dossier, key: str) -> Dossier:
    """Return a dossier in which nothing stands under a heading but the heading itself."""
    section = dossier.section(key)
    if section is None:
        raise CannotPlant(f"没有{key}")
    evidence = dossier.evidence
    photos = tuple(photo for photo in evidence.photos if photo.at.section != key)
    limits = () if key == "五.2.14" else evidence.limits
    texts = tuple(
        text
        for text in dossier.paragraphs
        if text.at.section != key or text.at.paragraph == section.at.paragraph
    )
    return replace(
        dossier, paragraphs=texts, evidence=replace(evidence, photos=photos, limits=limits)
    )


def _proof_gone(dossier: Dossier) -> Dossier:
    """Everything but running text of the first of the sections 2.1 to 2.12 that has any."""
    path = first(
        dossier,
        "sections",
        lambda s: s.key in _PROOFS and s.characters and not s.not_applicable,
        "2.1至2.12都不涉及",
    )
    return words_only(dossier, part(dossier, path).key)


_PROOFS = tuple(f"五.2.{number}" for number in range(1, 13))


def words_only(dossier: Dossier, key: str) -> Dossier:
    """Return a dossier in which a section of evidence has neither tables nor pictures."""
    evidence = dossier.evidence
    photos = tuple(photo for photo in evidence.photos if photo.at.section != key)
    texts = tuple(
        text
        for text in dossier.paragraphs
        if text.at.section != key or (text.at.table is None and not text.value.startswith("表"))
    )
    return replace(dossier, paragraphs=texts, evidence=replace(evidence, photos=photos))


def _disclaimed(dossier: Dossier) -> Dossier:
    """装备工艺水平, which every enterprise has."""
    key = "五.2.12"
    heading = existing(dossier, "sections", "没有章节")
    section = next((s for s in heading if s.key == key), None)
    if section is None or section.not_applicable:
        raise CannotPlant("2.12不涉及")
    return _only_words(dossier, key, "本项不涉及。")


def _only_words(dossier: Dossier, key: str, words: str) -> Dossier:
    """Put one line for all that stands in a section of evidence."""
    dossier = words_only(dossier, key)
    heading = dossier.section(key)
    assert heading is not None
    line, *others = (
        text
        for text in dossier.paragraphs
        if text.at.section == key and text.at.paragraph != heading.at.paragraph
    )
    texts = (text for text in dossier.paragraphs if text not in others)
    return replace(
        dossier,
        paragraphs=tuple(replace(t, value=words) if t is line else t for t in texts),
    )


def _row(name: str) -> Plant:
    return keeps("indicators.rows", lambda row: row.indicator.value != name, f"没有“{name}”一行")


def _rows_swapped(dossier: Dossier) -> Dossier:
    rows = existing(dossier, "indicators.rows", "没有对标总表")
    if len(rows) < 2:
        raise CannotPlant("对标总表不足两行")
    return changed(dossier, {"indicators.rows": (*rows[:-2], rows[-1], rows[-2])})


def _cell_of_row(name: str, field: str) -> Plant:
    def plant(dossier: Dossier) -> Dossier:
        path = first(
            dossier, "indicators.rows", lambda r: r.indicator.value == name, f"没有“{name}”一行"
        )
        return written(dossier, f"{path}.{field}", "")

    return plant


def _wrong_page(dossier: Dossier) -> Dossier:
    """The last row points to the first page of evidence."""
    rows = existing(dossier, "indicators.rows", "没有对标总表")
    return written(dossier, f"indicators.rows.{len(rows) - 1}.pages", rows[0].pages.value)


def _entry_left_over(dossier: Dossier) -> Dossier:
    path = first(dossier, "contents", lambda e: e.number and e.title == "储罐", "目录没有“储罐”")
    return changed(dossier, {f"{path}.title": "危险化学品仓库"})


def _archive_without_manual(dossier: Dossier) -> Dossier:
    return chained(
        says("废气治理设施运行管理规范扫描件", "操作间照片", "五.2.16.1"),
        says("（3）废气治理设施运行管理规范", "（3）其他", "五.2.16.1"),
    )(dossier)


def _sections_of_industry(dossier: Dossier) -> Dossier:
    """What the checklist of an industry asks for beyond what every industry must prove."""
    name = str(existing(dossier, "form.industry", "没有行业类型").value)
    for word, key in (("家具", "五.2.4"), ("锅炉", "五.2.1")):
        if word in name:
            numbers = {"五.2.4": "原辅材料", "五.2.1": "能源（燃料）类型"}
            return chained(without_sections(key), _row(numbers[key]))(dossier)
    raise CannotPlant("该行业的清单没有另外要求的章节")


def _staff_without_papers(dossier: Dossier) -> Dossier:
    for field in ("education", "subject", "certificate"):
        dossier = written(dossier, f"evidence.staff.1.{field}", "")
    return dossier


def _plan_without_process(dossier: Dossier) -> Dossier:
    return changed(dossier, {"plan.process": ()})


def _without_plan(dossier: Dossier) -> Dossier:
    return replace(without_sections("附")(dossier), plan=None)


def _without_part_four(dossier: Dossier) -> Dossier:
    return without_sections("四")(dossier)


DEFECTS = (
    Defect(
        "part missing",
        "part-missing",
        "没有第四部分“企业基本情况”",
        ("DB-201",),
        _without_part_four,
    ),
    Defect(
        "letter before the form",
        "chapter-order-wrong",
        "真实性承诺书排在申请表之前",
        ("DB-202",),
        _letter_before_form,
    ),
    Defect(
        "section missing",
        "section-missing",
        "没有“2.16.2 台账资料”",
        ("DB-203",),
        without_sections("五.2.16.2"),
    ),
    Defect(
        "section empty",
        "section-empty",
        "“2.14 排放限值”下面没有内容",
        ("DB-204",),
        lambda dossier: emptied(dossier, "五.2.14"),
    ),
    Defect(
        "letter of truthfulness missing",
        "commitment-missing",
        "没有《申报材料真实性承诺书》",
        ("DB-205",),
        _without_letter(LetterKind.AUTHENTICITY),
    ),
    Defect(
        "letter on measures missing",
        "commitment-missing",
        "没有《落实重污染天气应急减排承诺书》",
        ("DB-205",),
        _without_letter(LetterKind.REDUCTION),
    ),
    Defect(
        "letter not signed",
        "commitment-unsigned-or-undated",
        "应急减排承诺书没有签字",
        ("DB-206",),
        writes("letters.1.signature", ""),
    ),
    Defect(
        "letter not dated",
        "commitment-unsigned-or-undated",
        "真实性承诺书没有日期",
        ("DB-207",),
        drops("letters.0.date"),
    ),
    Defect(
        "prescribed words left out of a letter",
        "commitment-wording",
        "真实性承诺书删去了规定文字",
        ("DB-208",),
        says("，愿承担相应的法律责任，并承担由此产生的一切后果", "", "二"),
    ),
    Defect(
        "field of the form blank",
        "form-field-blank",
        "申请表没有填写申请管控类型",
        ("DB-209",),
        writes("form.control_type", ""),
    ),
    Defect(
        "letter without seal",
        "seal-missing",
        "真实性承诺书没有盖章",
        ("DB-210",),
        lambda dossier: changed(dossier, {"letters.0.has_seal": False}),
    ),
    Defect(
        "row of an indicator missing",
        "applicable-indicator-row-missing",
        "对标总表没有“无组织管控”一行",
        ("DB-211",),
        _row("无组织管控"),
    ),
    Defect(
        "status of an indicator blank",
        "indicator-status-blank",
        "“环境管理水平”的企业对标情况空白",
        ("DB-212",),
        _cell_of_row("环境管理水平", "status"),
    ),
    Defect(
        "requirement of an indicator blank",
        "indicator-requirement-blank",
        "“环境管理水平”没有写指标要求",
        ("DB-213",),
        _cell_of_row("环境管理水平", "requirement"),
    ),
    Defect(
        "pages of an indicator blank",
        "evidence-page-blank",
        "“环境管理水平”没有写证明材料页码",
        ("DB-214",),
        _cell_of_row("环境管理水平", "pages"),
    ),
    Defect(
        "section with words only",
        "evidence-section-without-evidence",
        "一节证明材料只有文字",
        ("DB-215",),
        _proof_gone,
    ),
    Defect(
        "rows of indicators the wrong way round",
        "indicator-order-wrong",
        "对标总表最后两行的顺序颠倒",
        ("DB-216",),
        _rows_swapped,
    ),
    Defect(
        "section that its indicator needs is disclaimed",
        "applicable-section-disclaimed",
        "对标总表有“装备水平”，2.12却写不涉及",
        ("DB-217",),
        _disclaimed,
    ),
    Defect(
        "contents name a section that is not there",
        "contents-wrong",
        "目录中有正文没有的标题",
        ("DB-218",),
        _entry_left_over,
    ),
    Defect(
        "coordinates missing",
        "profile-field-blank",
        "企业基本信息没有经纬度",
        ("DB-219",),
        drops("profile.coordinates"),
    ),
    Defect(
        "topic of compliance missing",
        "compliance-topic-missing",
        "环保守法说明没有提到信用情况",
        ("DB-220",),
        keeps("compliance", lambda entry: "信用" not in entry.text.value, "没有信用情况"),
    ),
    Defect(
        "ledger missing",
        "ledger-missing",
        "没有企业运输台账",
        ("DB-221",),
        keeps("evidence.ledgers", lambda ledger: ledger.kind != 8, "没有企业运输台账"),
    ),
    Defect(
        "section of the plan empty",
        "plan-section-missing",
        "“一厂一策”没有主要生产工艺流程的内容",
        ("DB-222",),
        _plan_without_process,
    ),
    Defect(
        "member of staff without papers",
        "staff-without-papers",
        "一名环保人员没有学历、专业和证书",
        ("DB-223",),
        _staff_without_papers,
    ),
    Defect(
        "no members of staff",
        "staff-missing",
        "人员配置没有人员名单",
        ("DB-223",),
        lambda dossier: changed(dossier, {"evidence.staff": ()}),
    ),
    Defect(
        "page of another section",
        "evidence-page-wrong",
        "“运输监管要求”的页码指向别的章节",
        ("DB-224",),
        _wrong_page,
    ),
    Defect(
        "plan missing",
        "plan-missing",
        "没有“一厂一策”实施方案",
        ("DB-225",),
        _without_plan,
    ),
    Defect(
        "section that the industry must prove is missing",
        "section-missing",
        "没有本行业应提供的证明材料章节",
        ("DB-226",),
        _sections_of_industry,
        ("VOC-104",),
    ),
    Defect(
        "archive without a manual of operation",
        "archive-item-missing",
        "环保档案没有废气治理设施运行管理规范",
        ("DB-228",),
        _archive_without_manual,
    ),
    Defect(
        "year without rating",
        "rating-missing",
        "环保信用评级缺一年",
        ("DB-229",),
        drops("evidence.archive.ratings.0"),
    ),
)
