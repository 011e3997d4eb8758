"""The gates that keep generated files true: `python tests/gates.py` checks, `--mend` mends. Each says in one line what to run."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MEND = "make mend"


def notebooks(*folders):
    found = (p for folder in folders for p in (ROOT / folder).rglob("*.ipynb"))
    return sorted(p for p in found if ".ipynb_checkpoints" not in p.parts)


def cleaned(text):
    """The notebook `text` as it is committed: no outputs, no counts, only the metadata that papermill needs."""
    from execnb.nbio import dict2nb, nb2str
    from nbdev.clean import clean_nb

    nb = dict2nb(json.loads(text))
    clean_nb(nb, allowed_cell_metadata_keys=["tags"])
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    return nb2str(nb)


def clean(mend):
    for path in notebooks("nbs", "solutions"):
        try:
            wanted = cleaned(path.read_text(encoding="utf-8"))
        except (ValueError, KeyError) as error:
            yield f"{path.relative_to(ROOT)} is not a notebook: {error}"
            continue
        if path.read_text(encoding="utf-8") != wanted:
            if mend:
                path.write_text(wanted, encoding="utf-8")
            yield f"{path.relative_to(ROOT)} holds outputs or stray metadata"


def style(mend):
    fix = [["format"], ["check", "--fix"]] if mend else []
    for command in [*fix, ["format", "--check"], ["check", "--output-format=concise"]]:
        run = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "."], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if run.returncode and not (mend and command in fix):
            yield from (run.stdout + run.stderr).strip().splitlines()[:20]


def export(mend):
    """Compare the package with a fresh export of nbs/ made in a copy of the tree."""
    with tempfile.TemporaryDirectory() as tmp:
        copy = Path(tmp) / ROOT.name
        ignore = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__")
        shutil.copytree(ROOT / "nbs", copy / "nbs", ignore=ignore)
        shutil.copy(ROOT / "settings.ini", copy)
        (copy / "mlops_lab").mkdir()
        shutil.copy(ROOT / "mlops_lab/__init__.py", copy / "mlops_lab")
        subprocess.run([Path(sys.executable).with_name("nbdev_export")], cwd=copy, check=True)
        fresh = {p.relative_to(copy): p.read_bytes() for p in (copy / "mlops_lab").rglob("*.py")}
    present = {p.relative_to(ROOT): p.read_bytes() for p in (ROOT / "mlops_lab").rglob("*.py")}
    for path in sorted(fresh.keys() | present.keys()):
        if fresh.get(path) == present.get(path):
            continue
        yield f"{path} " + ("differs from its notebook" if path in fresh else "has no notebook")
        if mend and path in fresh:
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_bytes(fresh[path])
        elif mend:
            (ROOT / path).unlink()


def readme_text():
    """README.md: the cells of nbs/index.ipynb, code in fences, without what is marked `#| hide`."""
    parts = []
    for cell in json.loads((ROOT / "nbs/index.ipynb").read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"]).strip()
        if cell["cell_type"] == "markdown":
            parts.append(source)
        elif source and not source.startswith("#|"):
            parts.append(f"```python\n{source}\n```")
    return "<!-- Rendered from nbs/index.ipynb by `make mend`: edit the notebook. -->\n\n" + "\n\n".join(parts) + "\n"


def readme(mend):
    path, wanted = ROOT / "README.md", readme_text()
    if not path.exists() or path.read_text(encoding="utf-8") != wanted:
        if mend:
            path.write_text(wanted, encoding="utf-8")
        yield "README.md differs from nbs/index.ipynb"


def labs(mend):
    from mlops_lab.course.source.release import release_all

    done = release_all(ROOT / "solutions", ROOT / "labs", check=not mend)
    yield from (f"{path.relative_to(ROOT)} differs from its solution" for path in done.changed)
    yield from (f"{path.relative_to(ROOT)} has no solution" for path in done.orphans)


GATES = {
    "notebooks are clean": clean,
    "sources are formatted": style,
    "mlops_lab/ is what nbs/ exports": export,
    "README.md is what nbs/index.ipynb renders": readme,
    "labs/ is what solutions/ release": labs,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mend", action="store_true", help="mend what can be mended instead of only saying so")
    mend = parser.parse_args().mend
    failed = False
    for name, gate in GATES.items():
        findings = list(gate(mend))
        print(
            f"mended  {name}" if findings and mend else f"FAIL    {name}: run {MEND}" if findings else f"ok      {name}"
        )
        for finding in findings:
            print(f"        {finding}")
        failed |= bool(findings) and not mend
    sys.exit(failed)


if __name__ == "__main__":
    main()
