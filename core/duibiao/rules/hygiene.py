"""文字规范: nothing of the template or of the drafting is left in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duibiao.law.in_force import LawInForce
from duibiao.model.dossier import Dossier
from duibiao.model.quantities import halfwidth
from duibiao.rules.definition import NotApplicable, Problem, Severity, Yield, rule

_PLACEHOLDER = re.compile(
    r"[X×xＸ]{2,4}\s*(?:年|月|日|公司|企业|行业|级|省|市|县|区|有限|绩效|等级|生态环境)|[年月]\s*[X×Ｘ]{1,2}\s*[月日]|[X×]{3,}|\{\{.*?\}\}|【(?:请)?(?:填写|待补|插入).*?】"
)


@rule("DB-901", severity=Severity.ERROR, cites="SMX2022:第十二条")
def placeholder_left(dossier: Dossier, law: LawInForce) -> Iterator[Yield]:
    """模板中的占位文字没有替换。

    为什么：留有“XX公司”“XXXX年”等占位文字，说明该处没有填写，材料不完整、不规范。

    通过：没有占位文字。

    不通过：“一厂一策”封面仍写“XXXX年XX月”。
    """
    for text in (*dossier.paragraphs, *dossier.margins):
        match = _placeholder(text.value) or _placeholder(halfwidth(text.value))
        if match:
            yield Problem(text.at, f"留有占位文字“{match.group()}”", "填写实际内容")


def _placeholder(text: str) -> re.Match[str] | None:
    """Return the first placeholder that does not end a model number."""
    return next(
        (
            m
            for m in _PLACEHOLDER.finditer(text)
            if not re.search(r"[A-Za-z0-9]$", text[: m.start()])
        ),
        None,
    )


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
