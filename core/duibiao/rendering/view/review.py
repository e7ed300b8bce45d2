"""The review form (审核意见表, 附件1) as its template sees it: prefilled for the people who review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duibiao.model.dossier import Dossier
from duibiao.rendering.view.tables import text_of


def review_view(
    dossier: Dossier, findings: Sequence[str], *, conclusion: str = ""
) -> Mapping[str, object]:
    """Return what the template of 审核意见表 prints, as `schema.REVIEW` describes it.

    Args:
        dossier: The dossier.
        findings: The findings in words, one a line.
        conclusion: Grade that is concluded; "" leaves it to the reviewers.
    """
    cover, form = dossier.cover, dossier.form
    return {
        "enterprise": text_of(form and form.enterprise) or text_of(cover and cover.enterprise),
        "date": text_of(cover and cover.date),
        "industry": text_of(form and form.industry),
        "grade": text_of(form and form.grade),
        "findings": list(findings),
        "conclusion": conclusion,
    }
