"""The service at its edge: one package in every format it may come in."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from duibiao.document.office import paginate
from duibiao.model.dossier import Dossier, SourceFile
from duibiao.model.errors import IntakeError, UsageError
from duibiao.reports.model import Applicant
from duibiao.rules.verdict import Verdict
from duibiao.service import NO_PAGES, TODAY, Request, Service
from duibiao.testing.dossiers import clean_dossier
from duibiao.testing.word import word_bytes, write_word

office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@pytest.fixture(scope="module")
def service() -> Service:
    return Service()


@pytest.fixture(scope="module")
def word(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("packages") / "申报材料.docx"
    write_word(clean_dossier("cement"), path)
    return path


def zipped(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "申报包.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_word_file(service, word):
    report = service.check(word)
    assert (report.file, report.verdict, report.findings) == ("申报材料.docx", Verdict.REVIEW, ())
    assert (report.judge.day, report.judge.day_origin) == (
        clean_dossier("cement").cover.date.value.latest(),
        "封面日期",
    )
    assert report.judge.pages == NO_PAGES


def test_an_archive_with_evidence_beside(service, word, tmp_path):
    files = {"申报材料.docx": word.read_bytes(), "2.13.1 除尘设施/说明.txt": b"."}
    report = service.check(zipped(tmp_path, files))
    assert report.file == "申报材料.docx"
    assert report.findings == ()


def test_a_plan_that_is_a_file_of_its_own(service, tmp_path):
    whole = clean_dossier("cement")
    without = replace(
        whole,
        plan=None,
        sections=tuple(s for s in whole.sections if not s.key.startswith("附")),
        contents=tuple(entry for entry in whole.contents if "一厂一策" not in entry.title),
    )
    alone = service.check(zipped(tmp_path, {"申报材料.docx": word_bytes(without)}))
    assert [finding.code for finding in alone.findings if finding.code == "DB-225"] == ["DB-225"]


def test_an_archive_without_a_package(service, tmp_path):
    with pytest.raises(IntakeError, match="没有找到申报材料正文"):
        service.check(zipped(tmp_path, {"说明.txt": "无".encode()}))


def test_the_caller_fixes_day_and_grade(service, word):
    report = service.check(word, Request(day=date(2026, 10, 1), grade="A级"))
    assert (report.judge.day, report.judge.day_origin) == (date(2026, 10, 1), "命令指定")
    assert report.declared == "A级"


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (Request(grade="甲"), "不认识的等级“甲”；请写 A、B、B-、C、D、引领性等"),
        (Request(industry="造船"), "没有插件认识行业“造船”；可用行业见 duibiao plugins"),
    ],
)
def test_a_request_that_cannot_be_met(service, word, request_, message):
    with pytest.raises(UsageError) as raised:
        service.check(word, request_)
    assert str(raised.value) == message


def test_without_a_date_today_counts_and_a_person_is_asked(service):
    dossier = clean_dossier("cement")
    report = service.judge(replace(dossier, cover=replace(dossier.cover, date=None)))
    assert report.judge.day_origin == TODAY
    assert f"封面没有申报日期，按{TODAY}检查" in report.reasons
    assert report.verdict is Verdict.FAIL


def test_an_industry_that_no_plugin_knows_is_incomplete(service):
    dossier = clean_dossier("cement")
    form = replace(dossier.form, industry=replace(dossier.form.industry, value="造船"))
    letters = tuple(replace(letter, industry=form.industry) for letter in dossier.letters)
    report = service.judge(replace(dossier, form=form, letters=letters))
    assert report.verdict in (Verdict.INCOMPLETE, Verdict.FAIL)
    assert "没有插件认识行业“造船”，行业指标未检查" in report.reasons


@office
def test_pages_by_libreoffice(service, word):
    report = service.check(word, Request(paginate=True))
    assert report.judge.pages == "由 LibreOffice 排版得出，与 Word 可能相差一两页"
    assert all(entry.at.page for outcome in report.outcomes for entry in outcome.findings)


@office
def test_pages_of_the_pdf_beside(service, word, tmp_path):
    pdf = paginate(word.read_bytes(), word.name)
    path = zipped(tmp_path, {"申报材料.docx": word.read_bytes(), "申报材料.pdf": pdf})
    assert service.check(path).judge.pages == "随附 PDF 的页序"


@office
@pytest.mark.parametrize("suffix", ["doc"])
def test_an_old_format(service, word, tmp_path, suffix):
    import subprocess

    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
         "--convert-to", suffix, "--outdir", str(tmp_path), str(word)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    report = service.check(tmp_path / f"申报材料.{suffix}")
    assert [f.code for f in report.findings if f.severity.value == "error"] == []
    assert any("由 LibreOffice 转换后读取" in warning for warning in report.warnings)


def test_bytes_that_are_nothing(service, tmp_path):
    path = tmp_path / "材料.docx"
    path.write_bytes(io.BytesIO(b"abc").getvalue())
    with pytest.raises(IntakeError):
        service.check(path)


def test_who_applies(service):
    dossier = clean_dossier("cement")
    report = service.judge(dossier)
    name = dossier.form.enterprise.value
    assert report.applicant == Applicant(
        city="三门峡市",
        county="渑池县",
        address="三门峡市渑池县虚构镇青石岭路18号",
        credit_code=dossier.form.credit_code.value,
        responsible="石虚磊",
        phone="13900000101",
        names=tuple(
            (place, name)
            for place in (
                "封面",
                "申请表",
                "落实重污染天气应急减排承诺书",
                "企业基本信息",
                "“一厂一策”方案",
            )
        ),
    )
    assert report.judge.national_no == 15
    assert {hole.look_in for hole in report.holes}


def test_an_empty_package_has_an_empty_applicant(service):
    report = service.judge(Dossier(SourceFile("空.docx", "0" * 64, 0)))
    assert (report.applicant, report.judge.national_no, report.holes) == (Applicant(), None, ())
