"""What a batch leaves: tables, pages, lists, progress, exit codes; and what it says where it cannot write."""

import json
import re
import resource
import signal
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from tests.batch.runs import batch, begun, command, contents, fill, package, pages, put, query


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give packages, of which one cannot be read."""
    folder = fill(tmp_path_factory.mktemp("source"), 4)
    put(folder / "broken.docx", b"broken")
    return folder


@pytest.fixture(scope="module")
def out(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the results."""
    folder = tmp_path_factory.mktemp("out")
    assert batch(source, folder).code == 2
    return folder


def test_files(out):
    names = {name for name in contents(out) if "/" not in name}
    assert names == {
        "packages.parquet", "findings.parquet", "outcomes.parquet", "汇总.html",
        "绩效分级申报清单.xlsx", "提升企业清单.xlsx", "提升目标表.xlsx",
    }  # fmt: skip
    assert not (out / "汇总").exists()
    times = json.loads((out / "用时.json").read_text("utf-8"))
    assert sorted(times) == [row[0] for row in query(out, "SELECT name FROM 'packages.parquet'")]


def test_tables(out):
    assert query(
        out,
        "SELECT verdict, county, industry, count(*) FROM 'packages.parquet' GROUP BY ALL ORDER BY ALL",
    ) == [
        ("不通过", "兰考县", "家具制造行业", 2),
        ("未完成检查", None, None, 1),
        ("需人工核实", "渑池县", "水泥行业（熟料生产企业）", 2),
    ]
    assert query(
        out,
        "SELECT bool_and(f.n = p.errors) FROM 'packages.parquet' p JOIN (SELECT name, count(*) n FROM"
        " 'findings.parquet' WHERE severity = 'error' AND NOT waived GROUP BY name) f USING (name)",
    ) == [(True,)]
    assert query(
        out,
        "SELECT count(*) FROM 'outcomes.parquet' o LEFT JOIN 'packages.parquet' p USING (name) WHERE p.name IS NULL",
    ) == [(0,)]


def test_every_link_of_the_pages_leads_somewhere(out):
    made = [out / "汇总.html", out / "用时.html", *(out / "汇总").glob("*.html")]
    links = [
        (page.parent / unquote(link)).resolve()
        for page in made
        for link in re.findall(r'href="([^"#:]+)"', page.read_text("utf-8"))
    ]
    assert [str(link) for link in links if not link.is_file()] == []
    assert set(out.resolve().rglob("*.html")) == {link for link in links if link.suffix == ".html"}


def test_exit_codes_and_last_line(tmp_path):
    put(tmp_path / "one/材料.docx", package(0))
    ran = batch(tmp_path / "one", tmp_path / "out")
    first = json.loads(ran.out.splitlines()[0])
    assert (ran.code, first["total"], first["ended"]) == (1, 1, False)
    assert ran.last | {"rate": 0} == {
        "total": 1, "kept": 0, "done": 1, "rate": 0, "seconds_left": 0, "verdicts": {"需人工核实": 1},
        "in_hand": [], "ended": True,
    }  # fmt: skip
    again = batch(tmp_path / "one", tmp_path / "out")
    assert again.last | {"rate": 0} == ran.last | {
        "kept": 1,
        "done": 0,
        "rate": 0,
        "seconds_left": None,
    }


def test_words_for_people(source, out, tmp_path):
    ran = subprocess.run(
        [*command(source, tmp_path / "out"), "--progress", "quiet"], capture_output=True, text=True
    )
    assert ran.stdout == (
        "共 5 份（本次审查 5 份，沿用 0 份）：不通过 2，需人工核实 2，未完成检查 1\n"
        f"结果在 {tmp_path}/out；从 {tmp_path}/out/汇总.html 看起\n"
    )
    assert contents(tmp_path / "out") == contents(out)


def test_two_runs_on_one_folder(source, tmp_path):
    fill(tmp_path / "many", 30)
    with begun(tmp_path / "many", tmp_path / "out") as first:
        while not pages(tmp_path / "out"):
            assert first.poll() is None
        first.send_signal(signal.SIGSTOP)
        ran = batch(source, tmp_path / "out")
    assert (ran.code, ran.err) == (
        2,
        f"{tmp_path}/out 正由另一个批量审查使用；请等它结束，或换一个 --out 文件夹\n",
    )


@pytest.mark.parametrize("reports", [(), ("--no-reports",)])
def test_full_disk_loses_nothing(source, out, tmp_path, reports):
    """No file may grow beyond a size: first pages, then the journal cannot be written."""
    where = tmp_path / "out"
    limit = 60_000 if reports else 30_000

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ran = subprocess.run(
        command(source, where, *reports), preexec_fn=full, capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert re.fullmatch(r".*(?:写不进去|无法写入|写不到).*\n", ran.stderr), ran.stderr
    again = batch(source, where)
    assert again.code == 2
    assert contents(where) == contents(out)


def test_folder_that_cannot_be_made(source, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    for out in (tmp_path / "file", tmp_path / "file/out"):
        ran = batch(source, out)
        assert ran.code == 2
        assert ran.err.count("\n") == 1
        assert str(out) in ran.err


def test_damaged_journal(source, tmp_path):
    put(tmp_path / "out/batch.db", b"no database" * 1000)
    ran = batch(source, tmp_path / "out")
    assert (ran.code, ran.err) == (
        2,
        f"{tmp_path}/out/batch.db 损坏；请删除它后重新审查，或换一个 --out 文件夹\n",
    )
