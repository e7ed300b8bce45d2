"""The passage that is shown of a document: its section, its rows, its marks."""

from typing import Any

from duibiao.web.passage import BEFORE, ROWS, ROWS_BESIDE, Part, Passage, passage

NAME = "材料.docx"


def place(**given: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("table", "row", "column", "paragraph", "page", "sheet"))
    return {"file": NAME, "text": "某处", **empty, **given}


def paragraph(
    number: int, text: str = "", level: int | None = None, **given: Any
) -> dict[str, Any]:
    return {
        "paragraph": number, "number": "", "level": level, "text": text, "pictures": [], "centred": False,
        "contents": False, "page": None, "box": None, **given,
    }  # fmt: skip


def cell(row: int, column: int, rowspan: int = 1, colspan: int = 1, **given: Any) -> dict[str, Any]:
    return {
        "row": row, "column": column, "rowspan": rowspan, "colspan": colspan, "text": f"{row}-{column}",
        "pictures": [], "page": None, "box": None, **given,
    }  # fmt: skip


def table(number: int, cells: list[dict[str, Any]]) -> dict[str, Any]:
    rows = max(c["row"] + c["rowspan"] - 1 for c in cells)
    columns = max(c["column"] + c["colspan"] - 1 for c in cells)
    return {"table": number, "header_rows": 0, "rows": rows, "columns": columns, "cells": cells}


def view(*blocks: dict[str, Any], pages: list[list[float]] | None = None) -> dict[str, Any]:
    return {"documents": [{"name": NAME, "pages": pages or [], "blocks": list(blocks)}]}


def marks(part: Part) -> list[tuple[str, str]]:
    """Texts and marks of the marked cells of a table."""
    return [(s.cell["text"], s.mark) for _, cells in part.rows for s in cells if s.mark]


def test_a_paragraph_is_shown_with_its_section() -> None:
    blocks = [
        paragraph(1, "前", 1),
        paragraph(2, "甲", 1),
        paragraph(3),
        paragraph(4),
        paragraph(5, "乙", 2),
    ]
    found = passage(view(*blocks), place(paragraph=4))
    assert [(part.block["paragraph"], part.mark) for part in found.parts] == [
        (2, ""),
        (3, ""),
        (4, "here"),
    ]


def test_a_section_without_end_is_cut() -> None:
    found = passage(view(*(paragraph(n) for n in range(1, 200))), place(paragraph=100))
    numbers = [part.block["paragraph"] for part in found.parts]
    assert numbers == list(range(100 - BEFORE, 130))


def test_a_cell_is_marked_whatever_it_covers_and_so_are_further_places() -> None:
    grid = table(
        3,
        [
            cell(1, 1),
            cell(1, 2, colspan=2),
            cell(2, 1, rowspan=2),
            cell(2, 2),
            cell(2, 3),
            cell(3, 2),
            cell(3, 3),
        ],
    )
    found = passage(view(grid), place(table=3, row=3, column=1), [place(table=3, row=1, column=3)])
    assert marks(found.parts[0]) == [("1-2", "also"), ("2-1", "here")]


def test_a_row_and_a_whole_table_are_marked_where_only_they_are_given() -> None:
    grid = table(3, [cell(r, c) for r in (1, 2) for c in (1, 2)])
    row = passage(view(grid), place(table=3, row=2))
    whole = passage(view(grid), place(table=3))
    assert marks(row.parts[0]) == [("2-1", "here"), ("2-2", "here")]
    assert len(marks(whole.parts[0])) == 4


def test_a_long_table_is_shown_around_its_row_with_the_head() -> None:
    grid = table(3, [cell(1, 1), *(cell(r, 1) for r in range(2, 400)), cell(400, 1)])
    found = passage(view(grid), place(table=3, row=200, column=1)).parts[0]
    assert [n for n, _ in found.rows] == [1, *range(200 - ROWS, 200 + ROWS + 1)]
    assert found.gaps == {200 - ROWS, 401}
    assert marks(found) == [("200-1", "here")]


def test_a_cell_that_begins_in_rows_left_out_begins_where_they_end() -> None:
    grid = table(3, [cell(1, 1), cell(2, 1, rowspan=299), *(cell(r, 2) for r in range(1, 301))])
    found = passage(view(grid), place(table=3, row=200, column=2)).parts[0]
    first = dict(found.rows)[200 - ROWS]
    assert [(s.cell["text"], s.rowspan) for s in first] == [
        ("2-1", 2 * ROWS + 1),
        (f"{200 - ROWS}-2", 1),
    ]


def test_of_other_tables_the_beginning_is_shown() -> None:
    other = table(4, [cell(r, 1) for r in range(1, 50)])
    found = passage(view(paragraph(1), other), place(paragraph=1))
    assert [n for n, _ in found.parts[1].rows] == list(range(1, ROWS_BESIDE + 1))
    assert found.parts[1].gaps == {50}


def test_a_place_that_is_not_in_the_document_is_said_not_to_be_found() -> None:
    assert passage(view(paragraph(1)), place(table=9)) == Passage(0, NAME, found=False)
    assert passage(view(paragraph(1)), place()) == Passage(0, NAME, found=False)


def test_the_second_document_is_chosen_by_its_name() -> None:
    both = view(paragraph(1, "正文"))
    both["documents"].append({"name": "方案.docx", "pages": [], "blocks": [paragraph(1, "方案")]})
    found = passage(both, place(file="方案.docx", paragraph=1))
    assert (found.number, found.parts[0].block["text"]) == (1, "方案")


PAGES = [[595.0, 842.0], [842.0, 595.0]]


def test_a_place_on_a_page_has_a_box_and_the_size_of_its_page() -> None:
    grid = table(
        3, [cell(1, 1, page=2, box=(10, 20, 30, 40)), cell(1, 2, page=2, box=(30, 20, 60, 40))]
    )
    found = passage(view(grid, pages=PAGES), place(table=3, row=1, column=2, page=2))
    assert found == Passage(
        0,
        NAME,
        found=True,
        page=2,
        pages=2,
        size=(842.0, 595.0),
        boxes=(("here", (30, 20, 60, 40)),),
    )
    row = passage(view(grid, pages=PAGES), place(table=3, row=1, page=2))
    assert row.boxes == (("here", (10, 20, 60, 40)),)


def test_another_page_is_turned_to_within_the_document() -> None:
    line = paragraph(1, page=1, box=(1, 2, 3, 4))
    for asked, shown, boxes in ((1, 1, 1), (2, 2, 0), (99, 2, 0)):
        found = passage(view(line, pages=PAGES), place(paragraph=1, page=1), page=asked)
        assert (found.page, len(found.boxes)) == (shown, boxes)


def test_a_place_whose_box_is_not_known_shows_its_page() -> None:
    grid = table(3, [cell(1, 1)])
    found = passage(view(grid, pages=PAGES), place(table=3, row=1, column=1, page=2))
    assert (found.found, found.page, found.boxes) == (True, 2, ())
