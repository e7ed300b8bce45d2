"""Where packages come from: a folder, a list, a zip, a bucket; and what is hostile among them."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from moto.server import ThreadedMotoServer
from obstore.store import from_url
from tests.batch.runs import batch, fill, package, put, query, troubled, verdicts

EXPECTED = {
    "0/000.docx": "需人工核实",
    "1/001.docx": "不通过",
    "2/002.zip": "需人工核实",
}


def zipped(files: dict[str, bytes]) -> bytes:
    """Return an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


FILES = {
    "0/000.docx": package(0),
    "1/001.docx": package(1),
    "2/002.zip": zipped({"材料/002.docx": package(2)}),
    "说明.md": b"no package",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with the packages."""
    for name, data in FILES.items():
        put(tmp_path / "材料" / name, data)
    return tmp_path / "材料"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the URL of a prefix in an S3-compatible bucket with the packages."""
    server = ThreadedMotoServer(port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    for name, value in {
        "AWS_ENDPOINT": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "anybody",
        "AWS_SECRET_ACCESS_KEY": "anything",
    }.items():
        monkeypatch.setenv(name, value)
    httpx.put(f"{endpoint}/packages").raise_for_status()
    store = from_url("s3://packages/2026")
    for name, data in FILES.items():
        store.put(name, data)
    yield "s3://packages/2026"
    server.stop()


def test_folder(folder, tmp_path):
    ran = batch(folder, tmp_path / "out")
    assert (ran.code, verdicts(tmp_path / "out")) == (1, EXPECTED)
    assert "没有查看的其他文件：.md 1 个" in (tmp_path / "out/汇总.html").read_text("utf-8")


def test_list_of_files_and_folders(folder, tmp_path):
    text = "# 两处\n材料/0\n材料/1/001.docx\n\n材料/2/002.zip\n材料/没有.docx\n"
    (tmp_path / "清单.txt").write_text(text, "utf-8")
    ran = batch(tmp_path / "清单.txt", tmp_path / "out")
    assert verdicts(tmp_path / "out") == {f"材料/{name}": v for name, v in EXPECTED.items()}
    assert ran.code == 2
    assert "没有.docx：文件不存在；请检查路径" in ran.err
    summary = (tmp_path / "out/汇总.html").read_text("utf-8")
    assert f"没有审查的 1 个：{tmp_path}/材料/没有.docx：文件不存在；请检查路径" in summary


def test_list_as_windows_saves_it(folder, tmp_path):
    (tmp_path / "清单.txt").write_bytes("材料/0\r\n材料/1/001.docx\r\n".encode("gb18030"))
    ran = batch(tmp_path / "清单.txt", tmp_path / "out")
    assert (ran.code, ran.err, ran.last["total"]) == (1, "", 2)


def test_zip_of_packages_and_zips(tmp_path):
    put(tmp_path / "全部.zip", zipped(FILES))
    ran = batch(tmp_path / "全部.zip", tmp_path / "out")
    assert (ran.code, verdicts(tmp_path / "out")) == (1, EXPECTED)


def test_bucket(bucket, tmp_path):
    ran = batch(bucket, tmp_path / "out")
    assert (ran.code, verdicts(tmp_path / "out")) == (1, EXPECTED)


def test_bucket_that_cannot_be_reached(bucket, tmp_path):
    ran = batch(
        bucket,
        tmp_path / "out",
        env={"AWS_ENDPOINT": "http://127.0.0.1:9", "AWS_MAX_RETRIES": "0"},
    )
    assert ran.code == 2
    assert ran.err.startswith("读不到 s3://packages/2026：")
    assert not (tmp_path / "out").exists()


def test_hostile_packages_harm_nobody_else(tmp_path):
    source, good = tmp_path / "材料", package(0)
    fill(source, 2)
    for name, data in {
        "cut.docx": good[: len(good) // 2],
        "empty.docx": b"",
        "noise.zip": bytes(range(256)) * 40,
        "not-word.docx": zipped({"a.txt": b"nothing"}),
        "bomb.zip": zipped({"a.docx": b"\0" * (1 << 20)}),
        "dies.docx": good,
        "hangs.docx": good,
        "grows.docx": good,
        "fails.docx": good,
        "\udcff.docx": good,
    }.items():
        put(source / name, data)
    env = troubled(tmp_path / "trouble")
    ran = batch(source, tmp_path / "out", "--seconds", "8", "--memory", "1024", env=env)
    assert ran.code == 2
    assert ran.err == ""
    assert {name: v for name, v in verdicts(tmp_path / "out").items() if v != "未完成检查"} == {
        "0/000.docx": "需人工核实",
        "1/001.docx": "不通过",
        "\\udcff.docx": "需人工核实",
    }
    problems = dict(
        query(tmp_path / "out", "SELECT name, problem FROM 'packages.parquet' WHERE problem <> ''")
    )
    assert problems.pop("dies.docx") == (
        "dies.docx 使审查进程意外结束；文件可能损坏，请用 Word 另存后再审查"
    )
    assert problems.pop("hangs.docx") == (
        "hangs.docx 审查超过 8 秒，已停止；请检查文件是否损坏或过大"
    )
    assert problems.pop("grows.docx") == (
        "grows.docx 需要的内存超过上限，没有审查；请用 --memory 提高上限，或检查文件"
    )
    assert problems.pop("fails.docx") == (
        "审查 fails.docx 时程序出错（RuntimeError: a rule that nobody has tested）；请把这一行报告给维护者"
    )
    broken = {"cut.docx", "empty.docx", "noise.zip", "not-word.docx", "bomb.zip"}
    assert set(problems) == broken
    assert all(name in problem for name, problem in problems.items())

    again = batch(source, tmp_path / "out", "--seconds", "8", "--memory", "1024", env=env)
    assert (again.last["kept"], again.last["done"]) == (12, 0)
    more = batch(source, tmp_path / "out", "--seconds", "9", "--memory", "1024", env=env)
    assert (more.last["kept"], more.last["done"]) == (3, 9)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda _: None, "材料 不存在；请检查路径"),
        (lambda path: path.mkdir(), "文件夹中没有申报材料"),
        (lambda path: put(path / "x.md", b""), "文件夹中没有申报材料"),
    ],
)
def test_nothing_to_check(tmp_path, make, said):
    make(tmp_path / "材料")
    ran = batch(tmp_path / "材料", tmp_path / "out")
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "out").exists()


def test_too_little_memory_to_begin(folder, tmp_path):
    ran = batch(folder, tmp_path / "out", "--memory", "100")
    assert (ran.code, ran.err) == (2, "--memory 至少 256（MB），现在是 100；0 为不限\n")
