"""What must never happen between a lab's source and what a student gets."""

import copy
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_lab.course.labs import LabError, code, md, parse_lab, read_lab, read_notebook
from mlops_lab.course.source.leaks import find_leaks, telling
from mlops_lab.course.source.release import SourcesError, dumps, notebooks, release, release_all

ROOT = Path(__file__).resolve().parent.parent

EXERCISE = """#| exercise scale points=3
def scale(rows, share=0.5):
    ### BEGIN SOLUTION  multiply every row
    factor = share * 2
    return [factor * row for row in rows]
    ### END SOLUTION


def unscale(rows):
    ### BEGIN SOLUTION
    return [row / 2 for row in rows]
    ### END SOLUTION"""
SCRIPT = """%%writefile train.py
#| exercise train_py points=1
import sys

### BEGIN SOLUTION  print the largest argument
print(max(map(float, sys.argv[1:])))
### END SOLUTION"""
CELLS = [
    md("# Scale\n\n> Of rows.\n\n- level: 0\n- minutes: 20"),
    code("rows = [1, 2, 3]"),
    code(EXERCISE),
    code('#| check scale\nwith check("scale") as c:\n    c.that(lambda: scale(rows), "it scales")'),
    code("#| probe scale.up points=2 tol=5%\nanswer = scale(range(SEED % 9), share=3)"),
    code("#| probe scale.down points=1\nanswer = unscale([SEED, SEED + 1])"),
    code("#| judge scale.down\ndef judge(answer, reference):\n    return sorted(answer) == sorted(reference)"),
    code(SCRIPT),
    code('#| check train_py\nwith check("train_py") as c:\n    c.that(lambda: True, "it is there")'),
    code("#| probe train_py points=1\nanswer = open('train.py').read().count('max')"),
    code(
        '#| quiz why points=1\nquiz("why", "Why?", options={"a": "so", "b": "no", "c": "perhaps"}, answer="b",'
        ' because={"a": "It could not be so."})'
    ),
]
SECRETS = [
    "factor = share * 2",
    "factor * row for row",
    "row / 2 for row",
    "max(map(float",
    "share=3)",
    "unscale([SEED",
    "sorted(answer)",
    "count('max')",
    "It could not",
    "answer=",
]


def notebook(cells):
    cells = [{**copy.deepcopy(c), "id": f"c{i}"} for i, c in enumerate(cells)]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def with_source(index, source):
    nb = notebook(CELLS)
    nb["cells"][index]["source"] = source
    return nb


def text(nb):
    return "\n".join("".join(c["source"]) for c in nb["cells"]) + json.dumps(nb)


def test_a_released_lab_holds_nothing_that_is_secret():
    released = release(notebook(CELLS))
    assert [s for s in SECRETS if s in text(released)] == []
    assert [c["id"] for c in released["cells"]] == [
        "c0",
        "c1",
        "exercise-scale",
        "check-scale",
        "exercise-train_py",
        "check-train_py",
        "quiz-why",
    ]
    assert all(c["outputs"] == [] for c in released["cells"] if c["cell_type"] == "code")


def marked_lines():
    """Every line with a marker or directive: (cell, line)."""
    for i, cell in enumerate(CELLS):
        for j, line in enumerate(cell["source"].splitlines()):
            if line.lstrip().startswith(("#|", "###", "%%")):
                yield i, j


DAMAGES = {
    "dropped": lambda line: [],
    "doubled": lambda line: [line, line],
    "lower case": lambda line: [line.lower()],
    "indented": lambda line: ["  " + line],
    "without #": lambda line: [line.replace("#", "", 1)],
    "one # more": lambda line: ["#" + line],
    "without blanks": lambda line: [line.replace(" ", "")],
    "cut short": lambda line: [line[: len(line) // 2]],
    "pushed down": lambda line: ["", line],
    "with a tail": lambda line: [line + " x"],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_marker_is_an_error_or_harmless_but_never_a_leak(damage):
    for i, j in marked_lines():
        lines = CELLS[i]["source"].splitlines()
        lines[j : j + 1] = DAMAGES[damage](lines[j])
        try:
            released = release(with_source(i, "\n".join(lines)))
        except LabError as e:
            assert re.search(r"cell \d+, line \d+: ", str(e)) or "would leak" in str(e)
        else:
            assert [s for s in SECRETS if s in text(released)] == [], (damage, i, lines)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(EXERCISE.splitlines()), min_size=1, max_size=14))
def test_shuffled_lines_of_an_exercise_never_leak(lines):
    source = "\n".join(lines)
    try:
        lab = parse_lab(nb := with_source(2, source))
        released = release(nb)
    except LabError:
        return
    hidden = [x for r in lab.cells[2].regions for x in source.splitlines()[r.start + 1 : r.stop] if telling(x)]
    kept = "".join(released["cells"][2]["source"]).splitlines()
    assert hidden
    assert not set(hidden) & set(kept)


def test_the_key_of_a_quiz_changes_nothing_in_what_a_student_gets():
    released = set()
    for letter in "abc":
        quiz = CELLS[-1]["source"].replace('answer="b"', f'answer="{letter}"')
        nb = with_source(len(CELLS) - 1, quiz)
        nb["cells"][-1]["id"] = f"hash-of-{letter}"
        released.add(dumps(release(nb)))
    assert len(released) == 1


def test_every_problem_of_a_lab_is_told_at_once():
    nb = notebook([*CELLS, code("#| exercise scale points=1\nx = 1"), code("#| quizz why"), code("### END SOLUTION")])
    with pytest.raises(LabError) as e:
        parse_lab(nb, path=Path("solutions/scale.ipynb"))
    assert [p.cell for p in e.value.problems] == [11, 12, 13]
    assert str(e.value).splitlines()[1].startswith("solutions/scale.ipynb, cell 13, line 1: ")


def test_a_script_written_by_a_cell_runs_with_its_solution_and_stops_without(tmp_path, monkeypatch):
    import subprocess
    import sys

    from IPython.core.interactiveshell import InteractiveShell

    monkeypatch.chdir(tmp_path)
    shell = InteractiveShell()
    shell.run_cell(SCRIPT, silent=True)
    done = subprocess.run([sys.executable, "train.py", "1", "7"], capture_output=True, text=True, check=False)
    assert done.stdout == "7.0\n"
    shell.run_cell("".join(release(notebook(CELLS))["cells"][4]["source"]), silent=True)
    done = subprocess.run([sys.executable, "train.py", "1", "7"], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "NotImplementedError: train_py: print the largest argument" in done.stderr


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"[1, 2]", b'{"nbformat": 3}', b'{"a":' * 100_000, b"null"])
def test_a_file_that_is_no_notebook_is_a_readable_error(tmp_path, content):
    path = tmp_path / "half.ipynb"
    path.write_bytes(content)
    with pytest.raises(LabError, match=r"half.ipynb, not a notebook"):
        read_notebook(path)


@pytest.mark.parametrize("cell", [None, 7, {}, {"cell_type": "code"}, {"cell_type": "code", "source": [1]}])
def test_a_cell_that_is_none_is_named(tmp_path, cell):
    path = tmp_path / "half.ipynb"
    path.write_text(json.dumps({"nbformat": 4, "cells": [md("# x"), cell]}))
    with pytest.raises(LabError, match="cell 2, line 1: not a cell"):
        read_notebook(path)


@pytest.fixture
def course(tmp_path):
    """A folder of sources with one good lab."""
    source = tmp_path / "solutions" / "level0" / "scale.ipynb"
    source.parent.mkdir(parents=True)
    source.write_bytes(dumps(notebook(CELLS)))
    return tmp_path / "solutions", tmp_path / "labs", source


def test_a_release_is_in_sync_with_itself_and_touches_nothing_twice(course):
    solutions, labs, _ = course
    assert release_all(solutions, labs, check=True).exit_code == 1
    assert not labs.exists()
    done = release_all(solutions, labs)
    assert [p.relative_to(labs).as_posix() for p in done.changed] == ["level0/scale.ipynb"]
    before = done.changed[0].stat().st_mtime_ns
    assert release_all(solutions, labs).changed == ()
    assert done.changed[0].stat().st_mtime_ns == before
    assert release_all(solutions, labs, check=True).exit_code == 0


def test_a_check_names_what_is_out_of_date_and_what_has_no_source(course):
    solutions, labs, _ = course
    released = release_all(solutions, labs).changed[0]
    released.write_text(released.read_text().replace("rows = [1, 2, 3]", "rows = []"))
    (labs / "old.ipynb").write_text("{}")
    report = release_all(solutions, labs, check=True)
    assert report.exit_code == 1
    assert f"{released} is out of date: run mlops-lab release" in str(report)
    assert f"{labs / 'old.ipynb'} has no source" in str(report)


def test_one_broken_source_leaves_every_lab_as_it_was(course):
    solutions, labs, source = course
    release_all(solutions, labs)
    before = {p: p.read_bytes() for p in labs.rglob("*") if p.is_file()}
    source.write_bytes(dumps(with_source(1, "rows = [4]")))
    (solutions / "a.ipynb").write_text("{")
    (solutions / "z.ipynb").write_bytes(dumps(with_source(2, EXERCISE.replace("### END", "### EN"))))
    with pytest.raises(SourcesError) as e:
        release_all(solutions, labs)
    assert [Path(x.path).name for x in e.value.errors] == ["a.ipynb", "z.ipynb"]
    assert {p: p.read_bytes() for p in labs.rglob("*") if p.is_file()} == before


def test_declared_files_are_released_and_others_are_not(course):
    solutions, labs, source = course
    source.write_bytes(dumps(with_source(0, CELLS[0]["source"] + "\n- files: files/*.csv")))
    (source.parent / "files").mkdir()
    (source.parent / "files" / "rooms.csv").write_text("rm\n6\n")
    (source.parent / "files" / "key.txt").write_text("b")
    release_all(solutions, labs)
    assert sorted(p.name for p in labs.rglob("*") if p.is_file()) == ["rooms.csv", "scale.ipynb"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "nothing matches"), ("link", "points out of the folder"), ("x\nfactor = share * 2\n", "would leak")],
)
def test_a_declared_file_that_should_not_be_released_is_refused(course, content, said):
    solutions, labs, source = course
    source.write_bytes(dumps(with_source(0, CELLS[0]["source"] + "\n- files: rooms.csv")))
    if content == "link":
        (solutions.parent / "outside.csv").write_text("secret")
        (source.parent / "rooms.csv").symlink_to(solutions.parent / "outside.csv")
    elif content:
        (source.parent / "rooms.csv").write_text(content)
    with pytest.raises(LabError, match=said):
        release_all(solutions, labs)
    assert not labs.exists()


def test_a_lab_may_not_need_a_lab_that_does_not_exist(course):
    solutions, labs, source = course
    source.write_bytes(dumps(with_source(0, CELLS[0]["source"] + "\n- needs: level0/nowhere")))
    with pytest.raises(LabError, match="there is no lab 'level0/nowhere'"):
        release_all(solutions, labs)


@pytest.mark.parametrize("source", notebooks(ROOT / "solutions"), ids=lambda p: p.stem)
def test_the_released_lab_of_this_repository_holds_no_line_of_its_solution(source):
    lab = read_lab(source, ROOT / "solutions")
    released = ROOT / "labs" / source.relative_to(ROOT / "solutions")
    assert find_leaks(lab, read_notebook(released)) == []
