"""The two doors to the environment, uv.lock and environment.yml, lead to the same versions.

Run as a script, this file writes environment.yml from the lock.
"""

import subprocess
import sys
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
HEAD = """\
# conda's door to the same versions as uv.lock; a test keeps the two in step.
#   conda env create -f environment.yml && conda activate kcc && pip install --no-deps -e .
# After changing the lock, write this file again: python tests/test_environment.py
name: kcc
channels:
  - conda-forge
  - nodefaults
dependencies:
  - python=3.12
  - pip
  - pip:
"""


def locked() -> set[tuple[str, str]]:
    """Every package and version of the lock, but for this project."""
    packages = tomllib.loads((ROOT / "uv.lock").read_text())["package"]
    return {(p["name"], p["version"]) for p in packages if "editable" not in p["source"]}


def pinned() -> set[tuple[str, str]]:
    """Every package and version that environment.yml pins."""
    told = yaml.safe_load((ROOT / "environment.yml").read_text())
    pins = next(d["pip"] for d in told["dependencies"] if isinstance(d, dict))
    pairs = [pin.split(";")[0].strip().split("==") for pin in pins]
    return {(name, version) for name, version in pairs}


def test_conda_and_uv_install_the_same_versions():
    assert pinned() == locked()


def test_every_dependency_of_the_project_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    wanted += [w for extra in project["project"]["optional-dependencies"].values() for w in extra]

    names = {name for name, _ in locked()}

    assert {w.split(">=")[0].split("[")[0] for w in wanted} <= names


def write() -> None:
    """Write environment.yml from the lock."""
    command = (
        "uv export --locked --no-hashes --no-emit-project --no-header --no-annotate --all-groups"
    )
    done = subprocess.run(command.split(), capture_output=True, text=True, check=True, cwd=ROOT)
    pins = [f'      - "{line}"\n' for line in done.stdout.splitlines() if line.strip()]
    (ROOT / "environment.yml").write_text(HEAD + "".join(pins))


if __name__ == "__main__":
    sys.exit(write())
