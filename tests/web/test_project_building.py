"""Building the package of a project in the service, and handing it in."""

import io
import re
import zipfile

from tests.web.project_steps import DEMO, attach, bring_in, demo, ended, opened, save, start, stored

from duibiao.office import seeing
from duibiao.office.project_building import build
from duibiao.procedure.roles import Role
from duibiao.project.names import FOLDER, WORKBOOK
from duibiao.storage.projects import Project
from duibiao.work.project_child import pack


def test_a_project_without_faults_is_built_and_handed_in(world):
    town = world.settle()
    actor, client = town.actors[Role.APPLICANT], world.client(town.logins[Role.APPLICANT])
    project = demo(world, actor, client)
    assert client.post(f"{project}/build").status_code == 303
    again = client.post(f"{project}/build")
    assert (again.status_code, "正在编制；请等这一次结束后再编" in again.text) == (409, True)
    job = ended(world, actor, project)
    assert (job.state, job.message) == ("done", "")
    answer = client.get(f"{project}/package.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {
        "申报材料.docx",
        "一厂一策实施方案.docx",
        "审核意见表.docx",
        "检查报告.html",
        "编制记录.json",
    } <= set(names)
    handed = client.post(f"{project}/hand-in")
    assert handed.status_code == 303, handed.text
    package = seeing.open_package(
        world.office, actor, handed.headers["location"].rpartition("/")[2]
    )
    world.wait(package.submissions[0].id)
    package = seeing.open_package(world.office, actor, package.id)
    assert (package.enterprise, package.city, package.county) == (
        "豫虚构青石岭水泥有限公司",
        "三门峡市",
        "渑池县",
    )
    assert (package.submissions[0].verdict, package.submissions[0].errors) == ("需人工核实", 0)
    save(client, project, "form", stored(client, project)["form"] | {"responsible": "晏虚安"})
    stale = client.post(f"{project}/hand-in", data={"package": package.id})
    assert (stale.status_code, "编制之后项目又改动过；请重新编制后再上传" in stale.text) == (
        409,
        True,
    )


def test_what_does_not_conform_stops_the_build_and_a_draft_is_never_handed_in(world):
    town = world.settle()
    actor, client = town.actors[Role.APPLICANT], world.client(town.logins[Role.APPLICANT])
    project = start(world, actor)
    bring_in(client, project, DEMO / WORKBOOK)
    client.post(f"{project}/build")
    job = ended(world, actor, project)
    assert (job.state, opened(world, actor, project).package) == ("failed", "")
    assert job.message.endswith(
        "处不符合，没有编制；请按“审查意见”改正后重新编制，要先看样子可以编制草稿"
    )
    assert job.message in client.get(f"{project}/build").text
    assert client.get(f"{project}/package.zip").status_code == 409
    client.post(f"{project}/build", data={"draft": "true"})
    assert ended(world, actor, project).state == "done"
    found = opened(world, actor, project)
    assert (found.draft, found.built) == (True, found.version)
    assert "下载 豫东水泥申报材料（草稿）.zip" in client.get(f"{project}/build").text
    refused = client.post(f"{project}/hand-in")
    assert (refused.status_code, "这一份是草稿，不能上传" in refused.text) == (409, True)


def test_what_is_left_to_pen_is_said_before_the_package_is_handed_in(world):
    town = world.settle()
    actor, client = town.actors[Role.APPLICANT], world.client(town.logins[Role.APPLICANT])
    project = start(world, actor)

    def warned():
        with world.office.database.writing() as session:
            row = session.get_one(Project, project.rpartition("/")[2])
            row.package, row.built, row.draft = "0" * 64, row.version, False
        page = client.get(f"{project}/build").text
        return (
            re.findall(r"<p>(编成的材料还没有.*?)：</p>", page),
            re.findall(r"规则 (DB-\d+)", page),
            "data-confirm" in page,
        )

    scan = (DEMO / FOLDER / "签章/公章.png").read_bytes()
    assert warned() == (["编成的材料还没有签字、公章"], ["DB-206", "DB-210"], True)
    assert attach(client, project, "签章", "签名.png", scan).status_code == 200
    assert warned() == (["编成的材料还没有公章"], ["DB-210"], True)
    assert attach(client, project, "签章", "公章.png", scan).status_code == 200
    assert warned() == ([], [], False)


def test_progress_is_told_until_the_build_has_ended(world):
    town = world.settle()
    actor, client = town.actors[Role.APPLICANT], world.client(town.logins[Role.APPLICANT])
    project = start(world, actor)
    build(world.office, actor, project.rpartition("/")[2])
    told = client.get(f"{project}/build/progress").text
    assert told.endswith("data: 失败\n\nevent: end\ndata: 失败\n\n")
    assert ended(world, actor, project).state == "failed"


def test_the_same_files_give_the_same_archive(tmp_path):
    for name in ("b.pdf", "a.html"):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_bytes(name.encode() * 100)
    for number in (1, 2):
        pack(tmp_path / "in", tmp_path / f"{number}.zip")
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "a.html": b"a.html" * 100, "b.pdf": b"b.pdf" * 100,
        }  # fmt: skip
