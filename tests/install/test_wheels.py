"""Release wheels, installed in a fresh environment without the checkout, are the whole program."""

import shutil
import sysconfig
import zipfile
from pathlib import Path

import pytest

from .environments import INDUSTRIES, ROOT, Installed, make_environment, uv

pytestmark = pytest.mark.install

OURS = ("duibiao", "_editable_impl_duibiao", "_duibiao", "__editable__")


@pytest.fixture(scope="module")
def installed(wheels: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """A fresh environment with the wheels, and third-party packages lent by this one.

    What is lent is linked, so nothing is downloaded; the resolver still sees installed
    distributions and checks every bound. Nothing of ours is lent.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    environment = make_environment(folder / "env", "--without-pip")
    (site,) = environment.glob("lib/python*/site-packages")
    for package in Path(sysconfig.get_path("purelib")).iterdir():
        if package.suffix == ".pth" or package.name.startswith(OURS):
            continue
        if package.suffix == ".dist-info":  # uv overlooks those that are links
            shutil.copytree(package, site / package.name)
        else:
            (site / package.name).symlink_to(package)
    python = environment / "bin" / "python"
    uv(
        *("pip", "install", "--python", python, "--offline", "--no-index"),
        *("--find-links", wheels, "duibiao-suite"),
        cwd=folder,
    )
    uv("pip", "check", "--python", python, cwd=folder)
    return Installed(environment, folder)


def test_every_distribution_has_a_wheel_and_the_suite_pins_them(wheels: Path) -> None:
    names = {wheel.name.partition("-")[0] for wheel in wheels.glob("*.whl")}
    members = {"duibiao", "duibiao_templates", *(f"duibiao_{key}" for key in INDUSTRIES)}
    (suite,) = wheels.glob("duibiao_suite-*.whl")
    with zipfile.ZipFile(suite) as archive:
        (metadata,) = (n for n in archive.namelist() if n.endswith("/METADATA"))
        lines = archive.read(metadata).decode("utf-8").splitlines()
    version = suite.name.split("-")[1]
    asked = {line.partition(": ")[2] for line in lines if line.startswith("Requires-Dist")}

    assert names == {*members, "duibiao_suite"}
    core = f"duibiao[batch,client,server]=={version}"
    assert asked == {core, *(f"{name.replace('_', '-')}=={version}" for name in members)}


def test_wheels_hold_every_file_of_their_packages(wheels: Path) -> None:
    for manifest in [*ROOT.glob("plugins/*/pyproject.toml"), *ROOT.glob("*/pyproject.toml")]:
        (package,) = (init.parent for init in manifest.parent.glob("*/__init__.py"))
        (wheel,) = wheels.glob(f"{package.name}-*.whl")
        files = {
            path.relative_to(package.parent).as_posix()
            for path in package.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }
        with zipfile.ZipFile(wheel) as archive:
            held = {name for name in archive.namelist() if name.startswith(f"{package.name}/")}

        assert held == files


def test_plugins_law_and_templates_come_from_the_installed_copy(installed: Installed) -> None:
    seen = installed.look()
    places = [seen["core"], *seen["templates"], *(place for place, _ in seen["plugins"].values())]

    assert sorted(seen["plugins"]) == INDUSTRIES
    assert all(readable for _, readable in seen["plugins"].values())
    assert len(seen["templates"]) == 1
    assert all(Path(place).is_relative_to(installed.environment) for place in places)


def test_the_installed_command_lists_every_plugin(installed: Installed) -> None:
    listed = installed.duibiao("plugins")

    assert [key for key in INDUSTRIES if key not in listed] == []
