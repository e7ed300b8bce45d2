"""What a change does to a batch: between two days or editions, and between two folders of results."""

# ruff: noqa: S608  the questions are our own

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.batch.runs import Ran, batch, contents, fill, package, put, query

BEFORE, AFTER = "2019-01-01", "340"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give packages, of which one cannot be read."""
    folder = fill(tmp_path_factory.mktemp("source"), 4)
    put(folder / "broken.docx", b"broken")
    return folder


def impact(before: str | Path, after: str | Path, out: Path, *options: str) -> Ran:
    """Run the command to its end."""
    done = subprocess.run(
        [
            sys.executable, "-m", "duibiao", "impact", str(before), str(after), "--out", str(out),
            "--workers", "1", "--progress", "quiet", *options,
        ],
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def changes(out: Path, columns: str, where: str = "true"):
    """Ask the table of changes."""
    return query(
        out, f"SELECT {columns}, count(*) FROM '{out}/impact.parquet' WHERE {where} GROUP BY ALL ORDER BY ALL"
    )  # fmt: skip


@pytest.fixture(scope="module")
def dated(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give what becomes of the packages between a day before the edition and the edition."""
    out = tmp_path_factory.mktemp("impact")
    ran = impact(BEFORE, AFTER, out, "--over", str(source))
    assert (ran.code, ran.err) == (1, "")
    assert ran.out == f"共 5 份，2 份有变化；见 {out}/影响.html\n"
    return out


def test_changes_between_a_day_and_an_edition(dated):
    assert changes(dated, "name, kind, change, before, after") == [
        ("0/000.docx", "verdict", "changes", "未完成检查", "需人工核实", 1),
        ("2/002.docx", "verdict", "changes", "未完成检查", "需人工核实", 1),
    ]


def test_page_leads_to_the_reports(dated):
    page = (dated / "影响.html").read_text("utf-8")
    for words in (
        "2019-01-01",
        "340",
        "共 5 份材料，2 份有变化",
        "1 份至少有一边没有结果",
        "渑池县",
    ):
        assert words in page
    for side in ("甲", "乙"):
        names = [
            row[0] for row in query(dated, f"SELECT report FROM '{dated}/{side}/packages.parquet'")
        ]
        assert sum(f"/{name}" in page for name in names if name) == 2


def test_again_and_the_same_twice(source, dated):
    before = contents(dated)
    assert impact(BEFORE, AFTER, dated, "--over", str(source)).code == 1
    assert contents(dated) == before
    same = impact(dated / "乙", dated / "乙", dated / "same")
    assert (same.code, same.out) == (0, f"共 5 份，0 份有变化；见 {dated}/same/影响.html\n")
    assert changes(dated / "same", "kind") == []


def test_two_folders_of_results(source, dated, tmp_path):
    changed = Path(shutil.copytree(source, tmp_path / "source"))
    (changed / "0/000.docx").unlink()
    put(changed / "new.docx", package(9))
    put(changed / "1/001.docx", package(0))
    for name, folder in (("old", source), ("new", changed)):
        batch(folder, tmp_path / name)
    ran = impact(tmp_path / "old", tmp_path / "new", tmp_path / "out")
    assert (ran.code, ran.err) == (1, "")
    assert query(
        tmp_path / "out",
        f"SELECT name, kind, change, before, after FROM '{tmp_path}/out/impact.parquet' WHERE kind"
        " IN ('package', 'verdict') ORDER BY ALL",
    ) == [
        ("0/000.docx", "package", "vanishes", "需人工核实", ""),
        ("1/001.docx", "verdict", "changes", "不通过", "需人工核实"),
        ("new.docx", "package", "appears", "", "不通过"),
    ]
    for here, there, change in (("old", "new", "vanishes"), ("new", "old", "appears")):
        only = query(
            tmp_path,
            f"SELECT f.code, f.fingerprint FROM '{tmp_path}/{here}/findings.parquet' f ANTI JOIN"
            f" '{tmp_path}/{there}/findings.parquet' USING (name, code, fingerprint) WHERE name = '1/001.docx'"
            " ORDER BY ALL",
        )
        assert bool(only) == (change == "vanishes")
        assert only == query(
            tmp_path,
            f"SELECT code, fingerprint FROM '{tmp_path}/out/impact.parquet' WHERE kind = 'finding'"
            f" AND change = '{change}' ORDER BY ALL",
        )


@pytest.mark.parametrize(
    ("before", "over", "said"),
    [
        ("2019-01-01", False, "“2019-01-01”不是批量审查的结果文件夹"),
        ("nothing", True, "按“nothing”没有一份材料有结果："),
        (
            ".",
            False,
            ". 不是批量审查的结果文件夹（findings.parquet 没有或读不了）；请先运行 duibiao batch",
        ),
    ],
)
def test_what_cannot_be_compared(source, tmp_path, before, over, said):
    ran = impact(before, before, tmp_path / "out", *(["--over", str(source)] if over else []))
    assert ran.code == 2
    assert ran.err.startswith(said)


def test_a_package_without_a_result_afterwards_is_told_by_what_it_was(tmp_path):
    fill(tmp_path / "source", 1)
    assert batch(tmp_path / "source", tmp_path / "before").code == 1
    put(tmp_path / "source/0/000.docx", b"broken")
    assert batch(tmp_path / "source", tmp_path / "after").code == 2
    assert impact(tmp_path / "before", tmp_path / "after", tmp_path / "out").code == 1
    assert changes(tmp_path / "out", "kind, before, after, county") == [
        ("verdict", "需人工核实", "未完成检查", "渑池县", 1),
    ]
    assert "没有写" not in (tmp_path / "out/影响.html").read_text("utf-8")
