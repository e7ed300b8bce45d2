"""The catalogue of rules as a small web site: a page with all of them, and one for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from duibiao.law.provenance import Citation
from duibiao.model.classes import dataclass
from duibiao.rules.definition import Rule

INDEX = "index.html"


TOPICS = {
    "DB-1xx": "身份", "DB-2xx": "完整", "DB-3xx": "一致", "DB-4xx": "限值", "DB-5xx": "日期",
    "DB-6xx": "运输和监控", "DB-7xx": "一厂一策", "DB-8xx": "照片", "DB-9xx": "文字规范", "WV-0xx": "豁免",
}  # fmt: skip
"""What the hundreds of core's own codes are about; those of plugins are about their industry."""


@dataclass(frozen=True, slots=True)
class Article:
    """A citation of a rule, with its wording where that is on file."""

    citation: Citation
    wording: str

    @property
    def since(self) -> str:
        """Since when its document holds, in words, or ""."""
        return str(self.citation.source.start) if self.citation.source.start else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """规则页: a rule with its articles."""

    rule: Rule
    articles: tuple[Article, ...]

    @property
    def page(self) -> str:
        """Name of its page."""
        return f"{self.rule.code}.html"

    @property
    def hundred(self) -> str:
        """The hundred that its code is of, such as ``DB-1xx``."""
        return f"{self.rule.code[:-2]}xx"


def entries(
    rules: Sequence[Rule],
    cite: Callable[[Rule, str], Citation],
    wording: Callable[[Citation], str],
) -> tuple[Entry, ...]:
    """Look up what rules cite.

    Args:
        rules: The rules.
        cite: Gives the citation that a rule writes.
        wording: Gives the text of an article, or "".

    Raises:
        KeyError: If a citation leads nowhere.
    """
    return tuple(
        Entry(
            rule,
            tuple(
                Article(citation, wording(citation))
                for citation in (cite(rule, written) for written in rule.cites)
            ),
        )
        for rule in rules
    )


def render(catalogue: Sequence[Entry]) -> Mapping[str, str]:
    """Return the pages of the site by file name.

    Raises:
        DuibiaoError: If no template distribution is installed.
    """
    from duibiao.reports.templates import environment

    hundreds: dict[str, list[Entry]] = {}
    for entry in catalogue:
        hundreds.setdefault(entry.hundred, []).append(entry)
    index = environment().get_template("catalogue.html").render(hundreds=hundreds)
    page = environment().get_template("rule.html")
    return {INDEX: index, **{entry.page: page.render(entry=entry) for entry in catalogue}}
