"""The command line: exit codes, messages, and where reports go; checking itself is a stub here."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from duibiao import __main__, __version__, service
from duibiao.cli.app import app, run
from duibiao.cli.guard import Exit, guarded
from duibiao.grading.ladder import Ladder
from duibiao.law.common import load_common
from duibiao.model.errors import IntakeError, LawError, UsageError
from duibiao.model.location import Location
from duibiao.plugins import LeftOut, Registry, load_plugins
from duibiao.reports.catalogue import Entry, entries
from duibiao.reports.model import CheckReport, Judge
from duibiao.rules.definition import Rule, Severity
from duibiao.rules.engine import Finding, Outcome, Status
from duibiao.rules.verdict import conclude

A_RULE = Rule(
    "DB-101",
    Severity.ERROR,
    ("SMX2022:第二条",),
    lambda *_: iter(()),
    "企业名称前后不一致",
    (("为什么", "须为同一企业。"), ("通过", "处处相同。"), ("不通过", "有一处不同。")),
    "names_differ",
    "identity",
)


def a_report(file: str, severity: Severity | None = None, *, crash: bool = False) -> CheckReport:
    at = Location(file=file, section="一", heading="一、绩效分级申请表")
    found = (
        Finding("DB-101", A_RULE.title, severity, at, "两处名称不同", "改成一致", ()),
    ) if severity else ()  # fmt: skip
    outcomes = [Outcome(A_RULE, Status.FOUND if found else Status.PASSED, found)]
    if crash:
        outcomes.append(Outcome(A_RULE, Status.CRASHED, reason="KeyError: 'x'"))
    verdict, reasons = conclude(outcomes)
    return CheckReport(
        file=file,
        sha256="ab" * 32,
        enterprise="某铸造有限公司",
        industry="铸造",
        declared="A级",
        verdict=verdict,
        reasons=reasons,
        judge=Judge("0.1.0", "cd" * 32, date(2022, 10, 1), "封面日期"),
        outcomes=tuple(outcomes),
        ladder=Ladder((), None, (), None, None),
    )


OUTCOMES: dict[str, Callable[[str], CheckReport]] = {
    "clean": a_report,
    "info": lambda file: a_report(file, Severity.INFO),
    "warning": lambda file: a_report(file, Severity.WARNING),
    "review": lambda file: a_report(file, Severity.REVIEW),
    "error": lambda file: a_report(file, Severity.ERROR),
    "crash": lambda file: a_report(file, crash=True),
}


class StubService:
    """Finds in a file what its name says."""

    asked: list[service.Request]

    def __init__(self) -> None:
        self.common = load_common()
        self.registry = Registry((), ())
        type(self).asked = []

    def check(self, path: Path, request: service.Request) -> CheckReport:
        self.asked.append(request)
        if request.grade == "Z":
            raise UsageError("没有等级 Z")
        match path.stem.partition("-")[0]:
            case "unreadable":
                raise IntakeError("不是 Word 文件；请另存为 .docx")
            case "locked":
                raise PermissionError(13, "denied")
            case "bug":
                raise ZeroDivisionError("division by zero")
            case "stop":
                raise KeyboardInterrupt
            case kind:
                return OUTCOMES[kind](path.name)

    def rules(self) -> tuple[Rule, ...]:
        return (A_RULE,)

    def catalogue(self) -> tuple[Entry, ...]:
        return entries([A_RULE], lambda _, written: self.common.cite(written), self.common.article)


@pytest.fixture(autouse=True)
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "Service", StubService)


@pytest.fixture
def packages(tmp_path: Path) -> Callable[..., list[str]]:
    def make(*names: str) -> list[str]:
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text("package")
        return [str(tmp_path / name) for name in names]

    return make


# -------------------------------------------------------------------------------- exit codes


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["clean.docx"], 0),
        (["info.docx"], 0),
        (["warning.docx"], 1),
        (["review.docx"], 1),
        (["error.docx"], 1),
        (["crash.docx"], 3),
        (["unreadable.docx"], 2),
        (["locked.docx"], 2),
        (["bug.docx"], 3),
        (["clean.docx", "error.docx"], 1),
        (["error.docx", "unreadable.docx", "clean.docx"], 2),
        (["unreadable.docx", "crash.docx", "error.docx"], 3),
        (["stop.docx", "clean.docx"], 130),
    ],
)
def test_the_gravest_outcome_is_the_exit_code(
    packages: Callable[..., list[str]], names: list[str], code: int
) -> None:
    files = packages(*names)

    assert run(["check", *files]) == code
    assert CliRunner().invoke(app, ["check", *files]).exit_code == code


def test_one_bad_file_never_stops_the_others(
    packages: Callable[..., list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    files = packages("unreadable.docx", "bug.docx", "locked.docx", "error.docx")

    run(["check", *files, "--format", "json"])

    out, err = capfd.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    assert [(line["kind"], Path(line["file"]).name) for line in lines] == [
        ("unreadable", "unreadable.docx"),
        ("unreadable", "bug.docx"),
        ("unreadable", "locked.docx"),
        ("report", "error.docx"),
    ]
    assert f"{files[0]}：不是 Word 文件；请另存为 .docx" in err
    assert f"{files[2]}：文件读不了（没有权限）" in err


@pytest.mark.parametrize("debug", ["", "1"])
def test_our_fault_is_one_line_to_report_and_a_traceback_only_when_asked_for(
    packages: Callable[..., list[str]],
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    debug: str,
) -> None:
    monkeypatch.setenv("DUIBIAO_DEBUG", debug)

    run(["check", *packages("bug.docx")])

    err = capfd.readouterr().err
    assert "ZeroDivisionError: division by zero，test_cli.py 第" in err
    assert "这是程序的问题，不是材料的问题；请把这一行报告给维护者" in err
    assert ("Traceback" in err) is bool(debug)
    assert debug or err.count("\n") == 1


def test_a_crashed_rule_is_said_once(
    packages: Callable[..., list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    run(["check", *packages("crash-1.docx", "crash-2.docx")])

    err = capfd.readouterr().err
    assert err.count("规则 DB-101 检查出错：KeyError: 'x'") == 1


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (UsageError("没有这个等级"), 2, "没有这个等级"),
        (LawError("articles.toml 第3行"), 3, "读取自带的法规数据"),
        (RuntimeError("x"), 3, "程序出错：RuntimeError: x"),
        (KeyboardInterrupt(), 130, "已中断"),
    ],
)
def test_whatever_goes_wrong_is_said(
    error: BaseException, code: int, said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    def work() -> int:
        raise error

    assert guarded(work) == code
    assert said in capfd.readouterr().err


# ---------------------------------------------------------------------------- wrong commands


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([], "用法：duibiao"),
        (["chek"], "没有命令 chek；是不是 check？"),
        (["xyz"], "没有命令 xyz"),
        (["--loud"], "没有选项 --loud"),
        (["check"], "缺少 文件或文件夹…"),
        (["check", "--fromat", "json", "x"], "没有选项 --fromat；是不是 --format"),
        (["check", "x", "--format", "pdf"], "选项 --format 没有“pdf”这个值；可用的值：text"),
        (["check", "x", "--out"], "选项 --out 后面要写上它的值"),
        (["check", "x", "--as-of", "2022-13-01"], "“2022-13-01”不是日期；请按 年-月-日 书写"),
        (["check", "x", "--as-of", "20221001"], "如 2022-10-01"),
        (["check", "nowhere.docx"], "nowhere.docx：文件不存在；请检查路径"),
        (["rules", "DB-101", "DB-102"], "多出了 DB-102"),
        (["rules", "DB-1O1"], "没有规则 DB-1O1；是不是 DB-101？"),
        (["plugins", "stel"], "没有在用的插件 stel"),
        (["--version=3"], "选项 --version 后面不能带值"),
        (["serve", "--port", "http"], "--port 应为整数，现在是“http”"),
        (["serve", "--port", "70000"], "--port 应在 0 至 65535 之间，现在是 70000"),
        (["batch", "x", "--out", "y", "--seconds", "0"], "--seconds 不能小于 1，现在是 0"),
        (["synth", "3", "--out", "y", "--clean", "half"], "--clean 应为数，现在是“half”"),
        (["guide"], "缺少命令"),
    ],
)
def test_a_wrong_command_is_explained_in_chinese(
    args: list[str], said: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(args) == Exit.USAGE

    out, err = capfd.readouterr()
    assert (out, said in err) == ("", True), err


def test_a_request_that_cannot_be_stops_at_once(
    packages: Callable[..., list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", *packages("clean-1.docx", "clean-2.docx"), "--grade", "Z"]) == 2
    assert capfd.readouterr().err == "没有等级 Z\n"
    assert len(StubService.asked) == 1


@pytest.mark.parametrize("args", [["--help"], ["check", "--help"], ["rules", "--help"]])
def test_help_is_chinese(args: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(args) == 0

    said = capfd.readouterr().out
    assert "显示本帮助" in said
    for english in ("Usage", "Options", "Show", "default", "required"):
        assert english not in said


# ------------------------------------------------------------------------------- what is read


def test_what_was_ordered_reaches_the_service(packages: Callable[..., list[str]]) -> None:
    order = ["--as-of", "2022-10-01", "--industry", "铸造", "--grade", "A"]

    run(["check", *packages("clean.docx"), *order])

    assert StubService.asked == [service.Request(date(2022, 10, 1), "铸造", "A")]


def test_a_folder_means_every_word_file_below_it_each_once(
    tmp_path: Path, packages: Callable[..., list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    packages(
        "b/clean-2.docx", "b/c/clean-3.DOCM", "clean-1.docx", "~$clean-1.docx", "x.pdf", "b/y.PDF"
    )  # fmt: skip

    assert run(["check", str(tmp_path), str(tmp_path / "clean-1.docx"), "--out", str(tmp_path / "r"),
                "--format", "json"]) == 0  # fmt: skip

    table = json.loads((tmp_path / "r" / "index.json").read_text("utf-8"))
    assert [Path(line["file"]).relative_to(tmp_path).as_posix() for line in table["files"]] == [
        "clean-1.docx",
        "b/clean-2.docx",
        "b/c/clean-3.DOCM",
    ]
    assert table["skipped"] == {".pdf": 2}
    assert "还有 2 个其他文件没有检查：.pdf 2 个" in capfd.readouterr().out


def test_an_empty_folder_is_no_clean_result(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["check", str(tmp_path)]) == Exit.USAGE
    assert (
        "文件夹中没有申报材料（项目文件夹、Word 文件或压缩包；PDF 请直接写文件名）"
        in capfd.readouterr().err
    )


# ------------------------------------------------------------------------ where reports go


@pytest.mark.parametrize(("face", "start"), [("text", "clean"), ("json", "{"), ("html", "<!doc")])
def test_one_report_to_the_screen_or_to_a_file_is_the_same(
    tmp_path: Path,
    packages: Callable[..., list[str]],
    capfd: pytest.CaptureFixture[str],
    face: str,
    start: str,
) -> None:
    (file,) = packages("clean.docx")
    run(["check", file, "--format", face])
    screen = capfd.readouterr().out

    target = tmp_path / "new" / "report"
    assert run(["check", file, "--format", face, "--out", str(target)]) == 0

    assert target.read_text("utf-8") == screen
    assert screen.startswith(start)
    said = capfd.readouterr().out
    assert "结论：通过" in said
    assert said.endswith(f"报告：{target}\n")


def test_many_reports_go_to_a_folder_with_a_table(
    tmp_path: Path, packages: Callable[..., list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    files = packages("a/error.docx", "b/error.docx", "clean.docx", "a/unreadable.docx")
    out = tmp_path / "out"

    assert run(["check", *files, "--format", "html", "--out", str(out)]) == 2

    assert sorted(entry.name for entry in out.iterdir()) == [
        "clean.html",
        "error-2.html",
        "error.html",
        "index.html",
    ]
    assert "共 4 个文件：通过 1，不通过 2，无法检查 1" in capfd.readouterr().out


@pytest.mark.parametrize("out", ["taken", "demo.html"])
def test_many_reports_need_a_folder(
    tmp_path: Path, packages: Callable[..., list[str]], capfd: pytest.CaptureFixture[str], out: str
) -> None:
    files = packages("clean-1.docx", "clean-2.docx")
    (tmp_path / "taken").touch()

    assert run(["check", *files, "--format", "html", "--out", str(tmp_path / out)]) == 2
    assert "--out 应是文件夹" in capfd.readouterr().err
    assert run(["check", *files, "--format", "html"]) == 2
    assert "请用 --out 指定存放报告的文件夹" in capfd.readouterr().err


def test_a_package_is_never_overwritten(
    tmp_path: Path, packages: Callable[..., list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    package, odd = packages("clean.docx", "clean.json")

    for target in (package, str(tmp_path / "other.docx")):
        assert run(["check", package, "--out", target]) == 2
    assert run(["check", odd, package, "--format", "json", "--out", str(tmp_path)]) == 0

    assert Path(package).read_text() == Path(odd).read_text() == "package"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [
        "clean-2.json", "clean-3.json", "clean.docx", "clean.json", "index.json",
    ]  # fmt: skip
    assert "它是申报材料" in capfd.readouterr().err


def test_an_interrupted_run_leaves_no_table(
    tmp_path: Path, packages: Callable[..., list[str]]
) -> None:
    files = packages("clean.docx", "stop.docx", "error.docx")
    out = tmp_path / "out"

    assert run(["check", *files, "--format", "json", "--out", str(out)]) == 130

    assert [entry.name for entry in out.iterdir()] == ["clean.json"]


# ------------------------------------------------------------------------- rules and plugins


def test_rules_are_listed_and_each_has_a_page(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["rules"]) == 0
    assert "共 1 条" in capfd.readouterr().out

    assert run(["rules", "db-101"]) == 0
    page = capfd.readouterr().out
    for said in (
        "DB-101 [不符合] 企业名称前后不一致", "须为同一企业。", "第二条", "本办法所称重点行业企业"
    ):  # fmt: skip
        assert said in page


def test_plugins_in_use_and_left_out_are_listed(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = load_plugins()
    registry = Registry(whole.plugins, (LeftOut("broken", "duibiao-broken", "没有返回 Industry"),))
    monkeypatch.setattr("duibiao.plugins.load_plugins", lambda: registry)

    assert run(["plugins"]) == 0
    said = capfd.readouterr().out
    assert f"在用的插件：{len(whole.plugins)} 个" in said
    assert "停用的插件：broken（duibiao-broken）：没有返回 Industry" in said
    for plugin in whole.plugins:
        assert f"{plugin.book.industry.name}（{plugin.name}）" in said
        assert plugin.book.industry.sha256[:16] in said

        assert run(["plugins", plugin.name]) == 0
        assert "处" in capfd.readouterr().out.splitlines()[-1]


# ----------------------------------------------------------------------------- as a program


@pytest.fixture
def program() -> Iterator[Callable[..., subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start(code: str, **streams: Any) -> subprocess.Popen[str]:
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "PYTHONUTF8": "1",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=streams.get("stdout", subprocess.PIPE),
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=environment,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_version_needs_nothing_but_the_standard_library(
    program: Callable[..., subprocess.Popen[str]],
) -> None:
    out, _ = program(
        "import sys; sys.argv = ['duibiao', '--version']\n"
        "from duibiao.__main__ import main\n"
        "code = main()\n"
        "print(code, sorted({'click', 'rich', 'jinja2', 'lxml'} & set(sys.modules)))"
    ).communicate(timeout=60)

    assert out == f"duibiao {__version__}\n0 []\n"


def test_version_is_an_option_like_any_other(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["--version", "check"]) == 0
    assert capfd.readouterr().out == f"duibiao {__version__}\n"


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "duibiao", "check", "nowhere.docx"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        timeout=60,
    )

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == "nowhere.docx：文件不存在；请检查路径\n"


def test_a_closed_pipe_is_no_fault(program: Callable[..., subprocess.Popen[str]]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = program(
        "import sys; sys.argv = ['duibiao', 'rules']\n"
        "from duibiao.__main__ import main\n"
        "sys.exit(main())",
        stdout=writing,
    )
    os.close(writing)

    assert process.communicate(timeout=60)[1] == ""
    assert process.returncode == Exit.BROKEN_PIPE


def test_ctrl_c_ends_with_one_line(program: Callable[..., subprocess.Popen[str]]) -> None:
    process = program(
        "import signal, sys, time\n"
        "from duibiao.cli.guard import guarded\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background ignores it
        "def work():\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
        "sys.exit(guarded(work))"
    )
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    timer = threading.Timer(0.1, process.send_signal, [signal.SIGINT])
    timer.start()

    _, err = process.communicate(timeout=60)

    assert (process.returncode, err) == (
        130,
        "已中断；没有写完的已丢弃，做完的都在，再运行一次即可。\n",
    )


def test_a_console_that_lacks_letters_is_no_fault(
    program: Callable[..., subprocess.Popen[str]],
) -> None:
    process = program(
        "import sys; sys.argv = ['duibiao', '--help']\n"
        "sys.stdout.reconfigure(encoding='ascii')\n"
        "from duibiao.__main__ import main\n"
        "sys.exit(main())"
    )

    out, err = process.communicate(timeout=60)
    assert (process.returncode, err, "duibiao" in out) == (0, "", True)


def test_main_is_what_the_script_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["duibiao", "check", "nowhere.docx"])

    assert __main__.main() == Exit.USAGE
