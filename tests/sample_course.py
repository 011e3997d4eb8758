"""A small course to try the grader on: one lab, and submissions with the mistakes that students make."""

import json

from mlops_lab.course.labs import code, md
from mlops_lab.course.source.release import release

LAB = "level0/01_lines"
SECRET_LINE = "rng = np.random.default_rng(SEED + 4711)"

SETUP = "import numpy as np\n\nfrom mlops_lab.course.checks import check, quiz"

SOURCE = [
    md("# Lines\n\n> A line through points.\n\n- level: 0\n- minutes: 20"),
    code(SETUP),
    md(
        "## A line\n\nWrite `fit_line(x, y)`: the *slope* and the *intercept* of the line nearest to the points (least squares)."
    ),
    code("""#| exercise fit_line points=3
def fit_line(x, y):
    ### BEGIN SOLUTION return slope and intercept
    slope = ((x - x.mean()) * (y - y.mean())).sum() / ((x - x.mean()) ** 2).sum()
    return slope, y.mean() - slope * x.mean()
    ### END SOLUTION"""),
    code("""#| check fit_line
with check("fit_line") as c:
    c.close(lambda: fit_line(np.arange(3.0), np.arange(3.0))[0], 1, "the slope of a straight line")"""),
    code(f"""#| probe fit_line points=3 says="slope and intercept of forty noisy points"
import numpy as np
{SECRET_LINE}
x = rng.uniform(0, 10, 40)
answer = fit_line(x, 3 * x + 2 + rng.normal(size=40))"""),
    code("""#| judge fit_line
def judge(answer, reference):
    require(len(answer) == 2, "Return two numbers: slope and intercept.")
    expect(close(answer[0], reference[0]), "The slope is off.", points=2, look="Divide by the sum of squares of `x - mean(x)`.")
    expect(close(answer[1], reference[1]), "The intercept is off.", points=1, look="The line goes through the point of means.")"""),
    md("## The mean error\n\nWrite `mae(y, p)`, the mean absolute error."),
    code("""#| exercise mae points=2
def mae(y, p):
    ### BEGIN SOLUTION
    return np.abs(y - p).mean()
    ### END SOLUTION"""),
    code(
        '#| check mae\nwith check("mae") as c:\n    c.equal(lambda: mae(np.zeros(2), np.ones(2)), 1, "an error of one")'
    ),
    code("""#| probe mae points=2 seeds=3 says="the mean absolute error of fifty pairs"
import numpy as np
rng = np.random.default_rng(SEED)
answer = mae(rng.normal(size=50), rng.normal(size=50))"""),
    md("## Twice\n\nWrite `double(x)`."),
    code("""#| exercise double points=1
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION"""),
    code('#| check double\nwith check("double") as c:\n    c.equal(lambda: double(2), 4, "twice two")'),
    code('#| probe double points=1 says="twice a number"\nanswer = double(SEED)'),
    code("""#| quiz why points=1
quiz("why", "Why is the **absolute** error used?", options={"a": "It is in the unit of y", "b": "It is smaller"},
     answer="a", because={"b": "It need not be smaller."})"""),
]

GOOD = {
    "fit_line": "def fit_line(x, y):\n    return np.polyfit(x, y, 1)",
    "mae": "def mae(a, b):\n    return float(np.mean(np.abs(np.subtract(a, b))))",
    "double": "def double(x):\n    return x + x",
}
POINTS = {"fit_line": 3, "mae": 2, "double": 1}
QUIZ = '#| quiz why points=1\nquiz(\n    "why",\n    "Why?",\n    options={"a": "x", "b": "y"},\n    chosen="a",\n)'


def notebook(cells):
    """A notebook file's text."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def exercise(name, body):
    """An exercise's cell as a student hands it in."""
    return code(f"#| exercise {name} points={POINTS[name]}\n{body}")


def submission(quiz=QUIZ, setup=SETUP, **bodies):
    """A right submission with some cells replaced; None leaves a cell out."""
    cells = [exercise(n, body) for n, body in (GOOD | bodies).items() if body is not None]
    return notebook([code(setup), *cells, code(quiz)])


def untouched():
    """The lab as it is handed out."""
    return json.dumps(release({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": SOURCE}, LAB))


MISTAKES = {
    "right": submission(),
    "renamed": submission(fit_line="def fitline(x, y):\n    return np.polyfit(x, y, 1)"),
    "syntax": submission(mae="def mae(a, b)\n    return 3"),
    "shape": submission(fit_line="def fit_line(x, y):\n    return [np.polyfit(x, y, 1)]"),
    "half": submission(fit_line="def fit_line(x, y):\n    return np.polyfit(x, y, 1)[0], 0.0"),
    "raises": submission(fit_line="def fit_line(x, y):\n    m = np.ones(3)\n    return x @ m"),
    "deleted": submission(mae=None),
    "loop": submission(mae="while True:\n    pass"),
    "loop_when_asked": submission(mae="def mae(a, b):\n    while True:\n        pass"),
    "stubborn_loop": submission(
        mae="while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
    ),
    "memory": submission(mae="big = np.ones(5 * 10**9 // 8)\n\ndef mae(a, b):\n    return 0"),
    "exits": submission(mae="import os\nos._exit(1)"),
    "prints": submission(
        mae="def mae(a, b):\n    return abs(a - b).mean()\n\nfor i in range(10**6):\n    print('x' * 100)"
    ),
    "warns": submission(mae="import warnings\nwarnings.warn('old')\n\ndef mae(a, b):\n    return abs(a - b).mean()"),
    "no_json": "<html>Not found",
    "untouched": untouched(),
    "wrong_quiz": submission(quiz=QUIZ.replace('"a",\n)', '"b",\n)')),
    "shadows": submission(setup=SETUP + "\nsum = 3\nlist = [1]\nanswer = 42\nSEED = 0"),
    "unmarked": submission().replace("#| exercise double points=1\\n", ""),
    "moved": notebook([code(SETUP), code(QUIZ), *(exercise(n, GOOD[n]) for n in reversed(GOOD))]),
    "leaks": submission(
        double="import inspect\n\ndef double(x):\n    text = inspect.stack()[1].frame.f_code.co_consts\n    print(text)\n    int(str(text))"
    ),
}


def build(root, submissions=None):
    """Write the course under a folder; returns the folders of submissions and solutions."""
    put(root / "solutions" / f"{LAB}.ipynb", notebook(SOURCE))
    for student, text in (MISTAKES if submissions is None else submissions).items():
        put(root / "submissions" / student / f"{LAB}.ipynb", text)
    return root / "submissions", root / "solutions"


def put(path, text):
    """Write a file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
