"""Evidence of projects: what is taken, where it lies, what is refused."""

import re

import pytest
from tests.web.project_steps import DEMO, attach, bring_in, opened, save, start, stored

from duibiao.office.project_evidence import folders_of
from duibiao.procedure.roles import Role
from duibiao.project.names import FOLDER, WORKBOOK

PICTURE = (DEMO / FOLDER / "签章/公章.png").read_bytes()
JPEG = b"\xff\xd8\xff\xe0" + bytes(100)
PDF = b"%PDF-1.4\n%%EOF\n"
ENERGY = "2.1 能源（燃料）类型"


@pytest.fixture
def actor(world):
    """Give a consultant of a town of the test's own."""
    return world.settle().actors[Role.APPLICANT]


@pytest.fixture
def client(world, actor):
    """Give the consultant's browser."""
    return world.client(actor.name)


@pytest.fixture
def project(world, actor):
    """Give the address of a new project."""
    return start(world, actor)


def files(world, actor, project):
    """Return folder and name of every file."""
    return [(file.folder, file.name) for file in opened(world, actor, project).files]


def test_files_lie_in_their_folders_and_are_shown(world, actor, client, project):
    told = [
        attach(client, project, ENERGY, "能源供应合同.PNG", PICTURE).json()["name"],
        attach(client, project, ENERGY, "结算单.png", JPEG).json()["name"],
        attach(client, project, ENERGY, "..\\..\\发票", PDF).json()["name"],
        attach(client, project, ENERGY, "第一页.png", PICTURE, scanned="true").json()["name"],
    ]
    assert told == ["能源供应合同.png", "结算单.jpg", "发票.pdf", "第一页.png"]
    assert files(world, actor, project) == [
        (ENERGY, "发票.pdf"), (ENERGY, "结算单.jpg"), (ENERGY, "能源供应合同.png"), (f"{ENERGY}/扫描件", "第一页.png"),
    ]  # fmt: skip
    shown = client.get(f"{project}/evidence/folder", params={"name": ENERGY}).text
    addresses = dict.fromkeys(re.findall(r'(?:src|href)="(/projects/[^"]+)"', shown))
    answers = [client.get(address) for address in addresses]
    assert {
        (answer.headers["content-type"], answer.headers["content-disposition"].partition(";")[0], answer.content)
        for answer in answers
    } == {
        ("image/png", "inline", PICTURE), ("image/jpeg", "inline", JPEG), ("application/pdf", "attachment", PDF),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "name", "content", "status", "said"),
    [
        (ENERGY, "照片.jpg", b"MZ\x90\x00" + bytes(80), 422, "“照片.jpg”是可执行程序；证据只收 JPG、PNG 图片和 PDF，请另存后再上传"),
        (ENERGY, "照片.jpg", b"GIF89a" + bytes(80), 422, "“照片.jpg”是GIF 图片；证据只收 JPG、PNG 图片和 PDF，请另存后再上传"),
        (ENERGY, "照片.jpg", b"", 422, "“照片.jpg”是空文件；请检查后重新上传"),
        (ENERGY, "~$照片.png", PICTURE, 422, "“~$照片.png”的文件名不能用；请改成说明内容的名字，如“1#除尘器照片.jpg”"),
        ("../..", "照片.png", PICTURE, 404, "没有这个证据文件夹；请刷新页面后重试"),
    ],
)  # fmt: skip
def test_what_is_no_evidence_is_refused(
    world, actor, client, project, folder, name, content, status, said
):
    answer = attach(client, project, folder, name, content)
    assert (answer.status_code, answer.json()) == (status, {"problem": said})
    assert files(world, actor, project) == []


def test_another_file_of_the_same_name_is_refused_and_the_same_one_is_there_once(
    world, actor, client, project
):
    first = attach(client, project, ENERGY, "合同.png", PICTURE).json()
    assert attach(client, project, ENERGY, "合同.png", PICTURE).json() == first
    answer = attach(client, project, ENERGY, "合同.png", PICTURE + b"\0")
    assert (answer.status_code, answer.json()) == (
        409,
        {"problem": "这里已有另一个“合同.png”；请先删除它，或改名后再上传"},
    )
    assert files(world, actor, project) == [(ENERGY, "合同.png")]


def test_a_file_is_removed(world, actor, client, project):
    file = attach(client, project, ENERGY, "合同.png", PICTURE).json()["file"]
    version = opened(world, actor, project).version
    answer = client.post(f"{project}/files/{file}/remove")
    assert (answer.status_code, "还没有文件" in answer.text) == (200, True)
    assert client.get(f"{project}/files/{file}").status_code == 404
    assert (files(world, actor, project), opened(world, actor, project).version) == (
        [],
        version + 1,
    )


def test_files_of_a_facility_that_was_renamed_are_moved(world, actor, client, project):
    bring_in(client, project, DEMO / WORKBOOK)
    facilities = [
        folder.name
        for folder in folders_of(world.office, opened(world, actor, project))
        if folder.name.startswith("2.13.1 除尘设施/2.13.1-")
    ]
    attach(client, project, facilities[0], "现场照片.png", PICTURE)
    rows = stored(client, project)["outlets"]
    save(client, project, "outlets", [row | {"step": f"新{row['step']}"} for row in rows])
    page = client.get(f"{project}/evidence").text
    assert "不在目录中的文件夹" in page
    target = facilities[0].replace("DA001 ", "DA001 新")
    moved = client.post(
        f"{project}/evidence/move", data={"source": facilities[0], "target": target}
    )
    assert moved.status_code == 303, moved.text
    assert files(world, actor, project) == [(target, "现场照片.png")]
    assert "不在目录中的文件夹" not in client.get(f"{project}/evidence").text


def test_every_folder_says_what_belongs_there(world, actor, project):
    folders = folders_of(world.office, opened(world, actor, project))
    names = [path.name for path in (DEMO / FOLDER).iterdir()]
    assert set(names) <= {folder.name for folder in folders}
    assert all(folder.note for folder in folders)
    assert {folder.number for folder in folders if folder.name == ENERGY} == {"2.1"}


def test_a_file_that_is_too_large_is_refused_before_it_has_come(client, project):
    headers = {"Content-Length": str(61 << 20)}
    answer = client.post(
        f"{project}/evidence", params={"folder": ENERGY, "file": "大.png"}, headers=headers, content=b"x"
    )  # fmt: skip
    assert (answer.status_code, answer.json()) == (
        422,
        {"problem": "“大.png”超过 60 MB；图片请缩小，文件请压缩或拆分"},
    )
