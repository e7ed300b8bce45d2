"""A project → its package (成果): Word, PDF, plan and review form, all at once or not at all."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from duibiao import __version__
from duibiao.document.office import office_program, paginate
from duibiao.model.annex import Annex, Exhibit
from duibiao.model.classes import dataclass
from duibiao.model.errors import BuildError
from duibiao.project.facts import same_facts
from duibiao.project.names import DOSSIER, FOLDER, PLAN, REPORT, RESULT, REVIEW
from duibiao.rendering.engine import WordTemplate
from duibiao.rendering.finding_templates import TemplateSet
from duibiao.rendering.manifest import Mark, Origin, mark, write_manifest
from duibiao.rendering.output import publish
from duibiao.rendering.pdf.assembling import Filling, Imprint, assemble
from duibiao.rendering.pictures import PictureReader, picture_bytes
from duibiao.rendering.placeholders import placeholder
from duibiao.rendering.settling import Pages, not_settled, settle
from duibiao.rendering.view import dossier_view, opinions, plan_view, review_view
from duibiao.rendering.writing import written
from duibiao.reports import faces
from duibiao.reports.faces import Face
from duibiao.reports.model import CheckReport
from duibiao.rules.definition import Severity
from duibiao.service.own import PAPER
from duibiao.service.package import read_package, with_plan
from duibiao.service.project import Project

STAMPS = ("公章", "签字")
"""Keys by which the view calls the pictures of seal and signature."""

_SHOWN = 5

_PARTS = {
    "cover": "封面", "contents": "目录", "sections": "标题", "form": "申请表", "letters": "承诺书",
    "profile": "企业基本信息", "compliance": "环保守法说明", "production": "产品、原料和运输", "outlets": "有组织排放",
    "fugitives": "无组织排放", "indicators": "对标总表", "evidence": "证明材料", "plan": "一厂一策",
    "paragraphs": "正文", "unread": "没有读懂的内容",
}  # fmt: skip
"""Part of a dossier → what users call it."""

View = Callable[..., Mapping[str, object]]


@dataclass(frozen=True, slots=True)
class Made:
    """编制结果: what came of a build.

    Attributes:
        folder: The package.
        files: Names of its files.
        is_draft: It was made in spite of errors, and says 草稿 on every page.
        notes: What the user should know or do, in words.
    """

    folder: Path
    files: tuple[str, ...]
    is_draft: bool
    notes: tuple[str, ...]


def build(project: Project, report: CheckReport, templates: TemplateSet) -> Made:
    """Write the package of a project into its folder 成果, at once or not at all.

    Args:
        project: The project.
        report: What checking it has found; with errors the package is a draft.
        templates: The Word templates.

    Raises:
        BuildError: A file cannot be read or written, or pages do not come to rest.
        TemplateError: A template does not fit.
    """
    target = project.folder / RESULT
    is_draft = report.count(Severity.ERROR) > 0
    with publish(target) as staging:
        desk = _Desk(project, staging.folder, is_draft)
        desk.dossier(templates.dossier)
        desk.plan(templates.plan)
        desk.review(templates.review, report)
        desk.prove()
        (staging.folder / f"{REPORT}.html").write_text(
            faces.render(report, Face.HTML), encoding="utf-8"
        )
        write_manifest(staging.folder, _origin(project, templates, is_draft))
        files = tuple(sorted(path.name for path in staging.folder.iterdir()))
    kept = [f"原有的“{name}”不是程序写的，保留在成果文件夹中" for name in staging.kept]
    notes = (*templates.warnings, *desk.notes, *_by_hand(project.composition.annex), *kept)
    return Made(target, files, is_draft, notes)


@dataclass(slots=True)
class _Desk:
    """Where the files of one package are made."""

    project: Project
    folder: Path
    is_draft: bool
    notes: tuple[str, ...] = ()

    def dossier(self, template: WordTemplate) -> None:
        """Make 申报材料: the PDF says on which pages things stand, the Word file shows them."""
        composed = self.project.composition
        law, draft = self.project.terms.law, self.is_draft
        view = partial(dossier_view, composed.dossier, composed.annex, law, draft=draft)
        fillings = _fillings(composed.annex)
        if office_program() is None:
            self.notes += (not_settled(f"{DOSSIER}.docx"),)
            self._write(template, view, DOSSIER)
            return

        def layout(pages: Pages | None) -> bytes:
            return _rendered(template, view(pages=pages, read=_blank))

        settled = settle(layout, f"{DOSSIER}.docx")
        self._write(template, partial(view, pages=settled.pages), DOSSIER)
        self._pdf(settled.pdf, fillings, DOSSIER)

    def plan(self, template: WordTemplate) -> None:
        """Make 一厂一策实施方案."""
        composed = self.project.composition
        view = partial(plan_view, composed.dossier, composed.annex, draft=self.is_draft)
        self._write(template, view, PLAN)
        if office_program() is not None:
            sealed = replace(composed.annex, exhibits={}, signature=None)
            layout = paginate(_rendered(template, view(read=_blank)), f"{PLAN}.docx")
            self._pdf(layout, _fillings(sealed), PLAN)

    def review(self, template: WordTemplate, report: CheckReport) -> None:
        """Make 审核意见表, with what checking has found."""
        dossier = self.project.composition.dossier
        self._write(template, lambda **_: review_view(dossier, opinions(report)), REVIEW)

    def prove(self) -> None:
        """Read the package as anybody would, and make sure that it says what the project says.

        Raises:
            BuildError: It does not. A draft may: what is wrong in it cannot always be read again; then it is noted.
        """
        common = self.project.terms.law.common
        main, plan = (
            read_package(self.folder / f"{name}.docx", f"{name}.docx", common, paginate=False)
            for name in (DOSSIER, PLAN)
        )
        read = with_plan(main.dossier, plan.dossier)
        wrong = [
            *map(_in_words, same_facts(self.project.composition.dossier, read)),
            *(f"{unread.at.quoted()}：{unread.what}，{unread.why}" for unread in read.unread),
        ]
        if self.is_draft:
            self.notes += tuple(f"草稿读回来与申报数据不一致：{line}" for line in wrong)
        elif wrong:
            shown = "\n".join(f"  {line}" for line in wrong[:_SHOWN])
            more = f"\n  等 {len(wrong)} 处" if len(wrong) > _SHOWN else ""
            raise BuildError(
                "编成的文件读回来与申报数据不一致，没有写出：\n"
                f"{shown}{more}\n"
                "用了自己的模板的，请核对上面各处在模板里有没有印出；没有用的，请把这几行报告给维护者。"
            )

    def _write(self, template: WordTemplate, view: View, name: str) -> None:
        with PictureReader() as read, written(self.folder / f"{name}.docx") as stream:
            template.render(view(read=read), stream, properties=self._properties(name))

    def _pdf(self, layout: bytes, fillings: Mapping[str, Filling], name: str) -> None:
        properties = self._properties(name)
        imprint = Imprint(properties["title"], properties["creator"])
        self.notes += assemble(layout, fillings, self.folder / f"{name}.pdf", imprint)

    def _properties(self, name: str) -> dict[str, str]:
        form = self.project.composition.dossier.form
        enterprise = form.enterprise.value if form and form.enterprise else ""
        category = PAPER if name == REVIEW else ""
        return {"title": f"{enterprise}{name}", "creator": enterprise, "category": category}


def _rendered(template: WordTemplate, view: Mapping[str, object]) -> bytes:
    stream = io.BytesIO()
    template.render(view, stream)
    return stream.getvalue()


def _in_words(difference: str) -> str:
    """Return a difference of `same_facts` as users may read it, its path behind for those who look into it."""
    path, _, said = difference.partition(": ")
    before, unequal, after = said.partition(" ≠ ")
    if unequal:
        said = "，读回来是 ".join("空白" if one == "None" else one for one in (before, after))
    return f"{_PARTS[re.split(r'[.[]', path)[0]]}：{said}（{path}）"


def _blank(exhibit: Exhibit) -> tuple[bytes, str]:
    return placeholder(exhibit.key), ".png"


def _fillings(annex: Annex) -> dict[str, Filling]:
    """Return what takes the place of each blank of the layout."""
    fillings = {key: _filling(exhibit) for key, exhibit in annex.exhibits.items()}
    for key, path in zip(STAMPS, (annex.seal, annex.signature), strict=True):
        if path is not None:
            fillings[key] = _filling(Exhibit(key, path, None, 1, 1, full_page=False))
    return fillings


def _filling(exhibit: Exhibit) -> Filling:
    def picture() -> bytes:
        return picture_bytes(exhibit)[0]

    if exhibit.page is None:
        return Filling(f"《{exhibit.path.name}》", picture)
    name = f"《{exhibit.path.name}》第{exhibit.page}页"
    return Filling(name, picture, exhibit.path, exhibit.page)


def _by_hand(annex: Annex) -> list[str]:
    """Return what is left to pen and seal."""
    missing = [
        what
        for what, path in (
            ("加盖企业公章", annex.seal),
            ("由法定代表人在承诺书上签字", annex.signature),
        )
        if path is None
    ]
    return [f"打印后请{'、'.join(missing)}"] if missing else []


def _origin(project: Project, templates: TemplateSet, is_draft: bool) -> Origin:
    edition, branch = project.terms.law.edition, project.terms.law.branch
    return Origin(
        engine=__version__,
        draft=is_draft,
        templates=templates.hashes,
        editions={branch.name: edition.name} if branch and edition else {},
        inputs=_inputs(project),
    )


def _inputs(project: Project) -> dict[str, Mark]:
    marks = {project.data.file: Mark(project.data.sha256, project.data.size)}
    for file in project.evidence.files:
        marks[f"{FOLDER}/{file.name}"] = mark(file.path)
    return marks
