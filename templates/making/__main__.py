"""Makes the Word templates: ``python templates/making [FOLDER]``.

Without FOLDER it writes them where the package keeps them; a test holds that they are what this program makes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from basics import basics
from evidence import evidence, indicators
from files import word_file
from front import contents, cover, form, letters
from notice import notice
from pages import document
from plan import plan
from review import review
from words import Shapes

HOME = Path(__file__).resolve().parent.parent / "duibiao_templates"


def made() -> dict[str, bytes]:
    """Return every template by its path in the package."""
    shapes = Shapes()
    dossier = (
        cover(),
        contents(),
        form(shapes),
        letters(shapes),
        basics(shapes),
        indicators(shapes),
        evidence(),
    )
    return {
        "dossier/dossier.docx": word_file(document("".join(dossier)), "绩效分级申报材料"),
        "dossier/plan.docx": word_file(document(plan()), "“一厂一策”实施方案"),
        "forms/notice.docx": word_file(document(notice()), "整改通知", has_draft=False),
        "forms/review.docx": word_file(document(review()), "审核意见表", has_draft=False),
    }


def main() -> None:
    """Write them."""
    home = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME
    for name, data in made().items():
        target = home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    main()
