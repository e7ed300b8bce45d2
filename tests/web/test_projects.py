"""Projects: making, filling in, importing, who sees them."""

import json
import re

import pytest
from tests.web.project_steps import DEMO, attach, bring_in, opened, save, seen, start, stored
from tests.web.world import ROOT

from duibiao.office import projects
from duibiao.office.errors import InvalidError
from duibiao.office.project_form import as_data, catalogue_for, content_of, spot_of
from duibiao.procedure.roles import Role
from duibiao.project.blank import write_workbook
from duibiao.project.names import WORKBOOK
from duibiao.project.reading import read_project_data
from duibiao.service import Service
from duibiao.storage import audit
from duibiao.storage.people import User
from duibiao.storage.records import Entry

FORM = {"date": "2026年9月10日", "city": "三门峡市", "phone": "13700000101"}
TOTALS = [{"pollutant": "颗粒物", "permitted": "58.60", "actual": "31.42"}]


@pytest.fixture
def town(world):
    """Give a town of the test's own."""
    return world.settle()


@pytest.fixture
def actor(town):
    """Give a consultant."""
    return town.actors[Role.APPLICANT]


@pytest.fixture
def client(world, town):
    """Give the consultant's browser."""
    return world.client(town.logins[Role.APPLICANT])


@pytest.fixture
def project(world, actor):
    """Give the address of a new project."""
    return start(world, actor)


def asked(service):
    """Return what reads data by the catalogue of its industry."""
    return lambda form: catalogue_for(service, form.texts())


def test_a_new_project_is_filled_in_as_the_command_does(client, tmp_path):
    answer = client.post(
        "/projects", data={"name": "豫东水泥", "industry": "水泥熟料", "grade": "B级"}
    )
    project = answer.headers["location"]
    service = Service()
    folder = service.new(tmp_path, "豫东水泥", "水泥熟料", "B级")
    made = content_of(read_project_data(folder, asked(service)))
    assert stored(client, project) == made
    assert made["form"] == {"enterprise": "豫东水泥", "industry": "水泥熟料", "grade": "B级"}


def test_a_name_that_no_folder_can_have_is_refused_with_what_was_entered(client):
    answer = client.post(
        "/projects", data={"name": "甲/乙", "industry": "水泥熟料", "grade": "B级"}
    )
    assert answer.status_code == 422
    assert "“甲/乙”不能作文件夹名；请写 1 至 60 个字的企业简称" in answer.text
    assert 'value="甲/乙"' in answer.text


def test_a_sheet_is_saved_right_or_wrong_and_what_is_wrong_is_told_at_its_field(client, project):
    answer = save(client, project, "form", FORM | {"date": " 下个月 ", "address": "  "})
    assert answer.status_code == 200
    assert answer.headers["HX-Trigger"] == "saved"
    assert stored(client, project)["form"] == FORM | {"date": "下个月"}
    told = re.findall(r'class="said (\w+)" data-row="(\d+)" data-field="(\w+)"', answer.text)
    assert told == [
        ("misfit", "0", "date"), ("blank", "0", "county"), ("blank", "0", "address"),
        ("blank", "0", "enterprise"), ("blank", "0", "credit_code"), ("blank", "0", "industry"),
        ("blank", "0", "grade"), ("blank", "0", "control_type"), ("blank", "0", "responsible"),
        ("blank", "0", "output_value"),
    ]  # fmt: skip
    assert "“申报日期”填了“下个月”，不是日期" in answer.text


def test_blank_rows_are_left_out_and_rows_are_counted_without_them(client, project):
    rows = [{}, *TOTALS, {"pollutant": " "}, {"pollutant": "氨", "permitted": "多"}]
    answer = save(client, project, "totals", rows)
    assert stored(client, project)["totals"] == [*TOTALS, {"pollutant": "氨", "permitted": "多"}]
    told = re.findall(r'class="said (\w+)" data-row="(\d+)" data-field="(\w+)"', answer.text)
    assert told == [("misfit", "1", "permitted"), ("blank", "1", "actual")]


def test_who_saves_what_somebody_else_has_changed_since_is_told_and_nothing_is_lost(
    world, town, client
):
    project = start(world, town.actors[Role.APPLICANT])
    mark = seen(client, project, "form")
    other = world.add(town, Role.APPLICANT, f"other-{town.city}")
    with world.office.database.writing() as session:
        session.get_one(User, other.user).organisation_id = town.actors[Role.APPLICANT].organisation
    colleague = world.client(f"other-{town.city}")
    assert save(colleague, project, "form", FORM).status_code == 200
    answer = save(client, project, "form", {"city": "开封市"}, mark=mark)
    assert answer.status_code == 409
    assert f"other-{town.city}在 " in answer.text
    assert (
        "改动过“申请表”，您这边改的没有保存。请您先记下要保留的内容，再刷新页面，重新填入"
        in answer.text
    )
    assert "data-stopped" in answer.text
    assert stored(client, project)["form"] == FORM


def test_two_sheets_are_filled_in_at_once(client, project):
    marks = {key: seen(client, project, key) for key in ("form", "totals")}
    assert save(client, project, "form", FORM, mark=marks["form"]).status_code == 200
    assert save(client, project, "totals", TOTALS, mark=marks["totals"]).status_code == 200
    assert (stored(client, project)["form"], stored(client, project)["totals"]) == (FORM, TOTALS)


def test_saving_the_same_again_changes_nothing(world, actor, client, project):
    mark = seen(client, project, "form")
    save(client, project, "form", FORM)
    before = opened(world, actor, project).version
    assert save(client, project, "form", FORM, mark=mark).status_code == 200
    assert opened(world, actor, project).version == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ([], "“申请表”的一行应是若干“填写项: 内容”"),
        ({"nonsense": "1"}, "“申请表”中没有 nonsense 这一项，或它不是文字"),
        ({"city": ["三门峡市"]}, "“申请表”中没有 city 这一项，或它不是文字"),
        ({"city": "长" * 32_768}, "“所属省辖市”有 32768 字，最多 32767 字；请分成几行填写"),
    ],
)
def test_what_does_not_have_the_shape_of_the_sheet_is_refused(client, content, said, project):
    before = stored(client, project)
    answer = save(client, project, "form", content)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert stored(client, project) == before


def test_broken_content_is_refused(client, project):
    data = {"content": "{", "seen": seen(client, project, "form")}
    answer = client.post(f"{project}/sheets/form", data=data)
    assert (answer.status_code, "送来的内容不完整" in answer.text) == (422, True)


def test_a_finding_of_the_rules_stands_at_its_field(client, project):
    assert bring_in(client, project, DEMO / WORKBOOK).json() == {"lost": []}
    data = stored(client, project)
    save(client, project, "form", data["form"] | {"phone": "137"})
    text = client.get(f"{project}/findings", params={"sheet": "form"}).text
    assert 'class="said error" data-row="0" data-field="phone"' in text
    assert "申请表的联系方式“137”不是有效手机号" in text
    elsewhere = client.get(f"{project}/findings", params={"evidence": "true"}).text
    assert f'href="{project}/sheets/form#f-0-phone"' in elsewhere
    assert f'href="{project}/evidence#s-2.2"' in elsewhere


def test_the_workbook_of_one_project_fills_another_one(world, actor, client):
    one, other = start(world, actor, "甲"), start(world, actor, "乙")
    assert bring_in(client, one, DEMO / WORKBOOK).json() == {"lost": []}
    workbook = client.get(f"{one}/data.xlsx").content
    assert bring_in(client, other, workbook, name="随便.XLSX").json() == {"lost": []}
    assert stored(client, other) == stored(client, one)
    text = json.dumps(stored(client, one) | {"nonsense": [{"a": "b"}]}).encode()
    lost = bring_in(client, other, text, name="申报数据.json").json()["lost"]
    assert lost == ["nonsense，《申报数据.json》第1行：没有名为 nonsense 的表，其中的内容没有读取"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("申报数据.xlsx", b"PK\x03\x04 broken", "《申报数据.xlsx》"),
        ("申报数据.json", b'{"form": ', "《申报数据.json》第1行第10列不是合格的 JSON"),
        (
            "材料.docx",
            b"PK\x03\x04",
            "“材料.docx”不能导入；请选 申报数据.xlsx，或 .json、.toml 文件",
        ),
    ],
)
def test_what_cannot_be_imported_changes_nothing(client, name, content, said, project):
    before = stored(client, project)
    answer = bring_in(client, project, content, name=name)
    assert (answer.status_code, said in answer.json()["problem"]) == (422, True), answer.json()
    assert stored(client, project) == before


def test_an_import_over_a_changed_project_is_refused(client, project):
    params = {"file": WORKBOOK, "version": "1"}
    save(client, project, "form", FORM)
    answer = client.post(f"{project}/import", params=params, content=(DEMO / WORKBOOK).read_bytes())
    assert answer.status_code == 409
    assert "改动过这个项目" in answer.json()["problem"]
    assert stored(client, project)["form"] == FORM


def test_another_industry_hides_its_sheets_and_keeps_them(world, actor, client):
    project = start(world, actor, "松间家具", "家具制造", "A级")
    form = stored(client, project)["form"]
    known = re.findall(r"/sheets/(\w+)\"", client.get(project).text)
    own = [
        key
        for key in known
        if key not in re.findall(r"/sheets/(\w+)\"", client.get(start(world, actor)).text)
    ]
    assert own
    save(client, project, own[0], [])
    save(client, project, "form", form | {"industry": "水泥熟料"})
    assert client.get(f"{project}/sheets/{own[0]}").status_code == 404


def test_a_project_is_its_organisation_s_own(world, town, client, project):
    answer = attach(
        client, project, "签章", "公章.png", (ROOT / "demo/pictures/ladder.png").read_bytes()
    )
    file = answer.json()["file"]
    stranger = world.settle()
    pages = (
        "", "/sheets/form", "/findings", "/evidence", "/evidence/folder?name=x", f"/files/{file}", "/build",
        "/build/progress", "/data.xlsx", "/data.json", "/package.zip",
    )  # fmt: skip
    deeds = {
        "/sheets/form": {"content": "{}", "seen": "x"}, "/import?file=a.json&version=1": None, "/remove": {},
        "/evidence?folder=x&file=y": None, f"/files/{file}/remove": {}, "/build": {}, "/hand-in": {},
        "/evidence/move": {"source": "a", "target": "b"},
    }  # fmt: skip
    for role in Role:
        other = world.client(stranger.logins[role])
        expected = 404 if role is Role.APPLICANT else 403
        assert {page: other.get(project + page).status_code for page in pages} == dict.fromkeys(
            pages, expected
        )
        told = {deed: other.post(project + deed, data=data, content=b"x" if data is None else None).status_code for deed, data in deeds.items()}  # fmt: skip
        assert told == dict.fromkeys(deeds, expected)
        listed = other.get("/projects")
        assert (listed.status_code, "豫东水泥" in listed.text) == (
            200 if expected == 404 else 403,
            False,
        )
    assert "豫东水泥" in client.get("/projects").text


def test_a_removed_project_is_gone(world, town, client, project):
    attach(client, project, "签章", "公章.png", (ROOT / "demo/pictures/ladder.png").read_bytes())
    assert client.post(f"{project}/remove").status_code == 303
    assert client.get(project).status_code == 404


def test_every_change_is_in_the_audit_log(world, client, project):
    save(client, project, "form", FORM)
    bring_in(client, project, DEMO / WORKBOOK)
    client.post(f"{project}/remove")
    with world.office.database.reading() as session:
        entries = session.query(Entry).where(Entry.subject == project.rpartition("/")[2])
        assert [entry.action for entry in entries.order_by(Entry.number)] == [
            "project.create", "project.save", "project.import", "project.delete",
        ]  # fmt: skip
        assert audit.verify(session)[1] is None


def test_places_of_the_form_are_those_of_the_workbook(tmp_path):
    service = Service()
    data = read_project_data(DEMO, asked(service))
    content = content_of(data)
    catalogue = catalogue_for(service, content["form"])
    with (tmp_path / WORKBOOK).open("wb") as target:
        write_workbook(target, catalogue, as_data(catalogue, content))
    read, held = read_project_data(tmp_path, asked(service)), as_data(catalogue, content)

    def places(found):
        rows = [("form", record) for record in found.forms.values()]
        rows += [(key, row) for key, every in found.lists.items() for row in every]
        return [
            (key, field, text.at.sheet, text.at.row, text.at.column)
            for key, record in rows
            for field, text in record.values.items()
        ]

    assert places(held) == places(read)
    spots = [spot_of(catalogue, sheet, row, column) for _, _, sheet, row, column in places(read)]
    values = [
        (content[spot.sheet] if spot.row is None else content[spot.sheet][spot.row])[spot.field]
        for spot in spots
    ]
    expected = [text.value for record in data.forms.values() for text in record.values.values()]
    expected += [
        text.value for rows in data.lists.values() for row in rows for text in row.values.values()
    ]
    assert values == expected


def test_more_rows_than_a_workbook_has_are_refused(world, actor, project):
    found = opened(world, actor, project)
    rows = [{"pollutant": str(number)} for number in range(projects.MOST_ROWS + 1)]
    with pytest.raises(InvalidError, match=r"“排放总量”有 1997 行，最多 1996 行；请节选"):
        projects.save_sheet(
            world.office,
            actor,
            found.id,
            "totals",
            rows,
            seen=projects.mark_of(found.data, "totals"),
        )
