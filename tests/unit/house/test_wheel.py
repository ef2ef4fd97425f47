"""The wheel: four import packages with every file they need, and nothing beside them."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.unit.house.tree import PRODUCT, ROOT


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    (wheel,) = folder.iterdir()
    with ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


def test_the_wheel_holds_four_packages_and_its_own_description(names: set[str]) -> None:
    packages = {top for name in names if not (top := name.partition("/")[0]).endswith(".dist-info")}
    descriptions = {top for name in names if (top := name.partition("/")[0]).endswith(".dist-info")}
    assert packages == set(PRODUCT)
    assert len(descriptions) == 1


@pytest.mark.parametrize("package", PRODUCT)
def test_every_file_of_a_package_is_in_the_wheel(names: set[str], package: str) -> None:
    assert {str(path) for path in _files(package)} - names == set()


def test_texts_and_pages_travel_too(names: set[str]) -> None:
    data = {Path(name).suffix for name in names if ".dist-info/" not in name and not name.endswith(".py")}
    assert data, "prompts, templates, styles and samples are no Python: none of them is in the wheel"


def test_the_wheel_carries_no_leftovers(names: set[str]) -> None:
    assert [
        name for name in names if "__pycache__" in name or name.endswith((".pyc", ".sqlite", ".index"))
    ] == []


def _files(package: str) -> set[Path]:
    files = (
        path for path in (ROOT / package).rglob("*") if path.is_file() and "__pycache__" not in path.parts
    )
    return {path.relative_to(ROOT) for path in files}
