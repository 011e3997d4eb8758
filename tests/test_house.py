"""The house stands as it is drawn: floors import downwards, rooms are small, importing is cheap."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "mlops_lab"
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p.name not in ("__init__.py", "_modidx.py"))
MAY_USE = {
    "level0": {"level0"},
    "level1": {"level0", "level1"},
    "level2": {"level0", "level1", "level2"},
    "world": {"level0", "level1", "level2", "world"},
    "course": {"level0", "level1", "level2", "world", "course"},
}
HEAVY = {
    "tensorflow", "keras", "mlflow", "evidently", "great_expectations", "dagster", "feast", "shap", "fairlearn", "dask",
    "distributed", "onnxruntime", "skl2onnx", "matplotlib", "torch",
}  # fmt: skip


def name_of(path):
    return path.relative_to(PACKAGE.parent).as_posix()


def imported(path):
    """Absolute names of what a module imports, with the place in the module: top level or inside a function."""
    package = path.relative_to(PACKAGE.parent).parent.parts
    tree = ast.parse(path.read_text())
    top = set(tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node in top) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield stem, node in top
            yield from ((f"{stem}.{alias.name}", node in top) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_imports_from_its_floor_and_those_below(path):
    floor = path.relative_to(PACKAGE).parts[0]
    used = {n.split(".")[1] for n, _ in imported(path) if n.startswith("mlops_lab.") and n.split(".")[1] in MAY_USE}
    assert used <= MAY_USE.get(floor, set(MAY_USE))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_room_is_small_and_imports_heavy_libraries_where_it_uses_them(path):
    assert len(path.read_text().splitlines()) <= 300, "a module over 300 lines has two subjects"
    assert {n.split(".")[0] for n, top in imported(path) if top} & HEAVY == set()


def test_one_notebook_exports_one_module_of_the_same_name():
    nbs = PACKAGE.parent / "nbs"
    for path in nbs.rglob("*.ipynb"):
        cells = ["".join(c["source"]) for c in json.loads(path.read_text())["cells"] if c["cell_type"] == "code"]
        exports = [c.split("default_exp")[1].split()[0] for c in cells if c.startswith("#| default_exp")]
        place = path.relative_to(nbs).with_suffix("")
        stem = place.name.split("_", 1)[1] if place.name[0].isdigit() else place.name
        wanted = ".".join([*place.parts[:-1], stem])
        assert exports == ([] if stem == "index" else [wanted]), path


def loaded_by(*command):
    script = "import sys, runpy\nsys.argv = sys.argv[1:]\ntry: exec(sys.argv.pop(0))\nexcept SystemExit: pass\nprint(*sys.modules, file=sys.stderr)"
    run = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stderr.split()}


def test_the_command_line_answers_without_loading_any_library_of_data_or_models():
    loaded = loaded_by("from mlops_lab.cli import main; main()", "mlops-lab", "--help")
    assert "typer" in loaded
    assert loaded & (HEAVY | {"numpy", "pandas", "sklearn", "scipy", "flask", "pydantic", "rich"}) == set()


def test_importing_the_package_loads_nothing_else():
    before, after = loaded_by("pass"), loaded_by("import mlops_lab")
    assert after - before == {"mlops_lab"}
