"""Every face of a report as the bytes of a file; those that are Word files are printed here."""

from __future__ import annotations

import io

from duibiao.reports import faces
from duibiao.reports.faces import Face
from duibiao.reports.model import CheckReport
from duibiao.reports.writing import encode
from duibiao.service.own import PAPER


def encoded(report: CheckReport, face: Face) -> bytes:
    """Return the file of a report.

    Raises:
        DuibiaoError: If no templates are installed, or one does not fit.
    """
    if face.is_text:
        return encode(faces.render(report, face))
    if face is Face.XLSX:
        from duibiao.reports import as_xlsx

        return as_xlsx.render(report)
    return _paper(report, face)


def _paper(report: CheckReport, face: Face) -> bytes:
    from duibiao.rendering.finding_templates import find_paper
    from duibiao.rendering.view import notice_view, review_of

    view = review_of(report) if face is Face.REVIEW else notice_view(report)
    stream = io.BytesIO()
    title = f"{report.enterprise}{face.tail.removeprefix('-')}"
    find_paper(face.value, report.judge.plugin).render(
        view, stream, properties={"title": title, "category": PAPER}
    )
    return stream.getvalue()
