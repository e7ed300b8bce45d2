"""The parts of the plugin contract: each looks at what the hooks gave and yields what is wrong."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date, timedelta
from itertools import product

from duibiao.law import Book, CommonLaw, Law, LawInForce, Volume
from duibiao.law.in_force import HOME_REGIONS
from duibiao.law.provenance import Citation, Provenance, Scope, SourceKind, Standing
from duibiao.law.records import (
    Basis,
    Branch,
    Edition,
    EvidenceItem,
    Industry,
    Limit,
    Process,
    ReductionMeasure,
    Requirement,
)
from duibiao.law.schema import EVIDENCE_SECTIONS, INDICATORS
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.grades import SELF_CHOSEN, Grade
from duibiao.model.plan import AlertLevel
from duibiao.model.quantities import halfwidth
from duibiao.plugins import CORE_PREFIX
from duibiao.rules.definition import PARTS, Rule
from duibiao.rules.engine import Status, run
from duibiao.testing import enterprises
from duibiao.testing.dossiers import clean_dossier

SECTIONS = tuple(number for number in EVIDENCE_SECTIONS if number.count(".") == 1)
"""Sections of the evidence, 2.1 to 2.18."""

MEASURES_TOPIC = "减排措施"
"""What the topic of a hole says that stands for missing measures."""


@dataclass(frozen=True, slots=True)
class Subject:
    """受检插件: everything that the hooks of a plugin gave, all of the right type.

    Attributes:
        book: Industry, editions, tables, checklists and measures.
        rules: Rules.
        common: The common law, whose sources a plugin may cite.
        dossiers: Dossiers to run the rules over, beside the program's own.
    """

    book: Book
    rules: tuple[Rule, ...]
    common: CommonLaw
    dossiers: tuple[Dossier, ...] = ()

    @property
    def industry(self) -> Industry:
        """The industry."""
        return self.book.industry

    def scopes(self) -> Iterator[tuple[Edition, Volume, Branch]]:
        """Yield every edition with its volume and every branch."""
        for (edition, volume), branch in product(self.book.volumes, self.industry.branches):
            yield edition, volume, branch


def identity(subject: Subject) -> Iterator[str]:
    """Yield what is wrong with key, prefix, branches, processes and editions."""
    industry = subject.industry
    if not re.fullmatch(r"[a-z][a-z0-9_]*", industry.key):
        yield f"key {industry.key!r} 不合格式；请用小写字母、数字和下划线"
    if not re.fullmatch(r"[A-Z]{3}", industry.prefix):
        yield f"prefix {industry.prefix!r} 不合格式；请用三个大写字母"
    if industry.prefix == CORE_PREFIX:
        yield f"prefix {CORE_PREFIX} 归核心程序所有；请换一个前缀"
    for what, keys in (
        ("行业分支", [branch.key for branch in industry.branches]),
        ("工序", [process.key for process in industry.processes]),
        ("版本", [edition.provenance.id for edition in industry.editions]),
        ("来源", [source.id for source in industry.sources]),
    ):
        if not keys and what in ("行业分支", "版本"):
            yield f"没有{what}；至少要有一个"
        yield from (f"{what} {key} 重复；请换一个编号" for key in _repeated(keys))
    starts = [edition.start.earliest() for edition in industry.editions]
    if starts != sorted(starts):
        yield "版本没有按起始日期排列；请从旧到新排列"
    for branch in industry.branches:
        yield from (
            f"行业分支 {branch.key} 的等级 {g} 重复；请删去一个" for g in _repeated(branch.ladder)
        )


def editions(subject: Subject) -> Iterator[str]:
    """Yield what does not answer the edition asked for, and rows that name what does not exist."""
    branches = {branch.key for branch in subject.industry.branches}
    processes = {process.key for process in subject.industry.processes} | {"*"}
    known = {edition.provenance.id for edition in subject.industry.editions}
    for edition, volume in subject.book.volumes:
        asked = edition.provenance.id
        for hook, answered in (
            ("duibiao_indicator_table", volume.table.edition),
            ("duibiao_evidence_checklist", volume.checklist.edition),
        ):
            if answered != asked:
                yield f"{hook}({asked})：给出的是版本 {answered!r}；请给出所问的版本"
        for name, scope in _scopes(volume):
            yield from (
                f"{asked} 的 {name}：行业分支 {key} 不存在；可用：{'、'.join(sorted(branches))}"
                for key in scope.branches
                if key not in branches
            )
            if scope.edition and scope.edition not in known:
                yield f"{asked} 的 {name}：版本 {scope.edition} 不存在；可用：{'、'.join(sorted(known))}"
            elif scope.edition not in ("", asked):
                yield f"{asked} 的 {name}：属版本 {scope.edition}；请只给出所问版本的内容"
        for limit in volume.table.limits:
            if limit.process not in processes:
                yield f'{asked} 的 {limit.provenance.id}：工序 {limit.process} 未登记；请先登记，或写 "*"'


def tables(subject: Subject) -> Iterator[str]:
    """Yield branches of which a table says neither anything nor where to look."""
    for edition, volume, branch in subject.scopes():
        table = volume.table
        told: tuple[Limit | Requirement, ...] = (*table.limits, *table.requirements)
        if not any(_of(row.scope.branches, branch) for row in told) and not any(
            _of(hole.branches, branch) for hole in table.holes
        ):
            yield (
                f"duibiao_indicator_table({edition.provenance.id})：行业分支 {branch.key} "
                "没有限值、要求，也没有注明缺什么；请补写，或登记 [[hole]] 并写明到哪份文件里找"
            )
    for _, volume in subject.book.volumes[:1]:
        for hole in volume.table.holes:
            if not (hole.what.strip() and hole.look_in.strip()):
                yield f"{hole.id}：没有写缺什么、到哪里找；请补写 what 和 look_in"


def standings(subject: Subject) -> Iterator[str]:
    """Yield rows whose standing is not earned by what they cite, and ids that stand for two rows."""
    rows: dict[str, Provenance] = {}
    for origin in _origins(subject):
        if rows.setdefault(origin.id, origin) != origin:
            yield f"{origin.id}：两行同用一个编号；请换一个编号"
    for origin in rows.values():
        read = [cite.source for cite in origin.cites if cite.source.read]
        if not origin.cites:
            yield f"{origin.id}：没有引用来源；请在 cites 中写明"
        if origin.standing is Standing.OFFICIAL and not any(
            source.kind is SourceKind.OFFICIAL for source in read
        ):
            yield f"{origin.id}：official 须引用一份已读到的官方文本；请改引用，或改为 secondary/recalled"
        if origin.standing is Standing.SECONDARY and not read:
            yield f"{origin.id}：secondary 须引用一份已读到的来源；请改引用，或改为 recalled"
        if origin.confidence and origin.standing is not Standing.RECALLED:
            yield f"{origin.id}：confidence 只用于 recalled；请删去，或改正 standing"
        yield from (
            f"{origin.id}：{fault}" for cite in origin.cites if (fault := _lost(cite, subject))
        )


def order(subject: Subject) -> Iterator[str]:
    """Yield requirements that do not stand in the order of the nineteen indicators."""
    place = {name: number for number, name in enumerate(INDICATORS)}
    for edition, volume in subject.book.volumes:
        asked, reached = edition.provenance.id, 0
        for row in volume.table.requirements:
            if row.indicator not in place:
                yield f"{asked} 的 {row.provenance.id}：{row.indicator!r} 不是十九项差异化指标之一"
            elif place[row.indicator] < reached:
                yield (
                    f"{asked} 的 {row.provenance.id}：“{row.indicator}”排在"
                    f"“{INDICATORS[reached]}”之后；请按十九项差异化指标的顺序排列"
                )
            else:
                reached = place[row.indicator]


def checklists(subject: Subject) -> Iterator[str]:
    """Yield sections of the evidence of which a checklist says nothing, or nothing clear."""
    for edition, volume, branch in subject.scopes():
        hook = f"duibiao_evidence_checklist({edition.provenance.id})"
        items = [item for item in volume.checklist.items if _of(item.branches, branch)]
        numbers = [item.number for item in items]
        for number in SECTIONS:
            if number not in numbers:
                yield (
                    f"{hook}：行业分支 {branch.key} 没有说 {number} 是否涉及；"
                    '请补写 [[section]]，不涉及的写 applies = "no"'
                )
        for number in _repeated(numbers):
            yield f"{hook}：行业分支 {branch.key} 的 {number} 有两条；请合并为一条"
        for item in items:
            if item.number not in EVIDENCE_SECTIONS:
                yield f"{hook}：没有 {item.number} 这一节；请写 2.1 至 2.18"
            if item.applies not in ("yes", "when", "no"):
                yield f"{hook}：{item.number} 的 applies 为 {item.applies!r}；请写 yes、when 或 no"
            if (item.applies == "when") is not bool(item.when):
                yield f'{hook}：{item.number} 的 when 须与 applies = "when" 同时写明'


def measures(subject: Subject) -> Iterator[str]:
    """Yield grades and alert levels for which there is neither a measure nor a hole."""
    for edition, volume, branch in subject.scopes():
        if any(
            _of(hole.branches, branch) and MEASURES_TOPIC in hole.topic
            for hole in volume.table.holes
        ):
            continue
        for grade, level in product(branch.ladder, AlertLevel):
            if not any(_binds(row, branch, grade, level) for row in volume.measures):
                kind = "自主减排" if grade in SELF_CHOSEN else "停限产等"
                yield (
                    f"duibiao_emission_reduction_measures({edition.provenance.id})：行业分支 {branch.key} "
                    f"{grade.label}{level}预警没有{kind}措施；请补写，或登记 topic 为“应急{MEASURES_TOPIC}”的 [[hole]]"
                )


def rules(subject: Subject) -> Iterator[str]:
    """Yield rules whose code, page or citations are not right."""
    prefix = subject.industry.prefix
    yield from (
        f"规则编号 {code} 重复；请换一个编号"
        for code in _repeated([rule.code for rule in subject.rules])
    )
    for rule in subject.rules:
        if not re.fullmatch(rf"{re.escape(prefix)}-\d{{3}}", rule.code):
            yield f"规则 {rule.code} 应为 {prefix}- 加三位数字；请改正编号"
        told = dict(rule.parts)
        missing = [part for part in PARTS if not told.get(part)]
        if missing or not rule.title:
            yield f"规则 {rule.code} 的说明缺少：{'、'.join(missing) or '首行（问题是什么）'}"
        if not rule.cites:
            yield f"规则 {rule.code} 没有引用条款；请在 cites 中写明“来源:条款”"
        law = LawInForce(date.max, subject.common, subject.industry)
        for text in rule.cites:
            try:
                fault = _lost(law.cite(text), subject)
            except KeyError:
                fault = f"引用的 {text!r} 未登记；请在 sources.toml 中登记"
            if fault:
                yield f"规则 {rule.code}：{fault}"


def robustness(subject: Subject) -> Iterator[str]:
    """Yield rules that raise, or that judge one dossier in two ways."""
    told = set()
    everything = [*_dossiers(), *subject.dossiers]
    for law, dossier in product(_laws(subject), everything):
        once, again = (run(subject.rules, dossier, law) for _ in range(2))
        for one, other in zip(once, again, strict=True):
            if one.status is Status.CRASHED:
                fault = f"规则 {one.rule.code} 出错：{one.reason}"
            elif one != other:
                fault = f"规则 {one.rule.code} 两次结果不同；规则只能看申报材料和法规"
            else:
                continue
            if fault not in told:
                told.add(fault)
                branch = law.branch.key if law.branch else ""
                yield f"{fault}（{dossier.source.name}，{branch}，{law.grade.label if law.grade else '等级不明'}，{law.day}）"


def ambiguities(subject: Subject) -> Iterator[str]:
    """Yield keywords that lead to two processes of one branch, and names that lead to two branches."""
    industry = subject.industry
    for branch in industry.branches:
        owners: dict[str, set[str]] = {}
        for process in industry.processes:
            if _of(process.branches, branch):
                for keyword in process.keywords:
                    owners.setdefault(_plain(keyword), set()).add(process.key)
        for keyword, keys in owners.items():
            if len(keys) > 1:
                yield (
                    f"行业分支 {branch.key}：“{keyword}”同时指向工序 {'、'.join(sorted(keys))}；"
                    "请只留在一个工序里"
                )
    named: dict[str, set[str]] = {}
    for branch in industry.branches:
        for name in (branch.name, *branch.aliases):
            named.setdefault(_plain(name), set()).add(branch.key)
    for name, keys in named.items():
        if not name:
            yield f"行业分支 {'、'.join(sorted(keys))} 有空的名称；请删去"
        elif len(keys) > 1:
            yield f"“{name}”同时指向行业分支 {'、'.join(sorted(keys))}；请只留在一个分支里"


EVERY: tuple[Callable[[Subject], Iterator[str]], ...] = (
    identity,
    editions,
    tables,
    standings,
    order,
    checklists,
    measures,
    rules,
    robustness,
    ambiguities,
)
"""Everything but the second call of the hooks, which needs the plugin itself."""


# ---------------------------------------------------------------------------------------- helpers


def _dossiers() -> Iterator[Dossier]:
    """Yield an empty dossier, each complete sample, and each sample without one of its parts."""
    empty = Dossier(SourceFile("空白材料.docx", "0" * 64, 0))
    yield empty
    for name in enterprises.names():
        whole = clean_dossier(name)
        yield whole
        for part in fields(Dossier):
            if part.default is not MISSING:
                source = replace(whole.source, name=f"{whole.source.name}（没有 {part.name}）")
                yield replace(whole, **{part.name: part.default, "source": source})


def _laws(subject: Subject) -> Iterator[LawInForce]:
    """Yield the law of every branch, grade and edition, and that of the day before the first one."""
    starts = [edition.start.earliest() for edition in subject.industry.editions]
    days = [*(start - timedelta(days=1) for start in starts[:1]), *starts]
    for branch, day in product(subject.industry.branches, days):
        for grade in (*branch.ladder, None):
            yield Law(subject.common, subject.book, branch, grade=grade).on(day)


def _origins(subject: Subject) -> Iterator[Provenance]:
    """Yield where every row comes from."""
    industry = subject.industry
    own: tuple[Branch | Process | Edition, ...] = (
        *industry.branches,
        *industry.processes,
        *industry.editions,
    )
    yield from (row.provenance for row in own)
    for _, volume in subject.book.volumes:
        yield from (row.provenance for row in (*_scoped(volume), *_listed(volume)))


def _scopes(volume: Volume) -> Iterator[tuple[str, Scope]]:
    """Yield the id of every row of a volume and to what it applies."""
    for scoped in _scoped(volume):
        yield scoped.provenance.id, scoped.scope
    for listed in _listed(volume):
        yield listed.provenance.id, Scope(listed.branches)
    for hole in volume.table.holes:
        yield hole.id, Scope(hole.branches)


def _scoped(volume: Volume) -> tuple[Limit | Requirement | ReductionMeasure, ...]:
    return (*volume.table.limits, *volume.table.requirements, *volume.measures)


def _listed(volume: Volume) -> tuple[Basis | EvidenceItem, ...]:
    return (*volume.table.bases, *volume.checklist.items)


def _lost(cite: Citation, subject: Subject) -> str:
    """Return why a citation leads nowhere, or ""."""
    common, source = subject.common, cite.source.id
    if source not in {own.id for own in subject.industry.sources} | set(common.sources):
        return f"引用的 {source!r} 未登记；请在 sources.toml 中登记"
    on_file = any(held == source for held, _ in common.articles)
    if cite.place and on_file and (source, cite.place) not in common.articles:
        return f"{source} 没有“{cite.place}”；请核对条款"
    return ""


def _binds(row: ReductionMeasure, branch: Branch, grade: Grade, level: AlertLevel) -> bool:
    return (
        not row.precedent
        and (row.kind == "self_chosen") is (grade in SELF_CHOSEN)
        and row.scope.region in HOME_REGIONS
        and _of(row.scope.branches, branch)
        and (not row.grades or grade in row.grades)
        and level in row.levels
    )


def _of(branches: tuple[str, ...], branch: Branch) -> bool:
    return not branches or branch.key in branches


def _repeated(keys: Iterable[str]) -> list[str]:
    return [key for key, count in Counter(keys).items() if count > 1]


def _plain(text: str) -> str:
    return "".join(halfwidth(text).casefold().split())
