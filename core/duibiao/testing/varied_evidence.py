"""Evidence folders that differ: with and without seal and signature, more photos, documents of many pages."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from duibiao.project.evidence.placing import CONTRACTS, SEALS
from duibiao.testing.filing import small_pdf
from duibiao.testing.pictures import photo
from duibiao.testing.varied_texts import Draw

_MOST_PAGES = 4
_MOST_PHOTOS = 3


@st.composite
def varied_files(draw: Draw, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Draw a change of evidence that leaves it complete.

    Args:
        draw: Given by hypothesis.
        files: The evidence, by name below 证据/; it has what it needs.
    """
    found = dict(files)
    for name in (f"{SEALS}/公章.png", f"{SEALS}/签字.png"):
        if not draw(st.booleans()):
            del found[name]
    for name in files:
        folder, _, file = name.rpartition("/")
        if file.startswith("现场照片"):
            for number in range(draw(st.sampled_from((0, 0, 0, 1, _MOST_PHOTOS)))):
                more = f"{folder}/现场照片{number + 2}.png"
                found[more] = photo(f"{name} {number}")
        elif folder.endswith(CONTRACTS) and draw(st.booleans()):
            found[f"{folder}/采购合同.pdf"] = small_pdf(draw(st.integers(1, _MOST_PAGES)))
        elif file.endswith(".pdf"):
            found[name] = small_pdf(draw(st.integers(1, _MOST_PAGES)))
    return found
