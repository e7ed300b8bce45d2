"""Downloads: every face under its Chinese name, kept once made; pages of PDF files as pictures."""

import io
import json
import zipfile
from urllib.parse import unquote

import pytest
from PIL import Image
from sqlalchemy import select
from tests.core.test_pdf_reader import cells, grid, pdf, text
from tests.web.world import FAULTY

from duibiao.office import remarks
from duibiao.office.remarks import Disposition
from duibiao.office.reports import open_version
from duibiao.office.seeing import newest
from duibiao.procedure.roles import Role
from duibiao.reports import as_json
from duibiao.storage.base import now
from duibiao.storage.packages import Artefact, Package, Submission
from duibiao.storage.records import Entry
from duibiao.work import artefacts, child

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def town(world):
    return world.settle()


@pytest.fixture(scope="module")
def package(world, town):
    return world.hand_in(town.actors[Role.APPLICANT], FAULTY, name="松间家具.docx")


@pytest.fixture
def client(world, town):
    return world.client(town.logins[Role.APPLICANT])


def named(answer):
    return unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])


def holds(data, word):
    """Whether a file says a word: a text, or the parts of a Word file or workbook."""
    if not data.startswith(b"PK"):
        return word in data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return any(word.encode() in file.read(n) for n in file.namelist() if n.endswith(".xml"))


@pytest.mark.parametrize(
    ("face", "name", "content_type", "word"),
    [
        ("html", "松间家具-审查报告.html", "text/html; charset=utf-8", "DB-315"),
        ("xlsx", "松间家具-审查报告.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "DB-315"),
        ("sarif", "松间家具-审查报告.sarif", "application/sarif+json", "DB-315"),
        ("junit", "松间家具-审查报告.xml", "application/xml", "DB-315"),
        ("review", "松间家具-审核意见表.docx", WORD, "松间家具"),
        ("notice", "松间家具-整改通知.docx", WORD, "199%"),
        ("annotated", "松间家具（批注）.docx", WORD, "去除效率为199%"),
    ],
)  # fmt: skip
def test_a_face_is_made_and_kept(world, client, package, face, name, content_type, word):
    answer = client.get(f"/packages/{package.id}/files/{face}")
    assert (answer.status_code, named(answer)) == (200, name)
    assert answer.headers["content-type"] == content_type
    assert answer.headers["content-disposition"].startswith('attachment; filename="file.')
    assert holds(answer.content, word)
    with world.office.database.reading() as session:
        query = select(Artefact).where(
            Artefact.submission_id == newest(package).id, Artefact.face == face
        )
        (kept,) = session.scalars(query)
    assert world.office.blobs.get(kept.blob) == answer.content
    assert client.get(f"/packages/{package.id}/files/{face}?number=1").content == answer.content


def test_the_report_and_the_original_are_sent_as_they_are(world, client, package):
    report = client.get(f"/packages/{package.id}/files/json")
    assert (named(report), report.json()["kind"]) == ("松间家具-审查报告.json", "report")
    original = client.get(f"/packages/{package.id}/files/original")
    assert (named(original), original.content) == ("松间家具.docx", FAULTY.read_bytes())


def test_a_download_is_in_the_audit_log(world, town, client, package):
    client.get(f"/packages/{package.id}/files/json")
    with world.office.database.reading() as session:
        query = select(Entry).where(Entry.subject == package.id, Entry.action == "package.download")
        entry = session.scalars(query.order_by(Entry.number.desc())).first()
    assert (entry.actor, entry.detail["face"]) == (town.actors[Role.APPLICANT].user, "json")


def test_a_report_that_comes_out_otherwise_offers_a_new_check(world, client, town):
    package = world.hand_in(
        town.actors[Role.APPLICANT], FAULTY.read_bytes() + b"\0", name="旧.docx"
    )
    with world.office.database.writing() as session:
        submission = session.get_one(Submission, newest(package).id)
        report = json.loads(world.office.blobs.get(submission.report))
        report["judge"]["engine"] = "0.0.1"
        old = json.dumps(report, ensure_ascii=False, indent=2).encode()
        submission.report = world.office.blobs.put(io.BytesIO(old))
    for face in ("html", "annotated"):
        refused = client.get(f"/packages/{package.id}/files/{face}")
        assert (refused.status_code, child.CHANGED in refused.text) == (409, True)
        assert "重新审查第 1 稿" in refused.text
    assert client.post(f"/packages/{package.id}/check?number=1").status_code == 303
    world.wait(newest(package).id)
    assert client.get(f"/packages/{package.id}/files/html").status_code == 200
    assert client.get(f"/packages/{package.id}/files/json").json()["judge"]["engine"] != "0.0.1"


def test_a_waiver_for_a_later_version_leaves_the_faces_of_an_earlier_one(world, town, client):
    actor = town.actors[Role.APPLICANT]
    package = world.hand_in(actor, FAULTY.read_bytes() + b"\1", name="甲.docx")
    before = client.get(f"/packages/{package.id}/files/json").content
    world.hand_in(actor, FAULTY.read_bytes() + b"\2", name="甲.docx", package_id=package.id)
    with world.office.database.writing() as session:
        session.get_one(Package, package.id).filed = now()
    version = open_version(world.office, actor, package.id, 2)
    marks = [f["fingerprint"] for f in json.loads(before)["findings"]]
    remarks.remark(
        world.office, town.actors[Role.COUNTY], package.id, 2, marks[0], Disposition.WAIVE,
        text="另行处理", until="2099-12-31",
    )  # fmt: skip
    world.wait(version.id)
    assert len(client.get(f"/packages/{package.id}/files/json?number=2").json()["waived"]) == 1
    assert client.get(f"/packages/{package.id}/files/html?number=1").status_code == 200
    assert client.get(f"/packages/{package.id}/files/json?number=1").content == before


def test_what_is_past_its_term_is_told(world, town, client):
    package = world.hand_in(
        town.actors[Role.APPLICANT], FAULTY.read_bytes() + b"\3", name="乙.docx"
    )
    with world.office.database.writing() as session:
        session.get_one(Submission, newest(package).id).purged = now()
    for face in ("original", "html"):
        answer = client.get(f"/packages/{package.id}/files/{face}")
        assert (answer.status_code, "已过保存期限" in answer.text) == (409, True)
    assert client.get(f"/packages/{package.id}/files/json").status_code == 200
    assert "已过保存期限" in client.get(f"/packages/{package.id}/findings/0").text
    assert client.post(f"/packages/{package.id}/check?number=1").status_code == 409


def test_a_file_that_could_not_be_read_has_no_report(world, town, client):
    package = world.hand_in(town.actors[Role.APPLICANT], b"PK\3\4 nothing", name="坏.docx")
    assert client.get(f"/packages/{package.id}/files/html").status_code == 409
    assert client.get(f"/packages/{package.id}/files/original").content == b"PK\3\4 nothing"


XS, YS = (60, 200, 400), (100, 130, 160)


def scanned():
    """A PDF package with an application form whose credit code is wrong, on its second page."""
    form = text(60, 60, "一、虚构公司绩效分级申请表", 16) + grid(XS, YS)
    form += cells(XS, YS, [["企业名称", "虚构公司"], ["统一社会信用代码", "91410252MA9XG2HJ6R"]])
    return pdf(text(60, 60, "重污染天气重点行业绩效分级申报材料", 16), form)


def test_a_finding_in_a_pdf_file_has_a_box_on_the_picture_of_its_page(world, town, client):
    package = world.hand_in(town.actors[Role.APPLICANT], scanned(), name="扫描.pdf")
    report = client.get(f"/packages/{package.id}/files/json").json()
    number = [f["code"] for f in report["findings"]].index("DB-102")
    at = report["findings"][number]["at"]
    assert (at["page"], at["row"], at["column"]) == (2, 2, 2)
    place = client.get(f"/packages/{package.id}/findings/{number}").text
    assert "第 2 页，共 2 页" in place
    assert '<rect class="mark-here" id="mark" x="198' in place
    picture = client.get(f"/packages/{package.id}/pages/0/2")
    assert picture.headers["content-type"] == "image/png"
    with Image.open(io.BytesIO(picture.content)) as image:
        assert max(image.size) <= 1600
    turned = client.get(f"/packages/{package.id}/findings/{number}?sheet=1").text
    assert ("第 1 页，共 2 页" in turned, "<rect" in turned) == (True, False)
    for path in ("0/3", "0/0", "1/1"):
        assert client.get(f"/packages/{package.id}/pages/{path}").status_code == 422


def test_a_picture_of_a_word_file_is_shown(world, town, package, client):
    view = artefacts.document(world.shop, town.actors[Role.APPLICANT], package.id, 1)
    blocks = view["documents"][0]["blocks"]
    keys = [key for block in blocks for cell in block.get("cells", ()) for key in cell["pictures"]]
    answer = client.get(f"/packages/{package.id}/pictures/0/{keys[0]}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    with Image.open(io.BytesIO(answer.content)) as image:
        assert (image.format, max(image.size) <= 1024) == ("JPEG", True)
    for path in ("0/00000000-1", f"1/{keys[0]}", "0/..%2Fdocument", "0/x"):
        assert client.get(f"/packages/{package.id}/pictures/{path}").status_code in (404, 422)
    pdf_package = world.hand_in(town.actors[Role.APPLICANT], scanned(), name="扫描件.pdf")
    answer = client.get(f"/packages/{pdf_package.id}/pictures/0/{keys[0]}")
    assert (answer.status_code, "没有单独的图片" in answer.text) == (422, True)


def test_the_view_of_a_document_is_made_once(world, town, package):
    actor = town.actors[Role.APPLICANT]
    view = artefacts.document(world.shop, actor, package.id, 1)
    (document,) = view["documents"]
    assert (document["name"], document["pages"]) == ("松间家具.docx", [])
    assert artefacts.document(world.shop, actor, package.id, 1) == view
    report = json.loads(world.office.blobs.get(newest(package).report))
    assert {f["at"]["file"] for f in report["findings"]} == {document["name"]}
    assert report["schema_version"] == as_json.SCHEMA_VERSION
