"""Submissions graded per minute: ours, nbgrader autograde, plain papermill, side by side on the same notebooks.

    python benchmarks/grading.py [--submissions 40] [--jobs 2] [--kinds light,mlflow] [--nbgrader FOLDER]

nbgrader is not one of our dependencies. Put it into a folder of its own beside our environment, then name the folder:

    pip install --target .nbgrader --no-deps nbgrader rapidfuzz
    python benchmarks/grading.py --nbgrader .nbgrader
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ |= {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "1",
}

LIGHT = {
    "imports": "import numpy as np\nimport pandas as pd\nfrom sklearn.datasets import load_diabetes\n"
    "from sklearn.linear_model import Ridge\nfrom sklearn.model_selection import train_test_split\n"
    "from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler",
    "data": "table = load_diabetes(as_frame=True).frame\ntable.describe()",
    "look": "table.groupby(table['sex'] > 0)['target'].agg(['mean', 'count'])",
    "split": "def split(table, seed):\n    return train_test_split(table, test_size=0.25, random_state=seed)",
    "try_split": "train, test = split(table, 42)\nlen(train), len(test)",
    "fit": "def fit(train, alpha={alpha}):\n    model = make_pipeline(StandardScaler(), Ridge(alpha))\n"
    "    return model.fit(train.drop(columns='target'), train['target'])",
    "try_fit": "model = fit(train)\nmodel",
    "predictions": "predicted = pd.Series(model.predict(test.drop(columns='target')), index=test.index)\npredicted.head()",
    "evaluate": "def evaluate(model, test):\n    missed = test['target'] - model.predict(test.drop(columns='target'))\n"
    "    return {{'rmse': float(np.sqrt((missed**2).mean())), 'mae': float(missed.abs().mean())}}",
    "try_evaluate": "pd.Series(evaluate(model, test))",
    "residuals": "(test['target'] - predicted).describe()",
}
MLFLOW = LIGHT | {
    "imports": LIGHT["imports"] + "\nimport mlflow\nmlflow.set_tracking_uri('sqlite:///mlflow.db')",
    "residuals": "with mlflow.start_run() as run:\n    mlflow.log_param('alpha', {alpha})\n"
    "    mlflow.log_metrics(evaluate(model, test))\n"
    "    mlflow.sklearn.log_model(model, name='model', pip_requirements=['scikit-learn'])\n"
    "mlflow.search_runs(search_all_experiments=True)['run_id'].count()",
}
EXERCISES = {
    "split": ("a, b = split(table, {seed})", "[sorted(b.index)[:5], len(a)]", "len(a) == 331"),
    "fit": (
        "m = fit(split(table, {seed})[0], 1.0)",
        "[round(float(x), 6) for x in m[-1].coef_]",
        "len(m[-1].coef_) == 10",
    ),
    "evaluate": ("a, b = split(table, {seed})", "evaluate(fit(a, 1.0), b)", "evaluate(fit(a, 1.0), b)['rmse'] > 0"),
}
BUGS = ("raise ValueError('not yet')", "return None", "import nowhere", "return missing")
KINDS = {"light": LIGHT, "mlflow": MLFLOW}


def cell(source, **metadata):
    return {"cell_type": "code", "id": f"c{abs(hash((source, str(metadata)))) % 10**8}", "metadata": metadata,
            "source": source, "outputs": [], "execution_count": None}  # fmt: skip


def notebook(cells):
    spec = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return json.dumps({"cells": cells, "metadata": spec, "nbformat": 4, "nbformat_minor": 5})


def sources(kind, student):
    """What one student wrote: another constant each, and every fifth has a bug in one exercise."""
    made = {
        name: text.replace("{alpha}", str(1 + student / 10)).replace("{{", "{").replace("}}", "}")
        for name, text in KINDS[kind].items()
    }
    if student % 5 == 4:
        name = list(EXERCISES)[student // 5 % 3]
        head, *rest = made[name].splitlines()
        made[name] = "\n".join([head, f"    {BUGS[student // 5 % 4]}", *rest])
    return made


def store(folder):
    """A prepared MLflow database, made once."""
    code = "import mlflow\nmlflow.set_tracking_uri('sqlite:///mlflow.db')\nmlflow.search_experiments()"
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True)
    return folder / "mlflow.db"


def lab(kind):
    """The lab in our format."""
    header = "# Grading\n> Measured.\n\n- level: 0\n- minutes: 20\n- files: mlflow.db"
    cells = [{"cell_type": "markdown", "id": "m", "metadata": {}, "source": header}]
    for name, text in KINDS[kind].items():
        text = text.replace("{alpha}", "1").replace("{{", "{").replace("}}", "}")
        if name in EXERCISES:
            head, *body = text.splitlines()
            text = "\n".join(
                [f"#| exercise {name} points=1", head, "    ### BEGIN SOLUTION", *body, "    ### END SOLUTION"]
            )
        cells.append(cell(text))
        if name in EXERCISES:
            before, answer, _ = EXERCISES[name]
            cells.append(cell(f"#| check {name}\nprint('defined')"))
            cells.append(cell(f"#| probe {name} points=1\n{before.format(seed='SEED')}\nanswer = {answer}"))
    return notebook(cells)


def ours(root, jobs, **options):
    """Our grader; returns seconds and what was earned."""
    from mlops_lab.course.grading import Broken, Finished, grade
    from mlops_lab.course.judgement.workplaces import Options

    options = Options(jobs=jobs, cache=root / "cache", force=True, **options)
    start = time.perf_counter()
    events = list(grade(root / "submissions", root / "out", root / "solutions", options))
    assert not [e for e in events if isinstance(e, Broken)], events
    taken = time.perf_counter() - start
    results = next(e for e in events if isinstance(e, Finished)).results
    return taken, sum(r.earned for r in results), results[0].machine.get("isolation"), results[0].machine.get("warm")


def prepare(kind, root, students):
    """The same students for every runner."""
    (root / "solutions").mkdir(parents=True)
    database = store(root / "solutions") if kind == "mlflow" else root / "solutions" / "mlflow.db"
    database.touch()
    (root / "solutions" / "lab.ipynb").write_text(lab(kind))
    for i in range(students):
        mine = sources(kind, i)
        marked = [cell(f"#| exercise {n} points=1\n{t}" if n in EXERCISES else t) for n, t in mine.items()]
        tests = {n: f"{EXERCISES[n][0].format(seed=7)}\nassert {EXERCISES[n][2]}" for n in EXERCISES}
        plain = [c for n, t in mine.items() for c in [cell(t), *([cell(tests[n])] if n in tests else [])]]
        graded = [c for n, t in mine.items() for c in nbgrader_cells(n, t, tests)]
        places = {
            root / "submissions" / f"s{i:02}" / "lab.ipynb": marked,
            root / "papermill" / f"s{i:02}" / "lab.ipynb": plain,
            root / "nbgrader" / "submitted" / f"s{i:02}" / "ps1" / "lab.ipynb": graded,
        }
        for path, cells in places.items():
            path.parent.mkdir(parents=True)
            path.write_text(notebook(cells))
            if path.parts[-3] != "submissions":
                shutil.copy(database, path.parent)
    source = root / "nbgrader" / "source" / "ps1" / "lab.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(notebook([c for n, t in sources(kind, 0).items() for c in nbgrader_cells(n, t, tests)]))
    shutil.copy(database, source.parent)


def nbgrader_cells(name, text, tests):
    """A cell and, for an exercise, its test, with nbgrader's metadata."""
    base = {"schema_version": 3, "locked": False, "task": False}
    if name not in tests:
        return [cell(text)]
    solution = {"nbgrader": base | {"grade": False, "grade_id": name, "solution": True}}
    test = {
        "nbgrader": base | {"grade": True, "grade_id": f"test_{name}", "solution": False, "points": 1, "locked": True}
    }
    return [cell(text, **solution), cell(tests[name], **test)]


def papermill(root, jobs):
    """The papermill command on each notebook, so many at a time."""
    paths = sorted((root / "papermill").glob("*/lab.ipynb"))

    def run(path):
        command = [sys.executable, "-m", "papermill", "lab.ipynb", "out.ipynb", "--no-progress-bar"]
        subprocess.run(command, cwd=path.parent, capture_output=True)

    start = time.perf_counter()
    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(run, paths))
    return time.perf_counter() - start


def nbgrader(root, folder):
    """nbgrader autograde, which grades one after another."""
    course = root / "nbgrader"
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    env = os.environ | {"PYTHONPATH": str(Path(folder).resolve()), "HOME": str(root), "PATH": path}
    words = [sys.executable, "-m", "nbgrader"]
    options = [f"--CourseDirectory.root={course}", "--ClearSolutions.enforce_metadata=False"]
    made = subprocess.run(
        [*words, "generate_assignment", "ps1", "--create", *options], env=env, capture_output=True, text=True
    )
    if made.returncode:
        raise SystemExit(f"nbgrader generate_assignment: {made.stderr[-2000:]}")
    start = time.perf_counter()
    done = subprocess.run([*words, "autograde", "ps1", "--create", *options], env=env, capture_output=True, text=True)
    taken = time.perf_counter() - start
    graded = len(list((course / "autograded").glob("*/ps1/lab.ipynb")))
    if done.returncode or not graded:
        raise SystemExit(f"nbgrader autograde: {done.stderr[-2000:]}")
    return taken


def bare(kind, root, jobs):
    """The students' code alone, in forks of one process that has imported everything: no kernel, no isolation, no verdict."""
    code = f"""
import json, os, sys, time, glob
{KINDS[kind]["imports"]}
start, running = time.perf_counter(), 0
for path in sorted(glob.glob({str(root / "papermill")!r} + "/*/lab.ipynb")):
    if running == {jobs}:
        os.wait(); running -= 1
    if not (pid := os.fork()):
        os.chdir(os.path.dirname(path)); space = {{}}
        for c in json.load(open(path))["cells"]:
            try: exec(c["source"], space)
            except Exception: pass
        os._exit(0)
    running += 1
while running:
    os.wait(); running -= 1
print(time.perf_counter() - start)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    return float(done.stdout.split()[-1])


def measure(kind, args, root):
    """Every runner on one kind of notebook: rows of (name, seconds, remark)."""
    prepare(kind, root, args.submissions)
    if kind == "mlflow":
        for path in root.rglob("lab.ipynb"):
            assert path.with_name("mlflow.db").exists() or "submissions" in path.parts
    rows = []
    if args.nbgrader:
        rows.append(("nbgrader autograde", nbgrader(root, args.nbgrader), "one after another, no isolation"))
    rows.append(("papermill", papermill(root, args.jobs), f"{args.jobs} at a time, no isolation, no verdict"))
    ours(root, args.jobs, students=("s00",))  # the reference's answers, once per lab
    points = set()
    for name, options in (
        ("ours, cold, rlimits only", {"warm": False, "level": "rlimits"}),
        ("ours, cold", {"warm": False}),
        ("ours", {}),
    ):
        if level := options.pop("level", None):
            options["open_session"] = Cold(level)
        taken, earned, isolation, warm = ours(root, args.jobs, **options)
        points.add(earned)
        rows.append(
            (name, taken, f"{args.jobs} at a time, {isolation}, {'warm' if warm else 'cold'}, {earned:g} points")
        )
    assert len(points) == 1, f"different verdicts: {points}"
    rows.append(
        (
            "code in a warm fork",
            bare(kind, root, args.jobs),
            f"{args.jobs} at a time, no kernel, no isolation, no verdict",
        )
    )
    return rows


class Cold:
    """Opens cold sessions at a level."""

    def __init__(self, level):
        self.level = level

    def __call__(self, folder, options):
        from mlops_lab.course import sandbox

        limits = sandbox.Limits(3600, 3600, options.memory, output_bytes=4_000_000)
        return sandbox.session(work=folder, limits=limits, isolation=self.level)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--kinds", default="light,mlflow")
    parser.add_argument("--nbgrader", default="", help="folder that nbgrader was installed into")
    args = parser.parse_args()
    for kind in args.kinds.split(","):
        with tempfile.TemporaryDirectory() as d:
            rows = measure(kind, args, Path(d))
        slowest = max(taken for _, taken, _ in rows)
        print(f"\n{kind}: {args.submissions} submissions")
        print(f"{'':26}{'seconds':>9}{'per minute':>12}{'times':>8}")
        for name, taken, remark in rows:
            print(f"{name:26}{taken:9.1f}{60 * args.submissions / taken:12.1f}{slowest / taken:8.1f}   {remark}")


if __name__ == "__main__":
    main()
