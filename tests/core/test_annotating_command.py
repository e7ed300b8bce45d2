"""`duibiao annotate`: names, exit codes and messages; never over anything, at once or not at all."""

import shutil
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from duibiao.cli.app import run
from duibiao.document.office import office_program, paginate
from duibiao.model.errors import IntakeError
from duibiao.rendering.annotating import word as annotating
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.hand_office import converted
from duibiao.testing.word import word_bytes

from .annotated import comments
from .rules.support import changed

needs_office = pytest.mark.skipif(office_program() is None, reason="needs LibreOffice")
WRONG = "豫错写家具有限公司"


@pytest.fixture(scope="module")
def word() -> bytes:
    clean = clean_dossier("furniture")
    return word_bytes(changed(clean, {"profile.enterprise.value": WRONG}))


@pytest.fixture
def package(word: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "申报材料.docx"
    path.write_bytes(word)
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_copy_stands_beside_the_original(package, word, capsys):
    assert run(["annotate", str(package)]) == 1

    made = package.with_name("申报材料（批注）.docx")
    assert names(package.parent) == {package.name, made.name}
    assert package.read_bytes() == word
    said = capsys.readouterr().out
    assert f"批注件：{made}\n" in said
    assert "结论：不通过" in said
    own = [c for c in comments(made.read_bytes()) if c.lines[-1] == "编号：DB-101"]
    assert own[0].text == WRONG


def test_nothing_is_overwritten(package, word, capsys):
    taken = package.with_name("申报材料（批注）.docx")
    taken.write_bytes(b"mine")
    linked = package.with_name("也是它.docx")
    linked.hardlink_to(package)
    for arguments, message in (
        ([], f"已经有 {taken}，没有覆盖"),
        (["--out", str(taken)], f"已经有 {taken}，没有覆盖"),
        (["--out", str(package)], "它就是申报材料"),
        (["--out", str(linked)], "它就是申报材料"),
        (["--out", str(package.with_name("批注.pdf"))], "批注件是 .docx 文件"),
        (["--as-of", "2022"], "--as-of 的值不对：“2022”不是日期"),
    ):
        assert run(["annotate", str(package), *arguments]) == 2
        assert message in capsys.readouterr().err
    assert (taken.read_bytes(), package.read_bytes()) == (b"mine", word)
    assert names(package.parent) == {package.name, taken.name, linked.name}


def test_where_the_copy_goes(package, tmp_path):
    folder = tmp_path / "出"
    folder.mkdir()
    assert run(["annotate", str(package), "--out", str(folder)]) == 1
    assert run(["annotate", str(package), "--out", str(folder / "新" / "甲.docx")]) == 1
    one, other = folder / "申报材料（批注）.docx", folder / "新" / "甲.docx"
    assert one.read_bytes() == other.read_bytes()


def test_a_copy_is_not_taken_for_another_package(package, capsys):
    assert run(["annotate", str(package)]) == 1
    capsys.readouterr()
    assert run(["check", str(package.parent), "--format", "text"]) == 1
    said = capsys.readouterr().out
    assert "共 1 个文件" in said
    assert "本程序写出的文件 1 个，未审查：申报材料（批注）.docx" in said


def test_the_main_document_of_an_archive(package, word, tmp_path):
    path = tmp_path / "某公司.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("材料/申报材料.docx", word)
        archive.writestr("2.13.1 除尘设施/说明.txt", ".")
    assert run(["annotate", str(path)]) == 1
    made = comments((tmp_path / "某公司（批注）.docx").read_bytes())
    assert next(c.text for c in made if c.lines[-1] == "编号：DB-101") == WRONG


def test_what_cannot_be_annotated(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("项目", "证据").mkdir(parents=True)
    Path("成果").mkdir()
    for name in ("编制记录.json", "申报材料.docx"):
        Path("成果", name).touch()
    Path("空").mkdir()
    Path("锁.docx").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    for name, message in (
        ("项目", "“项目”是项目，还没有可以加批注的文件；请用 duibiao check 审查"),
        ("成果", "请写明要加批注的文件"),
        ("空", "“空”是文件夹；请写明要加批注的一个文件"),
        ("锁.docx", "请打开后去除密码"),
        ("没有.docx", "找不到该文件"),
    ):
        assert run(["annotate", name]) == 2
        assert message in capsys.readouterr().err
    assert not list(tmp_path.rglob("*批注*"))


def test_a_failure_leaves_nothing(package, monkeypatch, capsys):
    def fail(data, name, parts, target):
        target.write(b"half")
        raise IntakeError("部件已加密")

    monkeypatch.setattr(annotating, "with_parts", fail)
    assert run(["annotate", str(package)]) == 2
    assert capsys.readouterr().err == "部件已加密\n"
    assert names(package.parent) == {package.name}


def test_a_file_that_changes_meanwhile(package, monkeypatch, capsys):
    from duibiao.service import Service

    check = Service.check

    def slow(self, path, request):
        report = check(self, path, request)
        shutil.copy(Path(__file__).parents[2] / "demo" / "clean-cement.docx", path)
        return report

    monkeypatch.setattr(Service, "check", slow)
    assert run(["annotate", str(package)]) == 2
    assert "在审查过程中改动过，没有写批注件" in capsys.readouterr().err
    assert names(package.parent) == {package.name}


@needs_office
def test_old_formats_are_annotated_as_docx(word, tmp_path, capsys):
    path = tmp_path / "申报材料.doc"
    path.write_bytes(converted(word, "doc"))
    assert run(["annotate", str(path)]) == 1
    assert (
        "注意：原件是旧版 Word 文件（.doc 或 .wps），批注件由 LibreOffice 转换成 .docx 后加批注"
        in (capsys.readouterr().out)
    )
    data = (tmp_path / "申报材料（批注）.docx").read_bytes()
    assert next(c.text for c in comments(data) if c.lines[-1] == "编号：DB-101") == WRONG


@needs_office
def test_libreoffice_opens_the_copy_and_its_pdf_is_annotated_at_the_same_place(package, tmp_path):
    assert run(["annotate", str(package)]) == 1
    laid_out = paginate(package.with_name("申报材料（批注）.docx").read_bytes(), "a.docx")
    path = tmp_path / "申报材料.pdf"
    path.write_bytes(laid_out)

    assert run(["annotate", str(path)]) == 1

    with pikepdf.open(tmp_path / "申报材料（批注）.pdf") as pdf:
        (marked,) = (
            (number, [float(edge) for edge in item.Rect])
            for number, page in enumerate(pdf.pages)
            for item in page.obj.get("/Annots", ())
            if item.Subtype == "/Highlight"
            and str(item.Contents).endswith("编号：DB-101")
            and str(item.Contents).startswith("问题")
        )
    page = pypdfium2.PdfDocument(laid_out)[marked[0]]
    assert page.get_textpage().get_text_bounded(*marked[1]).strip() == WRONG
