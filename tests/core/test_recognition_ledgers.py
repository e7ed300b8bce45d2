"""Ledgers (台账, 2.16.2) that are copies: pictures below their labels."""

from duibiao.document.model import Block, Cell, Document, Paragraph, Picture, Table
from duibiao.law import load_common
from duibiao.model.evidence import Ledger
from duibiao.recognition import recognise

TABLE = Table(
    1,
    tuple(
        tuple(
            Cell(row, column, 1, 1, (Paragraph(9, text),), text)
            for column, text in enumerate(texts, 1)
        )
        for row, texts in enumerate((("日期", "记录"), ("1月1日", "正常")), 1)
    ),
)


def page(number: int = 1) -> Paragraph:
    """A page of a document, drawn as a picture in a paragraph of its own."""
    return Paragraph(1, "", pictures=(Picture(f"word/media/{number}.jpg", f"{number}-1", 1, 1),))


def ledgers(*blocks: str | Block) -> tuple[Ledger, ...]:
    texts = ("五、绩效分级材料", "2.16.2 台账资料", *blocks)
    made = tuple(
        Paragraph(index, block, level=3 if block.startswith("2.") else None)
        if isinstance(block, str)
        else block
        for index, block in enumerate(texts, 1)
    )
    document = Document("a.docx", "0", 1, made)
    return recognise(document, load_common()).evidence.ledgers


def brief(found: tuple[Ledger, ...]) -> list[tuple[int, str, int, int]]:
    return [(ledger.kind, ledger.title, len(ledger.rows), ledger.pictures) for ledger in found]


def test_pages_below_a_label_are_pictures_of_that_ledger() -> None:
    found = ledgers(
        "（1）生产设备运行管理台账",
        page(1),
        "设备清单 第1页，共2页",
        page(2),
        "设备清单 第2页，共2页",
        "（3）CEMS、DCS/PLC历史运行记录信息",
        page(3),
        "（8）企业运输台账",
    )
    assert brief(found) == [
        (1, "生产设备运行管理台账", 0, 2),
        (3, "CEMS、DCS/PLC历史运行记录信息", 0, 1),
        (8, "企业运输台账", 0, 0),
    ]


def test_pages_stand_beside_the_table_of_the_same_ledger() -> None:
    found = ledgers("（4）主要原辅料消耗记录", TABLE, page(), "台账封面")
    assert [(kind, rows, pictures) for kind, _, rows, pictures in brief(found)] == [
        (4, 1, 0),
        (4, 0, 1),
    ]


def test_pages_before_any_label_are_of_no_kind() -> None:
    assert [ledger.kind for ledger in ledgers(page(), "（8）企业运输台账", page(2))] == [0, 8]
