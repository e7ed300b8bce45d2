"""Handing in archives: how many packages one holds, and what becomes of each."""

import io
import zipfile

import pytest
from sqlalchemy import select
from tests.web.world import CLEAN, FAULTY, World

from duibiao.procedure.roles import Role
from duibiao.storage.packages import Package, Submission
from duibiao.work.dividing import UNPLACED, Seen, divide

PHOTO = b"\xff\xd8\xff\xe0" + bytes(100)


def seen(name: str) -> Seen:
    """Return a file as its name says: 正文 for a main document, box for an archive with one."""
    return Seen(name, main="正文" in name, pdf=name.endswith(".pdf"), box="box" in name)


@pytest.mark.parametrize(
    ("files", "units", "left"),
    [
        ("", [], ""),
        ("a.docx b.jpg", [], ""),
        ("正文.docx", ["正文.docx"], ""),
        ("正文.docx 方案.docx 证明/a.jpg", ["正文.docx 方案.docx 证明/a.jpg"], ""),
        ("甲/正文.docx 证明/a.jpg", ["甲/正文.docx 证明/a.jpg"], ""),
        ("正文.docx 正文盖章.pdf", ["正文.docx 正文盖章.pdf"], ""),
        ("正文.docx 往年/正文.docx box.zip", ["正文.docx 往年/正文.docx box.zip"], ""),
        ("box.zip a.jpg", ["box.zip a.jpg"], ""),
        ("甲正文.docx 乙正文.docx", ["甲正文.docx", "乙正文.docx"], ""),
        ("甲正文.docx 甲正文.pdf 乙正文.docx 丙正文.pdf",
         ["甲正文.docx 甲正文.pdf", "乙正文.docx", "丙正文.pdf"], ""),
        ("甲正文.docx 乙正文.docx 方案.docx 证明/a.jpg", ["甲正文.docx", "乙正文.docx"], "方案.docx 证明/a.jpg"),
        ("甲/正文.docx 甲/图/a.jpg 乙/正文.docx 说明.txt", ["甲/正文.docx 甲/图/a.jpg", "乙/正文.docx"], "说明.txt"),
        ("全市/甲/正文.docx 全市/乙/正文.docx", ["全市/甲/正文.docx", "全市/乙/正文.docx"], ""),
        ("县/甲/材料/正文.docx 县/甲/证明/a.jpg 县/乙/box.zip 县/乙/b.jpg 县/丙.zip",
         ["县/甲/材料/正文.docx 县/甲/证明/a.jpg", "县/乙/box.zip 县/乙/b.jpg"], "县/丙.zip"),
        ("甲box.zip 乙box.7z 丙/正文.docx 丁正文.docx 戊正文.docx",
         ["丁正文.docx", "戊正文.docx", "甲box.zip", "乙box.7z", "丙/正文.docx"], ""),
    ],
)  # fmt: skip
def test_an_archive_holds_as_many_packages_as_main_documents_lie_apart(files, units, left):
    divided = divide([seen(name) for name in files.split()])
    assert [" ".join(unit.files) for unit in divided.units] == units
    assert divided.left == tuple((name, UNPLACED) for name in left.split())


@pytest.mark.parametrize(
    ("files", "units", "old"),
    [
        ("正文.docx 正文(旧).docx", ["正文.docx 正文(旧).docx"], ["正文(旧).docx"]),
        ("甲/正文.docx 甲/正文-20260701.docx 乙/正文.docx",
         ["甲/正文.docx 甲/正文-20260701.docx", "乙/正文.docx"], ["甲/正文-20260701.docx"]),
        ("甲正文.docx 甲正文副本.docx 乙正文.docx", ["甲正文.docx", "乙正文.docx"], ["甲正文副本.docx"]),
        ("甲box.zip 甲box旧.zip 乙box.zip", ["甲box.zip", "乙box.zip"], ["甲box旧.zip"]),
    ],
)  # fmt: skip
def test_an_old_copy_is_no_package_and_is_told(files, units, old):
    divided = divide([seen(name) for name in files.split()])
    assert [" ".join(unit.files) for unit in divided.units] == units
    assert [name for name, _ in divided.left] == old
    assert all("旧稿，没有作为一份申报" in problem for _, problem in divided.left)


def archive(**files: bytes) -> bytes:
    """Return a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return stream.getvalue()


def hand_in(client, town, content: bytes, name: str = "许多份.zip", **more: str):
    place = {"city": town.city, "county": town.county}
    return client.post("/upload", params={"file": name, **place, **more}, content=content)


def files_of(world: World, town) -> list[str]:
    """Return the files of all packages of the town's applicant, by name."""
    with world.office.database.reading() as session:
        mine = Package.organisation_id == town.actors[Role.APPLICANT].organisation
        return sorted(session.scalars(select(Submission.file).join(Package).where(mine)))


def test_a_zip_of_several_packages_becomes_several_and_one_of_one_stays_one(world: World):
    town = world.settle()
    client = world.client(town.logins[Role.APPLICANT])
    one = archive(**{"材料.docx": CLEAN.read_bytes(), "2.17 检测报告/a.jpg": PHOTO})
    several = archive(**{
        "甲/材料.docx": FAULTY.read_bytes(), "甲/2.17 检测报告/a.jpg": PHOTO, "乙.zip": one,
        "丙.docx": CLEAN.read_bytes(), "丁.docx": FAULTY.read_bytes() + b"x", "丁.pdf": b"%PDF-1.4", "说明.txt": b"x",
        "坏.zip": one[:-30],
    })  # fmt: skip
    first = hand_in(client, town, several).json()["parts"]
    taken = [part["file"] for part in first if "href" in part]
    assert taken == ["丙.docx", "丁.zip", "乙.zip", "甲.zip"]
    assert not any(part["duplicate"] for part in first[:4])
    assert [(part["file"], part["problem"]) for part in first[4:]] == [
        ("说明.txt", UNPLACED),
        ("坏.zip", first[5]["problem"]),
    ]
    assert "不完整或已损坏" in first[5]["problem"]
    assert files_of(world, town) == ["丁.zip", "丙.docx", "乙.zip", "甲.zip"]
    again = hand_in(client, town, several).json()["parts"]
    assert [part.get("duplicate") for part in again] == [True] * 4 + [None] * 2
    assert [part.get("href") for part in again] == [part.get("href") for part in first]
    (alone,) = hand_in(client, town, one, "又一份.zip").json()["parts"]
    assert (alone["duplicate"], alone["href"]) == (True, first[2]["href"])
    world.wait(first[3]["submission"])
    page = client.get(f"/packages/{first[3]['package']}/findings")
    assert "豫虚构" in page.text


def test_a_new_version_is_never_several_and_a_zip_of_refused_files_is_refused(world: World):
    town = world.settle()
    client = world.client(town.logins[Role.APPLICANT])
    two = archive(**{"甲/a.docx": CLEAN.read_bytes(), "乙/b.docx": FAULTY.read_bytes()})
    (first,) = hand_in(client, town, CLEAN.read_bytes(), "a.docx").json()["parts"]
    (version,) = hand_in(client, town, two, package=first["package"]).json()["parts"]
    assert version["package"] == first["package"]
    assert files_of(world, town) == ["a.docx", "许多份.zip"]
    for broken in (two[:-30], two[:200]):
        answer = hand_in(client, town, broken)
        assert (answer.status_code, set(answer.json())) == (422, {"problem"})
    assert files_of(world, town) == ["a.docx", "许多份.zip"]


def test_an_old_copy_in_a_zip_is_told_at_the_upload_and_in_the_report(world: World):
    town = world.settle()
    client = world.client(town.logins[Role.APPLICANT])
    old = FAULTY.read_bytes()
    two = archive(**{"申报材料.docx": CLEAN.read_bytes(), "申报材料(旧).docx": old})
    taken, left = hand_in(client, town, two, "一份.zip").json()["parts"]
    assert (taken["file"], left["file"]) == ("一份.zip", "申报材料(旧).docx")
    assert "“申报材料.docx”的旧稿" in left["problem"]
    world.wait(taken["submission"])
    report = client.get(f"/packages/{taken['package']}/files/json").json()
    assert "青石岭" in report["enterprise"]
    assert (
        "另有 1 个文件按文件名是申报材料的旧稿，没有检查：申报材料(旧).docx" in report["warnings"]
    )
    assert files_of(world, town) == ["一份.zip"]
