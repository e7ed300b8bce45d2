"""LibreOffice: old formats and page numbers; what happens without it; what it may cost."""

from __future__ import annotations

import http.server
import io
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from duibiao.document.model import Table
from duibiao.document.office import convert_to_docx, office_program, paginate
from duibiao.document.word import read_word
from duibiao.intake.kinds import FileKind, look
from duibiao.intake.sandbox import Allowance, run
from duibiao.intake.scores import score
from duibiao.intake.texts import glance
from duibiao.model.errors import IntakeError

from .archives import DEMO, packed

needs_office = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KINDS = {
    FileKind.OLD_WORD: ("doc", "doc:MS Word 97"),
    FileKind.RTF: ("rtf", "rtf:Rich Text Format"),
    FileKind.ODT: ("odt", "odt:writer8"),
}
GIVEN = """<w:p><w:r><w:t>申报材料</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>排放口</w:t></w:r></w:p></w:tc>
<w:tc><w:p><w:r><w:t>DA001</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>企业基本情况、绩效分级材料</w:t></w:r></w:p>"""


@pytest.fixture
def tmp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder for temporary files, which must be empty afterwards."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


def docx(body: str, **more: bytes) -> bytes:
    types = (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="{OFFICE}.document.main+xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{R}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    )
    main = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    return packed({
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": rels.encode(),
        "word/document.xml": main.encode(),
        **more,
    })  # fmt: skip


def made_by_office(kind: FileKind, folder: Path) -> bytes:
    """Write the same small document in another format."""
    suffix, target = KINDS[kind]
    (folder / "given.docx").write_bytes(docx(GIVEN))
    program = office_program()
    assert program
    profile = (folder / "profile").as_uri()
    command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", target]
    assert run([*command, "given.docx"], folder, Allowance())
    return (folder / f"given.{suffix}").read_bytes()


# ------------------------------------------------------------------------------------ converting


@needs_office
@pytest.mark.parametrize("kind", KINDS)
def test_old_formats_are_told_apart_and_become_docx(
    kind: FileKind, tmp: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "make"
    folder.mkdir()
    data = made_by_office(kind, folder)
    assert look(io.BytesIO(data)).kind is kind
    assert score(glance(io.BytesIO(data), kind)).parts == 2

    document = read_word(convert_to_docx(data, kind, "甲.wps"), "甲.docx")

    texts = [block.text for block in document.blocks if not isinstance(block, Table)]
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [text for text in texts if text] == ["申报材料", "企业基本情况、绩效分级材料"]
    assert [cell.text for cell in table.cells()] == ["排放口", "DA001"]


@needs_office
def test_a_word_file_gets_its_pages(tmp: Path) -> None:
    pdf = paginate(DEMO, "甲.docx")
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) > 10_000


@needs_office
@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), FileKind.OLD_WORD),
        (b"PK\3\4", FileKind.ODT),
    ],
)
def test_what_cannot_be_read_is_a_message(tmp: Path, data: bytes, kind: FileKind) -> None:
    with pytest.raises(
        IntakeError,
        match=r"《甲\.doc》无法读取：内容是.*，LibreOffice 没能转成 \.docx，文件可能已损坏",
    ):
        convert_to_docx(data, kind, "甲.doc")


def test_only_old_formats_are_converted() -> None:
    with pytest.raises(ValueError, match="not converted"):
        convert_to_docx(DEMO, FileKind.WORD, "甲.docx")


def test_without_libreoffice_the_message_says_what_to_do(
    tmp: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(IntakeError) as caught:
        convert_to_docx(b"{\\rtf1 x}", FileKind.RTF, "甲.rtf")
    assert str(caught.value) == (
        "《甲.rtf》无法读取：内容是RTF 文件，转成 .docx 需要 LibreOffice，本机没有安装。"
        "请安装 LibreOffice（make system），或用 Word、WPS 打开，另存为 .docx 后提交。"
    )
    with pytest.raises(IntakeError, match="计算准确页码需要 LibreOffice，本机没有安装"):
        paginate(DEMO, "甲.docx")


# ----------------------------------------------------------------------------------------- limits


def alive(group: Path) -> bool:
    """Tell whether a process is still running; one that waits to be buried is not."""
    stat = Path("/proc", group.read_text().strip(), "stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_program_that_does_not_end_is_killed_with_its_children(tmp_path: Path) -> None:
    script = "sleep 60 & echo $! > child; sleep 60"
    began = time.monotonic()
    assert not run(["sh", "-c", script], tmp_path, Allowance(seconds=1))
    assert time.monotonic() - began < 10
    time.sleep(0.2)
    assert not alive(tmp_path / "child")


def test_a_child_that_outlives_its_parent_is_killed(tmp_path: Path) -> None:
    assert run(["sh", "-c", "sleep 60 & echo $! > child"], tmp_path, Allowance(seconds=20))
    time.sleep(0.2)
    assert not alive(tmp_path / "child")


@pytest.mark.parametrize(
    ("script", "allowance"),
    [
        ("x = bytearray(800 << 20)", Allowance(20, memory=500 << 20)),
        ("open('big', 'wb').write(bytes(3 << 20))", Allowance(20, file_size=1 << 20)),
        ("while True: pass", Allowance(1)),
        (
            "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname(), 2)",
            Allowance(20),
        ),
    ],
    ids=["memory", "file", "time", "network"],
)
def test_limits(tmp_path: Path, script: str, allowance: Allowance) -> None:
    if "socket" in script and not _may_leave_the_network(tmp_path):
        pytest.skip("this system lets nobody leave the network")
    run([sys.executable, "-c", f"{script}\nopen('done', 'w').close()"], tmp_path, allowance)
    assert not (tmp_path / "done").exists()
    big = tmp_path / "big"
    assert not big.exists() or big.stat().st_size <= 1 << 20


def _may_leave_the_network(folder: Path) -> bool:
    run(["cp", "/proc/net/dev", "devices"], folder, Allowance(5))
    return len((folder / "devices").read_text().splitlines()) == 3


def test_a_program_sees_only_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "x")
    assert run(["sh", "-c", "env > seen; pwd >> seen"], tmp_path, Allowance(10))
    seen = (tmp_path / "seen").read_text()
    assert "SECRET" not in seen
    assert f"HOME={tmp_path}\n" in seen
    assert f"TMPDIR={tmp_path}\n" in seen


@needs_office
def test_a_conversion_that_takes_too_long_is_ended(tmp: Path) -> None:
    began = time.monotonic()
    with pytest.raises(IntakeError, match=r"LibreOffice 计算准确页码超过 0\.3 秒，已停止"):
        paginate(DEMO, "甲.docx", Allowance(seconds=0.3))
    assert time.monotonic() - began < 10


@needs_office
def test_little_memory_is_a_message_too(tmp: Path) -> None:
    with pytest.raises(IntakeError, match="文件可能已损坏、设有密码，或内容过大"):
        paginate(DEMO, "甲.docx", Allowance(seconds=30, memory=200 << 20))


@needs_office
def test_nothing_outside_the_file_is_fetched(tmp: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        data = leading_out(f"http://127.0.0.1:{server.server_port}")
        document = read_word(data, "甲.docx")
        assert len(document.external) == 2
        paginate(data, "甲.docx")
        server.shutdown()
    assert asked == []


def leading_out(address: str) -> bytes:
    """Return a Word file with a remote picture and a remote template."""
    kinds = {
        "image": "word/_rels/document.xml.rels",
        "attachedTemplate": "word/_rels/settings.xml.rels",
    }
    rels = {
        name: f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="e1" Type="{R}/{kind}"'
        f' Target="{address}/{kind}" TargetMode="External"/>'
        + (f'<Relationship Id="e2" Type="{R}/settings" Target="settings.xml"/>' if kind == "image" else "")
        + "</Relationships>"
        for kind, name in kinds.items()
    }  # fmt: skip
    settings = (
        f'<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="e1"/></w:settings>'
    )
    picture = (
        '<w:p><w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:99pt;height:99pt">'
        '<v:imagedata r:id="e1"/></v:shape></w:pict></w:r></w:p>'
    )
    more = {name: text.encode() for name, text in rels.items()}
    return docx(picture + GIVEN, **more, **{"word/settings.xml": settings.encode()})
