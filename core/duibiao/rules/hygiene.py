"""文字规范: nothing of the template or of the drafting is left in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.location import Located, Text
from duibiao.model.quantities import halfwidth
from duibiao.rules.definition import NotApplicable, Problem, Severity, Yield, rule
from duibiao.rules.identity import MISSPELT
from duibiao.rules.support import (
    application_day,
    by_value,
    declared_industry,
    industry_key,
    name_fields,
    plain,
    same_industry,
)

_PLACEHOLDER = re.compile(
    r"[X×xＸ]{2,4}\s*(?:年|月|日|公司|企业|行业|级|省|市|县|区|有限|绩效|等级|生态环境)|[年月]\s*[X×Ｘ]{1,2}\s*[月日]|[X×]{3,}|\{\{.*?\}\}|【(?:请)?(?:填写|待补|插入).*?】"
)

_SIGN = re.compile("[X×xＸ{【]")
"""A placeholder has one of these; looking for them first is many times faster."""

_COMPANY = re.compile(
    r"[\u4e00-\u9fff（）()]{2,30}?(?:有限责任公司|有限公司)"
    r"|(?:省|市|县|区|镇|乡)[\u4e00-\u9fff]{2,10}?厂(?![区房内外界长家商东西南北路旁附])"
)
_LEAD = re.compile(r"^(?:由|与|和|及|向|为|对|在|按|按照|根据)")
_PARTNER = re.compile(
    r"委托|签订|合同|协议|采购|购自|购买|购置|供应|供货|供气|供热|供电|提供|检测|监测|设计|施工|安装|制造商|厂家|品牌"
    r"|运维|维护|处置|处理|销售|客户|编制|出具|隶属|母公司|控股|股东|集团|前身|原名|更名|曾用名|收购|租赁|租用|承租|园区|相邻"
)
_ELSEWHERE = re.compile(r"工业|排放标准|参照|参考|外购|周边|相关|以及其他|上下游")
_DOCUMENT = re.compile(
    r"《[^《》]*(?:《[^《》]*》[^《》]*)?》|[（(][^（()）]*(?:号|修订版)[)）]|〈[^〈〉]*〉"
)
_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年(?!以来|至今)")


@rule("DB-901", severity=Severity.ERROR, cites="SMX2022:第十二条")
def placeholder_left(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """模板中的占位文字没有替换。

    为什么：留有“XX公司”“XXXX年”等占位文字，说明该处没有填写，材料不完整、不规范。

    通过：没有占位文字。

    不通过：“一厂一策”封面仍写“XXXX年XX月”。
    """
    for text in (*dossier.paragraphs, *dossier.margins):
        match = _placeholder(text.value)
        if match is None and (normal := halfwidth(text.value)) != text.value:
            match = _placeholder(normal)
        if match:
            yield Problem(text.at, f"留有占位文字“{match.group()}”", "填写实际内容")


def _placeholder(text: str) -> re.Match[str] | None:
    """Return the first placeholder that does not end a model number."""
    if not _SIGN.search(text):
        return None
    return next(
        (
            m
            for m in _PLACEHOLDER.finditer(text)
            if not re.search(r"[A-Za-z0-9]$", text[: m.start()])
        ),
        None,
    )


@rule("DB-907", severity=Severity.REVIEW, cites="SMX2022:第十二条")
def other_enterprise_named(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """正文中出现别的企业名称。

    为什么：沿用别家材料时容易留下原企业的名称；供应商、检测单位等本来就要写的，由人工核实后不用改。

    通过：正文只写本企业；表格中的供应商、检测单位，以及写明委托、采购等关系的企业不算。

    不通过：“一厂一策”写“某某建材有限公司严格落实减排措施”。
    """
    own = {plain(text.value) for _, text in name_fields(dossier)}
    if not own:
        yield NotApplicable("没有企业名称可供对照（另由 DB-101 检查）")
        return
    laboratories = {
        plain(row.laboratory.value)
        for row in dossier.evidence.archive.reports
        if row.laboratory is not None
    }
    known = {name for name in own | laboratories if name}
    texts = [text for text in dossier.paragraphs if text.at.table is None]
    found: list[tuple[str, Text]] = []
    for text in (*texts, *dossier.margins):
        words = plain(text.value)
        if "公司" not in words and "厂" not in words:
            continue
        for clause, around in _clauses(words):
            if _PARTNER.search(around):
                continue
            for match in _COMPANY.finditer(clause):
                name = _LEAD.sub("", match.group())
                if not any(_means(name, other) for other in known):
                    found.append((name, text))
    for places in by_value((name, Located(name, text.at)) for name, text in found).values():
        first = places[0][1]
        yield Problem(
            first.at,
            f"出现别的企业名称“{first.value}”",
            "是沿用旧稿留下的，改为本企业名称；确与本企业有关的，不用改",
            also=tuple(dict.fromkeys(text.at for _, text in places[1:] if text.at != first.at)),
        )


def _clauses(words: str) -> Iterator[tuple[str, str]]:
    """Yield the clauses of each sentence, each with its neighbours, which may say what it is about."""
    for sentence in re.split(r"[。；;]", words):
        clauses = re.split("[，,]", sentence)
        for number, clause in enumerate(clauses):
            yield clause, "，".join(clauses[max(number - 1, 0) : number + 2])


@rule("DB-908", severity=Severity.REVIEW, cites=("SMX2022:附件4 五、1", "SMX2022:第十二条"))
def other_industry_named(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """材料中写着别的行业。

    为什么：沿用别的行业的材料时容易留下原行业的名称；企业确实跨行业的，须分别评定（第五条（三））。

    通过：承诺书、对标总表和“一厂一策”只写所申报的行业。

    不通过：家具企业的对标总表写“符合水泥行业A级要求”。
    """
    usual = declared_industry(dossier)
    if usual is None:
        yield NotApplicable("没有行业类型可供对照（另由 DB-105 检查）")
        return
    own = {industry_key(usual.value)}
    if law.branch:
        own |= {industry_key(name) for name in (law.branch.name, *law.branch.aliases)}
    rows = dossier.indicators.rows if dossier.indicators else ()
    plan = dossier.plan
    texts = [
        *(text for letter in dossier.letters for text in letter.text if letter.industry is None),
        *(text for row in rows for text in (row.requirement, row.status, row.remark) if text),
        *((*plan.profile, *plan.process, *plan.emissions) if plan else ()),
        *(text for level in (plan.levels if plan else ()) for text in level.measures),
    ]
    foreign = [
        (industry.name, plain(industry.name))
        for industry in law.common.industries
        if not any(same_industry(industry_key(industry.name), name) for name in own)
    ]
    found: dict[str, list[Text]] = {}
    for text in texts:
        words = plain(_DOCUMENT.sub("", text.value))
        ends = [match.start() for match in re.finditer("行业|企业", words)]
        if not ends or _ELSEWHERE.search(words):
            continue
        for industry, name in foreign:
            if any(words.endswith(name, 0, end) for end in ends):
                found.setdefault(industry, []).append(text)
    for name, places in found.items():
        yield Problem(
            places[0].at,
            f"写着“{name}”行业，申报的是“{usual.value}”",
            "是沿用旧稿留下的，改正；确实跨行业的，按各行业分别对标",
            also=tuple(dict.fromkeys(text.at for text in places[1:] if text.at != places[0].at)),
        )


@rule("DB-909", severity=Severity.REVIEW, cites=("SMX2022:附件4", "SMX2022:附件4 二"))
def other_year_left(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """封面、承诺书或页眉留有别的年份。

    为什么：沿用往年的材料时容易留下旧年份，看不出是哪一年的申报。

    通过：除文件名称、文号外，只写申报当年。

    不通过：2026年申报，页眉写“2021年绩效分级申报材料”。
    """
    day = application_day(dossier)
    if day is None:
        yield NotApplicable("封面没有申报日期（另由 DB-506 检查）")
        return
    told_elsewhere = {letter.year.at for letter in dossier.letters if letter.year}
    before = next(
        (n for n, text in enumerate(dossier.paragraphs) if plain(text.value) == "目录"), 0
    )
    for text in (
        *(text for text in dossier.paragraphs[:before] if text.at.table is None),
        *(text for letter in dossier.letters for text in letter.text),
        *(text for text in dossier.margins if re.search(r"申报|绩效|分级|承诺", text.value)),
    ):
        years = {int(year) for year in _YEAR.findall(_DOCUMENT.sub("", halfwidth(text.value)))}
        wrong = sorted(years - {day.year})
        if wrong and text.at not in told_elsewhere:
            yield Problem(
                text.at,
                f"写着{'、'.join(f'{year}年' for year in wrong)}，申报日期在{day.year}年",
                "是沿用旧稿留下的，改为申报当年",
            )


def _means(written: str, name: str) -> bool:
    """Return whether a company name as cut out of a sentence is that name, in short or misspelt (DB-101)."""
    tail = written[-len(name) :]
    return name.endswith(written) or DamerauLevenshtein.distance(tail, name) <= MISSPELT


@rule("DB-902", severity=Severity.WARNING, cites="SMX2022:第十二条")
def revisions_left(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """文件中留有修订痕迹。

    为什么：修订没有接受或拒绝，文件就没有定稿，不同的人看到的内容可能不同。

    通过：没有未处理的修订。

    不通过：文件含有插入和删除的修订标记。
    """
    if dossier.source.revisions:
        yield Problem(
            dossier.at,
            f"文件留有{dossier.source.revisions}处修订；本次按接受修订后的内容检查",
            "在Word“审阅”中接受或拒绝全部修订后再提交",
        )


@rule("DB-903", severity=Severity.WARNING, cites="SMX2022:第十二条")
def comments_left(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """文件中留有批注。

    为什么：批注是起草时的意见，提交的材料应已处理完毕。

    通过：没有批注。

    不通过：文件含有批注。
    """
    if dossier.source.comments:
        yield Problem(
            dossier.at, f"文件留有{dossier.source.comments}条批注", "处理并删除批注后再提交"
        )


@rule("DB-904", severity=Severity.INFO, cites="SMX2022:第十二条")
def external_reference(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """文件引用了外部内容。

    为什么：链接的图片或模板不在文件内，换一台电脑就看不到；程序不会去取外部内容。

    通过：所有内容都在文件内。

    不通过：图片以链接方式插入。
    """
    for target in dossier.source.external:
        yield Problem(dossier.at, f"文件引用外部内容“{target[:80]}”", "把内容插入文件，不要用链接")


@rule("DB-905", severity=Severity.REVIEW, cites="SMX2022:第十二条")
def content_not_understood(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """有程序看不懂的内容。

    为什么：看不懂的表格没有参与检查，须由人工查看，不能当作没有问题。

    通过：全部表格都能识别。

    不通过：治理设施表的表头与提纲对不上。
    """
    for unread in dossier.unread:
        yield Problem(
            unread.at, f"{unread.what}：{unread.why}", "人工查看该处，或按提纲改写后重新检查"
        )


@rule("DB-906", severity=Severity.ERROR, cites="SMX2022:第十二条")
def misfit_in_project(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """申报数据或证据文件夹有填错、漏填、放错的内容。

    为什么：提交的材料应当完整、规范；填不进表格、放不进章节的内容不会出现在编制的材料里。

    通过：必填项都已填写，格式正确；证据文件都能归到章节并打开。

    不通过：“申报日期”写“下个月”；照片放在认不出的文件夹里。
    """
    if not dossier.source.is_project:
        yield NotApplicable("不是申报数据")
        return
    for misfit in dossier.misfits:
        yield Problem(misfit.at, misfit.what, misfit.remedy)
