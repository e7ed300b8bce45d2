"""填写说明: the first sheet, which says how the others are filled in and what comes next."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from duibiao.law.in_force import LawInForce
from duibiao.project.blank.hints import citation
from duibiao.project.blank.styles import Styles, height
from duibiao.project.catalogue import Catalogue

_WIDTHS = (6, 26, 12, 64, 30)

_MEASURES = "SMX2022"

_STEPS = (
    "从“申请表”开始，按工作表的顺序填写。名称、编号、日期只在一处填写，编制时自动写到申报材料的各处，前后必然一致。",
    "每张表的灰色斜体“示例”行（列）只说明怎样写，不算数据；序号自动生成。行数不够时接着往下填，不用的行空着。",
    "鼠标停在表头上，可以看到怎样写、例子和依据的条款。带下拉箭头的单元格可以选；只有“从下拉列表中选”的项不能另写。",
    "单元格都是文本格式，写什么就是什么：25.3-41.6、≤50、92%、2026年9月 都照原样写。从别处粘贴时请用“只粘贴值”。",
    "一段以上的文字在单元格内换行（Alt+Enter），每行印成一段。",
    "不要改动工作表名和表头。列的先后可以调整；不涉及的选填表空着即可。",
    "证明文件和照片放进“证据”文件夹中对应的小节，每个文件夹里的“说明.txt”写明放什么。",
)

_COMMANDS = (
    (
        "duibiao check 项目文件夹",
        "检查填得对不对、全不全，证据齐不齐；每个问题都写明工作表、行、列和办法",
    ),
    ("duibiao build 项目文件夹", "编制申报材料、一厂一策实施方案和审核意见表，写进“成果”文件夹"),
)


def write_guide(page: Worksheet, styles: Styles, catalogue: Catalogue) -> None:
    """Write the guide: steps, colours, the list of sheets, the next commands."""
    page.hide_gridlines(2)
    for column, width in enumerate(_WIDTHS):
        page.set_column(column, column, width)
    industry = catalogue.law.branch.name if catalogue.law.branch else ""
    row = _heading(
        page, styles, 0, f"绩效分级申报数据{f'（{industry}）' if industry else ''}填写说明"
    )
    for number, step in enumerate(_STEPS, 1):
        page.write_number(row, 0, number, styles.number)
        row = _wide(page, styles, row, step)
    row = _heading(page, styles, row + 1, "颜色")
    for style, shown, meaning in (
        (styles.required_header, "表头", "必填项"),
        (styles.optional_header, "表头", "选填项：有则填，没有就空着"),
        (styles.required_cell, "单元格", "必填的单元格"),
        (styles.missing, "单元格", "这一行已经开始填写，而此处必填、还空着"),
        (styles.example, "示例", "只说明怎样写，不算数据"),
    ):
        page.write_string(row, 1, shown, style)
        row = _wide(page, styles, row, meaning, 2)
    row = _heading(page, styles, row + 1, "下一步")
    for command, does in _COMMANDS:
        page.write_string(row, 1, command, styles.text)
        row = _wide(page, styles, row, does, 2)
    row = _heading(page, styles, row + 1, f"工作表（共{len(catalogue.sheets)}张，点击名称前往）")
    row = _wide(page, styles, row, f"依据只写条款的，见{catalogue.law.cite(_MEASURES)}。")
    for column, text in enumerate(("序号", "工作表", "是否必填", "内容", "依据")):
        page.write_string(row, column, text, styles.optional_header)
    for number, sheet in enumerate(catalogue.sheets, 1):
        article = _article(sheet.cites, catalogue.law)
        page.write_number(row + number, 0, number, styles.number)
        page.write_url(row + number, 1, f"internal:'{sheet.title}'!A1", styles.link, sheet.title)
        page.write_string(row + number, 2, "必填" if sheet.required else "选填", styles.number)
        page.write_string(row + number, 3, sheet.note, styles.framed)
        page.write_string(row + number, 4, article, styles.framed)
        heights = (height(sheet.note, _WIDTHS[3]), height(article, _WIDTHS[4]))
        page.set_row(row + number, max(heights))
    page.set_paper(9)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _article(cites: str, law: LawInForce) -> str:
    """Return an article, shortly where it is one of the measures that most sheets follow."""
    source, _, place = cites.partition(":")
    return place if source == _MEASURES else citation(cites, law)


def _heading(page: Worksheet, styles: Styles, row: int, text: str) -> int:
    page.write_string(row, 0, text, styles.title)
    page.set_row(row, 30)
    return row + 1


def _wide(page: Worksheet, styles: Styles, row: int, text: str, first: int = 1) -> int:
    last = len(_WIDTHS) - 1
    page.merge_range(row, first, row, last, text, styles.text)
    page.set_row(row, height(text, sum(_WIDTHS[first:])))
    return row + 1
