"""The client, and `duibiao check --server`, over a real connection."""

import contextlib
import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import uvicorn
from tests.web.world import CLEAN, FAULTY, ROOT, World

from duibiao.cli.app import run
from duibiao.client import Client, ServerError, calling
from duibiao.office import tokens
from duibiao.procedure.roles import Role
from duibiao.reports.faces import Face
from duibiao.work import posting


@contextlib.contextmanager
def listening(world: World) -> Iterator[str]:
    """Serve a world on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = uvicorn.Server(uvicorn.Config(world.app, log_config=None, lifespan="off"))
        thread = threading.Thread(target=server.run, args=([taken],), daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        try:
            yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def token_for(world: World, scopes=("read", "upload")) -> str:
    town = world.settle()
    return tokens.issue(world.office, town.actors[Role.APPLICANT], "x", scopes, 1)[1]


def test_the_client_hands_in_waits_and_reads(world: World):
    with listening(world) as url, Client(url, token_for(world)) as client:
        receipt = client.upload(FAULTY)
        assert (receipt.version, receipt.duplicate) == (1, False)
        assert client.wait(receipt.job)["state"] == "done"
        report = client.report(receipt.package, 1)
        assert json.loads(client.artefact(receipt.package, 1, "json")) == report
        assert client.upload(CLEAN, package=receipt.package).version == 2
        (package,) = client.packages()
        assert (package["id"], package["newest"]["number"]) == (receipt.package, 2)
        assert list(client.packages(state="published")) == []
        with pytest.raises(ServerError, match="没有第 9 稿"):
            client.report(receipt.package, 9)


def examples(document: str) -> list[str]:
    """Return the blocks of Python of a document."""
    text = (ROOT / document).read_text("utf-8")
    return re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def test_the_examples_of_the_readme_work(world: World, tmp_path, monkeypatch, capsys):
    use, verify = examples("README.md")
    assert examples("README.en.md") == [use, verify]
    (tmp_path / "材料.docx").write_bytes(FAULTY.read_bytes())
    monkeypatch.chdir(tmp_path)
    with listening(world) as url:
        monkeypatch.setenv("DUIBIAO_SERVER", url)
        monkeypatch.setenv("DUIBIAO_TOKEN", token_for(world))
        exec(use, {})  # noqa: S102 - the words of our own document
    assert capsys.readouterr().out.startswith("不通过 {'error': 9,")
    told: dict[str, Any] = {}
    exec(verify, told)  # noqa: S102
    moment, body = int(time.time()), b'{"event": "package.checked"}'
    header = posting.signature("secret", moment, body)
    assert told["is_genuine"]("secret", header, body)
    assert not told["is_genuine"]("other", header, body)
    assert not told["is_genuine"]("secret", header, body + b" ")
    assert not told["is_genuine"]("secret", posting.signature("secret", moment - 301, body), body)


def test_a_broken_connection_is_tried_again_with_the_same_key(world: World, monkeypatch):
    monkeypatch.setattr(calling, "WAITS", (0.0, 0.0))
    keys = []

    class Breaking(httpx.HTTPTransport):
        """Loses the first answer after the service has done the work."""

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            answer = super().handle_request(request)
            keys.append(request.headers["Idempotency-Key"])
            if len(keys) == 1:
                answer.close()
                raise httpx.ReadError("the connection broke", request=request)
            return answer

    with listening(world) as url, Client(url, token_for(world), transport=Breaking()) as client:
        receipt = client.upload(CLEAN)
    assert (receipt.version, receipt.duplicate) == (1, False)
    assert len(keys) == 2
    assert keys[0] == keys[1]


def test_what_cannot_be_reached_is_said_in_words(monkeypatch):
    monkeypatch.setattr(calling, "WAITS", (0.0,))
    with Client("http://127.0.0.1:9", "t") as client, pytest.raises(ServerError, match="连接不上"):
        client.report("x", 1)
    for url, token in (("x.org", "t"), ("https://x.org", ""), ("https://x.org", "令牌")):
        with pytest.raises(ServerError):
            Client(url, token)


@pytest.mark.parametrize("face", [Face.JSON, Face.HTML, Face.XLSX, Face.REVIEW, Face.NOTICE])
def test_a_check_by_a_server_gives_the_faces_of_a_check_here(
    world: World, face, tmp_path, monkeypatch
):
    here, there = tmp_path / f"here{face.suffix}", tmp_path / f"there{face.suffix}"
    command = ["check", str(FAULTY), "--format", face.value, "--out"]
    assert run([*command, str(here)]) == 1
    monkeypatch.setenv("DUIBIAO_TOKEN", token_for(world))
    with listening(world) as url:
        assert run([*command, str(there), "--server", url]) == 1
    if face in (Face.JSON, Face.HTML):
        assert there.read_text("utf-8") == here.read_text("utf-8")
    else:
        assert there.read_bytes()[:2] == b"PK"


def test_a_check_by_a_server_prints_verdict_and_findings(world: World, monkeypatch, capsys):
    monkeypatch.setenv("DUIBIAO_TOKEN", token_for(world))
    with listening(world) as url:
        code = run(["check", str(FAULTY), str(CLEAN), "--server", url])
    printed = capsys.readouterr().out
    assert code == 1
    assert f"{FAULTY.name}：不通过" in printed
    assert "[不符合] " in printed
    assert f"{CLEAN.name}：" in printed


def test_a_check_by_a_server_refuses_in_words(world: World, tmp_path, monkeypatch, capsys):
    bad = tmp_path / "a.docx"
    bad.write_bytes(b"GIF89a")
    monkeypatch.setenv("DUIBIAO_TOKEN", token_for(world))
    with listening(world) as url:
        assert run(["check", str(bad), "--server", url]) == 2
        assert run(["check", str(CLEAN), "--server", url, "--grade", "A"]) == 2
        assert run(["check", str(CLEAN), "--server", url, "--format", "xlsx"]) == 2
        monkeypatch.setenv("DUIBIAO_TOKEN", "nonsense")
        assert run(["check", str(CLEAN), "--server", url]) == 2
    said = capsys.readouterr().err
    assert "不是申报材料" in said
    assert "--server 不能与 --grade 同用" in said
    assert "xlsx 格式的报告不能显示在屏幕上" in said
    assert "接口令牌无效" in said
