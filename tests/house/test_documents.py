"""The documents say what is so: commands run, tables agree with the code, the tutorial works word for word."""

import inspect
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import duckdb
import pytest

from duibiao import hookspecs
from duibiao.law.schema import TABLES
from duibiao.plugins import load_plugins
from duibiao.rules.catalogue import CORE_RULES

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("README.md", "README.en.md", "CONTRIBUTING.md", "CHANGELOG.md", "plugins/README.md")
OURS = ("cement", "coating_vocs", "general_industry", "steel")
PLUGIN_TABLES = tuple(TABLES)[: tuple(TABLES).index("heading")]
"""Kinds of tables that plugins may use; those from ``heading`` on are core's own."""

LARGEST_PICTURE = 300 * 1024


def text(name: str) -> str:
    """A document."""
    return (ROOT / name).read_text("utf-8")


def blocks(name: str, language: str) -> list[str]:
    """The code blocks of one language in a document."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text(name), re.DOTALL | re.MULTILINE)


def commands(name: str) -> list[str]:
    """Every command line of a document."""
    return [line for block in blocks(name, "console") for line in block.splitlines() if line]


def prose(name: str) -> str:
    """A document without its code blocks."""
    return re.sub(r"^```.*?^```$", "", text(name), flags=re.DOTALL | re.MULTILINE)


def run(
    *arguments: str | Path, cwd: Path, path: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a Python command; `path` is searched for modules and plugins first."""
    extra = {"PYTHONPATH": str(path)} if path else {}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ
        | {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "200", "NO_COLOR": "1"}
        | extra,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )


def program(command: str) -> list[str]:
    """The arguments of a command line of the program, or none for another one."""
    name, *arguments = shlex.split(command)
    return arguments if name.rpartition("/")[2] == "duibiao" else []


# --------------------------------------------------------------------------------------- README


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the examples of README.md name."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "待审").mkdir()
    for package in (ROOT / "demo").glob("*.docx"):
        shutil.copy(package, folder / "待审")
    shutil.copy(ROOT / "demo" / "faulty-furniture.docx", folder / "材料.docx")
    (folder / "我的模板").mkdir()
    shutil.copy(ROOT / "templates/duibiao_templates/dossier/plan.docx", folder / "我的模板")
    shutil.copytree(ROOT / "plugins/cement/duibiao_cement", folder / "我的插件")
    guide = docx.Document()
    guide.add_paragraph("表1 水泥熟料企业绩效分级指标")
    table = guide.add_table(rows=2, cols=3)
    for row, texts in enumerate(
        (("差异化指标", "A级企业", "B级企业"), ("能源类型", "天然气", "清洁煤"))
    ):
        for column, said in enumerate(texts):
            table.cell(row, column).text = said
    guide.save(str(folder / "技术指南.docx"))
    return folder


FINDS = re.compile(
    r"check 材料|check 待审|check 豫东水泥|build 豫东水泥|lists 待审|batch 待审|grade 材料|annotate 材料"
)
"""Commands of README.md that find something: the faults of the demo packages, and a project that is not filled in."""


STAYS = ("duibiao serve", "duibiao worker")
"""Commands of README.md that go on until they are told to stop."""


@pytest.mark.parametrize("command", STAYS)
def test_what_stays_starts_and_stops(command: str, tmp_path: Path) -> None:
    assert command in commands("README.md")
    port = ("--port", "0") if command == "duibiao serve" else ()
    running = subprocess.Popen(
        [sys.executable, "-m", "duibiao", *program(command), *port],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert running.stderr is not None
    said = ""
    while "已启动" not in said:
        line = running.stderr.readline()
        assert line, said
        said += line
    running.terminate()
    rest = running.communicate(timeout=120)[1]
    assert (running.returncode, "正在停止" in rest) == (0, True)


@pytest.mark.parametrize(
    "command",
    [one for one in dict.fromkeys(filter(program, commands("README.md"))) if one not in STAYS],
    ids=str,
)
def test_every_command_of_the_readme_runs(command: str, desk: Path) -> None:
    result = run("-m", "duibiao", *program(command), cwd=desk)

    expected = 1 if FINDS.search(command) else 0
    if "--paginate" in command and shutil.which("soffice") is None:
        expected = 2  # it says what to install
    assert result.returncode == expected, result.stdout + result.stderr


def test_every_query_of_the_readme_runs(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (queries,) = blocks("README.md", "sql")
    assert blocks("README.en.md", "sql") == [queries]
    run("-m", "duibiao", "batch", "待审", "--out", "批量结果", "--progress", "quiet", cwd=desk)
    monkeypatch.chdir(desk)
    answers = [duckdb.sql(query).fetchall() for query in queries.split(";") if query.strip()]
    assert sorted(verdict for _, verdict, _ in answers[0]) == ["不通过", "需人工核实"]
    assert ("DB-315", "去除效率大于100%或小于0", 1) in answers[1]


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_target_that_is_named_exists(document: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text(document), re.MULTILINE))

    assert {"demo", "test"} <= named
    assert named - targets == set()


MEASURED = re.compile(r"^<!-- (\w+) -->\n(.+?)\n<!-- \1完 -->$", re.DOTALL | re.MULTILINE)
"""What make bench writes, between its marks."""


def test_the_tables_of_make_bench_are_those_that_it_wrote() -> None:
    written = MEASURED.findall(text("bench/results.md"))

    assert [name for name, _ in written] == ["测速", "用量"]
    assert MEASURED.findall(text("README.md")) == written


def test_the_english_readme_mirrors_the_chinese_one() -> None:
    def levels(name: str) -> list[str]:
        return re.findall(r"^(#+) ", prose(name), re.MULTILINE)

    def rows(name: str) -> int:
        return len(re.findall(r"^\|", MEASURED.sub("", text(name)), re.MULTILINE))

    chinese, english = "README.md", "README.en.md"
    assert levels(english) == levels(chinese)
    assert commands(english) == commands(chinese)
    assert len(blocks(english, "text")) == len(blocks(chinese, "text"))
    assert rows(english) == rows(chinese)
    pictures = r"!\[.*?\]\((.*?)\)"
    assert re.findall(pictures, text(english)) == re.findall(pictures, text(chinese))


@pytest.mark.parametrize("document", ["README.md", "README.en.md"])
def test_every_hundred_of_codes_is_in_the_table(document: str) -> None:
    plugins = load_plugins().plugins
    codes = [rule.code for rule in (*CORE_RULES, *(r for plugin in plugins for r in plugin.rules))]
    ours = {plugin.book.industry.prefix for plugin in plugins if plugin.name in OURS} | {"DB"}
    wanted = {f"{code[:-2]}xx" for code in codes if code.split("-")[0] in ours}

    assert set(re.findall(r"^\| ([A-Z]+-\dxx) \|", text(document), re.MULTILINE)) == wanted


def vouched(name: str) -> list[str]:
    """What README.md should say of a plugin: rows by standing, limits that may fail, holes."""
    (plugin,) = (plugin for plugin in load_plugins().plugins if plugin.name == name)
    volumes = [volume for _, volume in plugin.book.volumes]

    def by_standing(rows: Any) -> str:
        found = {row.provenance.id: row.provenance for row in rows}
        counted = Counter(origin.standing.value for origin in found.values())
        return " / ".join(str(counted[name]) for name in ("official", "secondary", "recalled"))

    limits = {row.provenance.id: row for volume in volumes for row in volume.table.limits}
    return [
        by_standing(limits.values()),
        str(sum(row.provenance.may_fail for row in limits.values())),
        by_standing(row for volume in volumes for row in volume.table.requirements),
        by_standing(row for volume in volumes for row in volume.checklist.items),
        by_standing(row for volume in volumes for row in volume.measures),
        str(len({hole.id for volume in volumes for hole in volume.table.holes})),
    ]


@pytest.mark.parametrize("name", OURS)
@pytest.mark.parametrize("document", ["README.md", "README.en.md"])
def test_the_table_of_standings_is_counted_from_the_law(document: str, name: str) -> None:
    (row,) = re.findall(rf"^\| [^|]+ `{name}` \| (.+) \|$", text(document), re.MULTILINE)

    assert row.split(" | ") == vouched(name)


OPTIONS: dict[str, set[str]] = {
    "new": {"--industry", "--grade"},
    "check": {
        "--format",
        "--out",
        "--as-of",
        "--industry",
        "--grade",
        "--paginate",
        "--no-photos",
        "--waivers",
        "--compare",
        "--server",
    },
    "serve": {"--host", "--port"},
    "worker": set(),
    "batch": {
        "--out",
        "--as-of",
        "--workers",
        "--seconds",
        "--memory",
        "--cluster",
        "--progress",
        "--no-photos",
        "--no-reports",
        "--recheck-changed-rules",
    },
    "synth": {"--out", "--seed", "--industry", "--clean", "--defects", "--hostile"},
    "impact": {"--over", "--out", "--workers", "--progress"},
    "annotate": {"--out", "--as-of", "--industry", "--grade", "--waivers"},
    "grade": {"--target", "--as-of", "--industry", "--format"},
    "diff-editions": {"--industry", "--format"},
    "build": {"--force", "--template", "--as-of"},
    "lists": {"--out", "--as-of", "--city"},
}


@pytest.mark.parametrize("command", OPTIONS)
def test_every_option_is_explained(command: str) -> None:
    helped = run("-m", "duibiao", command, "--help", cwd=ROOT).stdout
    options = set(re.findall(r"^  (--[a-z-]+)", helped, re.MULTILINE)) - {"--help"}

    assert options == OPTIONS[command]
    for document in ("README.md", "README.en.md"):
        assert {option for option in options if option not in text(document)} == set()


# --------------------------------------------------------------------------------- every document


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere_and_pictures_are_small(document: str) -> None:
    home = (ROOT / document).parent
    for target in re.findall(r"\]\(([^)]+)\)", prose(document)):
        place, _, anchor = target.partition("#")
        file = (home / place).resolve() if place else ROOT / document
        assert file.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", prose(document), re.MULTILINE)
            assert anchor in {_anchor(heading) for heading in headings}, target
        if file.suffix == ".png":
            assert file.stat().st_size <= LARGEST_PICTURE, target


def _anchor(heading: str) -> str:
    """The anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


# ------------------------------------------------------------------------------- CONTRIBUTING.md


def test_every_dependency_has_its_reason(settings: dict[str, Any]) -> None:
    asked = [*settings["dependency-groups"]["dev"], *settings["build-system"]["requires"]]
    for manifest in ROOT.glob("**/pyproject.toml"):
        if {".venv", "build", "dist"}.isdisjoint(manifest.relative_to(ROOT).parts):
            project = tomllib.loads(manifest.read_text("utf-8"))["project"]
            asked += project.get("dependencies", [])
            extras = project.get("optional-dependencies", {})
            asked += [one for extra in extras.values() for one in extra]
    names = {re.split(r"[\[<>=!~; ]", requirement)[0] for requirement in asked}
    rows = re.findall(
        r"^\| ([\w, -]+) \| .+ \| .+ \| .+ \|$", text("CONTRIBUTING.md"), re.MULTILINE
    )
    explained = {name for row in rows for name in row.split(", ")}

    assert {name for name in names if not name.startswith("duibiao")} - explained == set()


def test_examples_of_code_stand_in_the_code() -> None:
    for block in blocks("CONTRIBUTING.md", "python"):
        name = re.search(r"def (\w+)\(", block)
        assert name is not None
        sources = [*(ROOT / "core").rglob("*.py"), *(ROOT / "tests" / "core").rglob("*.py")]
        assert any(block in source.read_text("utf-8") for source in sources), (
            f"the example {name[1]} in CONTRIBUTING.md is no longer what the code says"
        )


def test_every_folder_of_core_is_in_the_figure() -> None:
    core = ROOT / "core" / "duibiao"
    folders = {child.name for child in core.iterdir() if (child / "__init__.py").is_file()}

    for document in ("README.md", "README.en.md", "CONTRIBUTING.md"):
        assert {name for name in folders if f"{name}/" not in text(document)} == set(), document


# ------------------------------------------------------------------------------------- CHANGELOG


def test_the_changelog_knows_the_version(settings: dict[str, Any]) -> None:
    assert f"## [{settings['project']['version']}]" in text("CHANGELOG.md")


# ------------------------------------------------------------------------------ plugins/README.md


def test_every_hook_is_documented_with_its_arguments() -> None:
    hooks = {
        name: inspect.signature(hook)
        for name, hook in vars(hookspecs).items()
        if name.startswith("duibiao_")
    }
    assert len(hooks) == 6
    for name, signature in hooks.items():
        assert f"`{name}({', '.join(signature.parameters)})`" in text("plugins/README.md"), name


def section(kind: str) -> str:
    """What the tutorial says of a kind of table, with the sections on common fields that it names."""
    told = dict(
        re.findall(
            r"^### (.+?)\n(.*?)(?=^##|\Z)", text("plugins/README.md"), re.DOTALL | re.MULTILINE
        )
    )
    (own,) = (body for title, body in told.items() if title.startswith(f"`{kind}`"))
    for word, title in (
        ("公共字段", "每行都有的字段"),
        ("范围字段", "适用范围的字段"),
        ("数值", "数值的字段"),
    ):
        own += told[title] if word in own else ""
    return own


@pytest.mark.parametrize("kind", PLUGIN_TABLES)
def test_every_field_of_a_table_is_explained(kind: str) -> None:
    told = section(kind)

    assert {name for name in TABLES[kind] if f"`{name}`" not in told} == set()


@pytest.mark.parametrize("kind", PLUGIN_TABLES)
def test_every_allowed_value_is_named(kind: str) -> None:
    whole = text("plugins/README.md")
    numbers = re.compile(r"2\.\d+(\.\d)?")
    for name, rule in TABLES[kind].items():
        allowed = rule.get("allowed") or rule.get("schema", {}).get("allowed", ())
        missing = [
            value for value in allowed if value not in whole and not numbers.fullmatch(value)
        ]
        assert not missing, f"{kind}.{name}"


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a reader of the tutorial ends up with, installed without pip."""
    folder = tmp_path_factory.mktemp("tutorial")
    name, body = "", None
    for line in text("plugins/README.md").splitlines():
        if body is not None and line == "```":
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text("\n".join(body) + "\n", "utf-8")
            name, body = "", None
        elif body is not None:
            body.append(line)
        elif found := re.fullmatch(r"### `(duibiao-brick-kiln/.+)`", line):
            name = found[1]
        elif name and line.startswith("```"):
            body = []
    home = folder / "duibiao-brick-kiln"
    project = tomllib.loads((home / "pyproject.toml").read_text("utf-8"))["project"]
    installed = home / "duibiao_brick_kiln-0.1.0.dist-info"
    installed.mkdir()
    (installed / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    )
    ((key, module),) = project["entry-points"]["duibiao"].items()
    (installed / "entry_points.txt").write_text(f"[duibiao]\n{key} = {module}\n")
    return folder


def in_tutorial(tutorial: Path, wanted: str) -> subprocess.CompletedProcess[str]:
    """Run the tutorial's command line that contains `wanted`."""
    (command,) = (line for line in commands("plugins/README.md") if wanted in line)
    name, *arguments = shlex.split(command)
    tool = {
        "duibiao": ["-m", "duibiao"],
        "pytest": ["-m", "pytest", "-p", "no:cacheprovider"],
        "python": [],
    }
    return run(
        *tool[name.rpartition("/")[2]],
        *arguments,
        cwd=tutorial,
        path=tutorial / "duibiao-brick-kiln",
    )


def test_the_plugin_of_the_tutorial_is_found(tutorial: Path) -> None:
    listed = run("-m", "duibiao", "plugins", cwd=tutorial, path=tutorial / "duibiao-brick-kiln")

    assert "砖瓦窑（brick_kiln）" in listed.stdout
    assert "停用的插件" not in listed.stdout
    assert "隧道窑各等级氮氧化物限值" in in_tutorial(tutorial, "plugins brick_kiln").stdout
    assert "双碱法" in in_tutorial(tutorial, "rules BRK-101").stdout


def test_the_plugin_of_the_tutorial_judges_a_package(tutorial: Path) -> None:
    made = in_tutorial(tutorial, "make_sample.py")
    assert made.returncode == 0, made.stderr

    checked = in_tutorial(tutorial, "check 样例.docx")

    assert checked.returncode == 1, checked.stderr
    assert "结论：需人工核实" in checked.stdout
    assert "duibiao-brick-kiln 0.1.0" in checked.stdout
    for code in ("DB-402", "DB-611"):
        assert code in checked.stdout


def test_the_tests_of_the_tutorial_pass(tutorial: Path) -> None:
    result = in_tutorial(tutorial, "pytest")

    assert result.returncode == 0, result.stdout


def test_the_tutorial_makes_every_file_that_it_draws(tutorial: Path) -> None:
    (drawn,) = (
        block for block in blocks("plugins/README.md", "text") if block.startswith("duibiao-brick")
    )
    names = re.findall(r"([\w.]+\.(?:py|toml))", drawn)
    made = [
        path.name
        for path in (tutorial / "duibiao-brick-kiln").rglob("*")
        if path.suffix in (".py", ".toml")
    ]

    assert sorted(names) == sorted(made)
