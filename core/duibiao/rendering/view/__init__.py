"""Dossier, annex and law → what a template prints: the view says what there is, the template how it looks."""

from duibiao.rendering.view.dossier import dossier_view
from duibiao.rendering.view.notice import notice_view, opinions, review_of
from duibiao.rendering.view.plan import plan_view
from duibiao.rendering.view.review import review_view

__all__ = ["dossier_view", "notice_view", "opinions", "plan_view", "review_of", "review_view"]
