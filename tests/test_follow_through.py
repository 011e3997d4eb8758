"""A mistake is paid for once: what builds on it is judged as if it had been right, and the solution stays unseen."""

import pytest
from sample_course import notebook, put

from mlops_lab.course.grading import Graded, grade
from mlops_lab.course.judgement.execution import Budget
from mlops_lab.course.judgement.policies import Policy
from mlops_lab.course.judgement.workplaces import Options
from mlops_lab.course.labs import code, md

LAB = "level0/02_scripts"
SOLUTION = "return sorted(numbers)[len(numbers) // 2 + 1000 - 1000]"
SOURCE = [
    md("# Scripts\n\n> One runs the other.\n\n- level: 0\n- minutes: 10"),
    code(
        f"""%%writefile middle.py
#| exercise middle_py points=2
### BEGIN SOLUTION
def middle(numbers):
    {SOLUTION}
### END SOLUTION"""
    ),
    code("#| check middle_py\nprint(open('middle.py').read())"),
    code("#| probe middle_py points=2\nfrom middle import middle\nanswer = middle([SEED, 3, 10**12])"),
    code("from middle import middle\n\nseen = middle([1, 2, 3])"),
    code("""#| exercise spread points=3
def spread(numbers):
    ### BEGIN SOLUTION
    return middle([abs(n - middle(numbers)) for n in numbers]) + 0 * seen
    ### END SOLUTION"""),
    code("#| check spread\nprint(spread([1, 2, 9]))"),
    code("#| probe spread points=2\nanswer = spread([SEED, 3, 10**12])"),
    code("#| probe spread.same points=1\nanswer = spread([SEED, SEED, SEED])"),
]
RIGHT = "def spread(numbers):\n    m = middle(numbers)\n    return middle([abs(n - m) for n in numbers])"
THIEF = """import pathlib
text = pathlib.Path("middle.py").read_text()
print(text)
pathlib.Path("loot.txt").write_text(text)

def spread(numbers):
    raise ValueError(open("middle.py").read())"""
PLAIN = "from middle import middle\n\nseen = middle([1, 2, 3])"


def handed_in(middle, spread):
    """A notebook with these two cells; None leaves the first out."""
    first = [] if middle is None else [code(f"%%writefile middle.py\n#| exercise middle_py points=2\n{middle}")]
    return notebook([*first, code(PLAIN), code(f"#| exercise spread points=3\n{spread}")])


CLASS = {
    "wrong": handed_in("def middle(numbers):\n    return 0", RIGHT),
    "renamed": handed_in("def median(numbers):\n    return sorted(numbers)[len(numbers) // 2]", RIGHT),
    "broken": handed_in("def middle(numbers)\n    return 0", RIGHT),
    "deleted": handed_in(None, RIGHT),
    "endless": handed_in("while True:\n    pass", RIGHT),
    "both": handed_in("def middle(numbers):\n    return 0", RIGHT.replace("abs(n - m)", "-n")),
    "thief": handed_in("def middle(numbers):\n    return 0", THIEF),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The class, graded with follow-through and without: {student: (result, folder)} each."""
    root = tmp_path_factory.mktemp("scripts")
    put(root / "solutions" / f"{LAB}.ipynb", notebook(SOURCE))
    for student, text in CLASS.items():
        put(root / "submissions" / student / f"{LAB}.ipynb", text)
    found = []
    for follow in (True, False):
        options = Options(
            jobs=2,
            budget=Budget(cell=4, probe=4, exercise=8),
            policy=Policy(follow_through=follow),
            cache=root / "references",
        )
        events = list(grade(root / "submissions", root / f"out{follow}", root / "solutions", options))
        found.append({e.result.student: e for e in events if isinstance(e, Graded)})
    return found


def earned(event):
    return [e.earned for e in event.result.exercises]


@pytest.mark.parametrize("student", ["wrong", "renamed", "broken", "deleted", "endless"])
def test_what_builds_on_a_mistake_loses_nothing(graded, student):
    follow, strict = graded
    assert earned(follow[student]) == [0, 3]
    assert earned(strict[student])[1] < 3
    told = follow[student].result.exercises[1].message
    assert told.startswith("This builds on `middle_py`, which is not right yet."), told


def test_a_mistake_of_its_own_is_still_found_and_its_words_are_kept(graded):
    follow, strict = graded
    assert earned(follow["both"]) == earned(strict["both"])
    after, before = follow["both"].result.exercises[1], strict["both"].result.exercises[1]
    assert [c.message for c in after.checks] == [c.message for c in before.checks]
    assert "earned no more: look into this cell, too" in after.message


def test_a_solution_that_is_lent_is_never_told(graded):
    event = graded[0]["thief"]
    assert earned(event)[1] == 0
    files = [p for p in event.folder.rglob("*") if p.is_file()]
    assert {"result.json", "feedback.html", "executed.ipynb"} <= {p.name for p in files}
    assert not [p.name for p in files if "1000 - 1000" in p.read_text()]
