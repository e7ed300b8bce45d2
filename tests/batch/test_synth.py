"""Packages that are made up: what is known of each is true, and the same settings give the same bytes."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from stdnum.cn import uscc
from tests.batch.runs import contents

from duibiao.cli.app import app
from duibiao.model.errors import IntakeError
from duibiao.model.quantities import halfwidth
from duibiao.rules.definition import Severity
from duibiao.rules.engine import Status
from duibiao.service import Service
from duibiao.testing import enterprises
from duibiao.testing.defects import CATALOGUE
from duibiao.testing.hands import HANDS
from duibiao.testing.synth import Settings, produced

COUNT, HOSTILE = 24, 4
OPTIONS = ("--seed", "5", "--hostile", str(HOSTILE))


def synth(*arguments: object) -> tuple[int, str]:
    """Run the command; return exit code and output."""
    done = CliRunner().invoke(app, ["synth", *map(str, arguments)])
    return done.exit_code, done.output


def truth(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "truth.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("synth") / "材料"
    code, output = synth(COUNT, "--out", folder, *OPTIONS)
    assert (code, "本次写出 28 个，沿用 0 个" in output) == (0, True)
    return folder


def test_the_truth_names_every_file_with_its_hash(made: Path) -> None:
    known = {line["file"]: line["sha256"] for line in truth(made)}
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in made.glob("*.docx")}
    assert known == found
    assert len(known) == COUNT + HOSTILE


def test_packages_are_of_every_industry_half_of_them_clean_and_no_two_of_one_enterprise(
    made: Path,
) -> None:
    packages = [line for line in truth(made) if not line["hostile"]]
    kinds = [(line["industry"], bool(line["defects"])) for line in packages]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        (name, faulty): COUNT // 8 for name in enterprises.names() for faulty in (False, True)
    }
    codes = {line["credit_code"] for line in packages}
    assert len(codes) == COUNT
    assert all(map(uscc.is_valid, codes))
    assert {line["city"] for line in packages} == {"三门峡市", "开封市"}
    assert len({line["hand"] for line in packages}) > 5


def errors_and_findings(path: Path) -> tuple[set[str], set[str]]:
    """Return the rules that found an error or broke, and all that found anything."""
    report = Service().check(path)
    broken = {o.rule.code for o in report.outcomes if o.status is Status.CRASHED}
    grave = {found.code for found in report.findings if found.severity is Severity.ERROR}
    return broken | grave, {found.code for found in report.findings}


def test_what_was_planted_is_found_and_nothing_else_is_an_error(made: Path) -> None:
    wrong = {}
    for line in truth(made):
        if line["hostile"]:
            continue
        errors, found = errors_and_findings(made / line["file"])
        codes = {code for defect in line["defects"] for code in defect["codes"]}
        also = {code for defect in line["defects"] for code in defect["also"]}
        if codes - found or errors - codes - also:
            wrong[line["file"]] = (codes - found, errors - codes - also)
    assert not wrong


def test_an_enterprise_is_what_the_truth_says(made: Path) -> None:
    clean = [line for line in truth(made) if not line["hostile"] and not line["defects"]]
    for line in clean[:4]:
        report = Service().check(made / line["file"])
        who = report.applicant
        told = (report.enterprise, who.credit_code, who.city, who.county)
        known = tuple(line[key] for key in ("enterprise", "credit_code", "city", "county"))
        assert tuple(map(halfwidth, told)) == known


def test_hostile_files_are_refused(made: Path) -> None:
    refused = {}
    for line in truth(made):
        if line["hostile"]:
            with pytest.raises(IntakeError) as error:
                Service().check(made / line["file"])
            refused[line["hostile"]] = (
                str(error.value).partition("无法读取：")[2].partition("。")[0]
            )
    assert refused == {
        "truncated": "压缩包不完整或已损坏，可能没有传完整",
        "bomb": "部件 word/document.xml 解压后膨胀超过 200 倍，疑似压缩炸弹，为安全起见没有继续读取",
        "random": "认不出是哪一种文件",
        "picture": "内容是PNG 图片，不是申报材料",
    }


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(
    made: Path, tmp_path: Path
) -> None:
    again = {p.file: p.data for p in produced(Settings(8, seed=5))}
    assert again == {name: (made / name).read_bytes() for name in again}
    other = [p.truth["enterprise"] for p in produced(Settings(8, seed=6, clean=1))]
    assert not {line.get("enterprise") for line in truth(made)} & set(other)


def test_an_interrupted_run_goes_on_and_ends_as_any_other(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "材料"
    command = ["-m", "duibiao", "synth", str(COUNT), "--out", str(folder), *OPTIONS]
    running = subprocess.Popen([sys.executable, *command], start_new_session=True)
    until = time.monotonic() + 120
    while len(list(folder.glob("0*.docx"))) < 3 and time.monotonic() < until:
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    stopped = len(list(folder.glob("*.docx")))
    assert 3 <= stopped < COUNT + HOSTILE
    (folder / "0000002-furniture.docx").unlink()  # what is lost is made again
    with (folder / "truth.jsonl").open("a", encoding="utf-8") as lines:
        lines.write('{"file": "00')  # cut off while it was written

    code, output = synth(COUNT, "--out", folder, *OPTIONS)

    assert code == 0
    assert "沿用" in output
    for left in folder.glob(".*.part"):  # what the kill cut off, if it did
        left.unlink()
    assert contents(folder) == contents(made)


def test_what_is_there_stays(made: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in made.glob("*.docx")}
    code, output = synth(COUNT, "--out", made, *OPTIONS)
    assert (code, "本次写出 0 个，沿用 28 个" in output) == (0, True)
    assert {path.name: path.stat().st_mtime_ns for path in made.glob("*.docx")} == before


def test_several_defects_stand_side_by_side(tmp_path: Path) -> None:
    settings = Settings(2, seed=3, industries=("furniture",), clean=0, defects=3)
    for package in produced(settings):
        path = tmp_path / package.file
        path.write_bytes(package.data)
        errors, found = errors_and_findings(path)
        planted = [CATALOGUE[defect["name"]] for defect in package.truth["defects"]]
        codes = {code for defect in planted for code in defect.codes}
        assert len(planted) == 3
        assert codes <= found
        assert errors <= codes | {code for defect in planted for code in defect.also}
        assert package.truth["hand"] in {"plain", *HANDS}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("0",), "份数应在 1 至 9999999 之间，现在是 0"),
        (("9", "--clean", "1.5"), "--clean 是没有缺陷的份额，应在 0 至 1 之间，现在是 1.5"),
        (("9", "--defects", "0"), "--defects 应在 1 至 5 之间，现在是 0；不要缺陷请写 --clean 1"),
        (("9", "--hostile", "-1"), "--hostile 应在 0 至 9999999 之间，现在是 -1"),
        (
            ("9", "--industry", "玻璃"),
            "--industry 没有“玻璃”；可用的有 cement、furniture、steel、boiler_kiln",
        ),
    ],
)
def test_impossible_options_are_refused(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    assert synth(*options, "--out", tmp_path / "材料") == (2, f"{said}\n")
    assert not (tmp_path / "材料").exists()


def test_other_files_are_left_alone(made: Path, tmp_path: Path) -> None:
    other, file = tmp_path / "别的", tmp_path / "文件"
    other.mkdir()
    (other / "申报材料.docx").write_bytes(b"")
    file.write_bytes(b"")
    for folder, seed, said in (
        (other, 0, f"{other} 里已有别的文件；请换一个空的 --out 文件夹"),
        (file, 0, f"--out 应是文件夹，“{file}”不是；请写一个文件夹名"),
        (
            made,
            9,
            f"{made} 里是用别的选项（或别的版本）合成的材料，见 synth.json；"
            "接着做请用原来的选项，否则请换一个 --out 文件夹",
        ),
    ):
        assert synth(COUNT, "--out", folder, "--seed", seed) == (2, f"{said}\n")
