"""Every dependency starts: a version that resolves but does not import is found here, not by a student."""

import subprocess
import sys
from configparser import ConfigParser
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

IMPORT_NAMES = {
    "ai-edge-litert": "ai_edge_litert.interpreter",
    "mlflow": "mlflow.sklearn",
    "evidently": "evidently.presets",
    "pyyaml": "yaml",
    "scikit-learn": "sklearn",
    "tensorflow-cpu": "tensorflow",
    "pytest-xdist": "xdist",
}
OWN_PROCESS = {"locust"}  # gevent patches the interpreter that imports it


def requirements():
    settings = ConfigParser(delimiters=["="], interpolation=None)
    settings.read(Path(__file__).parent.parent / "settings.ini")
    lines = "\n".join(settings["DEFAULT"][k] for k in ("requirements", "dev_requirements")).splitlines()
    found = [Requirement(line) for line in lines if line]
    return [r for r in found if r.marker is None or r.marker.evaluate()]


def start(names):
    script = (
        "import importlib, sys, traceback\n"
        "for name in sys.argv[1:]:\n"
        "    try: importlib.import_module(name)\n"
        "    except BaseException: print(name, traceback.format_exc(limit=-2), sep='\\n')\n"
    )
    return subprocess.run([sys.executable, "-W", "ignore", "-c", script, *names], capture_output=True, text=True)


@pytest.mark.parametrize("requirement", requirements(), ids=lambda r: r.name)
def test_installed_version_is_in_range(requirement):
    assert requirement.specifier.contains(version(requirement.name), prereleases=True)


@pytest.mark.slow
def test_every_dependency_imports():
    names = {IMPORT_NAMES.get(r.name, r.name.replace("-", "_")) for r in requirements()}
    apart = names & OWN_PROCESS
    runs = [start(sorted(names - apart)), *(start([name]) for name in apart)]
    assert "".join(run.stdout for run in runs) == ""
    assert [run.returncode for run in runs] == [0] * len(runs), runs[0].stderr[-2000:]


def test_lock_names_every_requirement_and_no_index():
    lock = (Path(__file__).parent.parent / "requirements.lock").read_text()
    locked = {line.split("==")[0] for line in lock.splitlines()}
    assert {r.name for r in requirements()} <= locked
    assert "://" not in lock and "--" not in lock
