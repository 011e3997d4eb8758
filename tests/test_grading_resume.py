"""Grading survives its own death, and several machines give the same gradebook as one."""

import os
import signal
import subprocess
import sys
from functools import partial

import pytest
from sample_course import LAB, MISTAKES, build, submission

from mlops_lab.course.gradebook import open_gradebook
from mlops_lab.course.grading import Broken, grade
from mlops_lab.course.judgement.execution import Budget
from mlops_lab.course.judgement.workplaces import Options

BUDGET = Budget(cell=4, probe=4, exercise=5)
QUICK = ("right", "half", "renamed", "syntax", "deleted", "untouched", "wrong_quiz", "no_json")

GRADER = """
import os, signal, sys
from pathlib import Path
from mlops_lab.course.judgement import references, tasks
from mlops_lab.course.judgement.execution import Budget
from mlops_lab.course.grading import Graded, grade
from mlops_lab.course.judgement.workplaces import Options

# Whoever edits the package while this runs changes the environment, and rightly all is graded anew; here nothing changes.
references.environment = tasks.environment = lambda: "one and the same"
root, out, deadly = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
options = Options(jobs=2, budget=Budget(cell=4, probe=4, exercise=5), cache=root.parent / "references")
fresh = 0
for event in grade(root / "submissions", out, root / "solutions", options):
    fresh += isinstance(event, Graded) and not event.cached
    if fresh == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
"""


def table(out):
    """Everything in a gradebook that does not depend on the clock."""
    book = open_gradebook(out / "gradebook.sqlite")
    rows = [
        (a.student, a.lab, a.earned, a.submission["sha256"], [(e.name, e.earned, e.state) for e in a.exercises])
        for a in book.attempts_of()
    ]
    book.close()
    return rows


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class, and its gradebook when nothing goes wrong."""
    root = tmp_path_factory.mktemp("resume")
    handed = {f"{name}{i}": MISTAKES[name] for name in QUICK for i in range(2)}
    build(root, handed)
    options = Options(jobs=2, budget=BUDGET, cache=root.parent / "references")
    assert not [
        e for e in grade(root / "submissions", root / "calm", root / "solutions", options) if isinstance(e, Broken)
    ]
    return root, table(root / "calm")


def test_a_grader_that_is_killed_again_and_again_ends_with_the_same_gradebook(course):
    root, calm = course
    ends = []
    for _ in range(20):
        done = subprocess.run([sys.executable, "-c", GRADER, str(root), str(root / "stormy"), "5"], timeout=120)
        ends.append(done.returncode)
        if done.returncode == 0:
            break
    assert set(ends[:-1]) == {-signal.SIGKILL} and ends[-1] == 0 and len(ends) > 3
    assert table(root / "stormy") == calm
    assert (root / "stormy" / "grades.csv").read_text() == (root / "calm" / "grades.csv").read_text()
    assert not [p for p in (root / "stormy").rglob(".*") if p.is_file()], "half-written files are left"


def test_ctrl_c_ends_at_once_and_leaves_a_table_of_what_is_done(tmp_path):
    build(tmp_path, {f"s{i}": submission(mae="import time\ntime.sleep(1.5)") for i in range(6)})
    command = [sys.executable, "-c", GRADER, str(tmp_path), str(tmp_path / "out"), "-1"]
    hears = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # also where this runs as a shell's background job
    grader = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=hears)
    result = tmp_path / "out" / "s0" / LAB / "result.json"
    while not result.exists() and grader.poll() is None:
        os.sched_yield()
    grader.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in grader.communicate(timeout=30)[1]
    assert (tmp_path / "out" / "grades.csv").exists()


@pytest.mark.slow
def test_a_cluster_of_two_workers_gives_the_same_gradebook(course):
    from distributed import LocalCluster

    root, calm = course
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        options = Options(budget=BUDGET, cache=root / "cache_of_workers", scheduler=cluster.scheduler_address)
        events = list(grade(root / "submissions", root / "cluster", root / "solutions", options))
    assert not [e for e in events if isinstance(e, Broken)]
    assert table(root / "cluster") == calm
