"""Grading a class: every ordinary mistake has a readable verdict, and the rest is still graded."""

import json
import re
import threading
from dataclasses import replace

import pytest
from sample_course import LAB, MISTAKES, SECRET_LINE, SOURCE, build, notebook, put, submission

from mlops_lab.course import sandbox
from mlops_lab.course.containment.sessions import open_session
from mlops_lab.course.gradebook import open_gradebook
from mlops_lab.course.grading import Broken, Finished, Graded, GradingError, grade
from mlops_lab.course.judgement.execution import Budget
from mlops_lab.course.judgement.policies import parse_policy
from mlops_lab.course.judgement.results import load
from mlops_lab.course.judgement.workplaces import Options, Sessions
from mlops_lab.course.labs import code, md

BUDGET = Budget(cell=4, probe=4, exercise=5)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The class of all ordinary mistakes, graded once."""
    root = tmp_path_factory.mktemp("course")
    submissions, solutions = build(root)
    options = Options(jobs=2, budget=BUDGET, cache=root.parent / "references")
    events = list(grade(submissions, root / "out", solutions, options))
    return root, events, {e.result.student: e.result for e in events if isinstance(e, Graded)}


def verdict(results, student, name):
    return next(e for e in results[student].exercises if e.name == name)


def said(exercise):
    lines = [
        exercise.message,
        *(m for c in exercise.checks for m in (c.message, c.look, *(r.message for r in c.remarks))),
    ]
    return " ".join(lines)


def test_every_submission_is_graded_and_no_lab_is_broken(course):
    _, events, results = course
    assert set(results) == set(MISTAKES)
    assert not [e for e in events if isinstance(e, Broken)]
    assert isinstance(events[-1], Finished)


@pytest.mark.parametrize(
    "student, exercise, earned, message",
    [
        ("renamed", "fit_line", 0, "There is no `fit_line` in your notebook; your cell defines `fitline`."),
        ("syntax", "mae", 0, "SyntaxError (expected ':') in line 2: `def mae(a, b)`"),
        ("shape", "fit_line", 0, "Return two numbers: slope and intercept."),
        ("half", "fit_line", 2, "The intercept is off."),
        ("raises", "fit_line", 0, "in line 4: `return x @ m`"),
        ("deleted", "mae", 0, "There is no cell for this exercise in your notebook"),
        ("loop", "mae", 0, "did not finish in time"),
        ("loop_when_asked", "mae", 0, "stopped after 4 seconds without an answer"),
        ("stubborn_loop", "mae", 0, "did not finish in time"),
        ("memory", "mae", 0, "more memory than a notebook may use"),
        ("exits", "mae", 0, "ended the whole kernel"),
        ("wrong_quiz", "why", 0, "It need not be smaller."),
    ],
)
def test_a_mistake_costs_its_own_exercise_and_is_told(course, student, exercise, earned, message):
    results = course[2]
    assert verdict(results, student, exercise).earned == earned
    assert message in said(verdict(results, student, exercise))
    assert [e.name for e in results[student].exercises if e.earned < e.points] == [exercise]


@pytest.mark.parametrize("student", ["right", "warns", "prints", "shadows", "unmarked", "moved"])
def test_what_is_right_in_another_way_keeps_all_points(course, student):
    assert course[2][student].earned == 7, said(verdict(course[2], student, "mae"))


def test_a_warning_is_reported_and_costs_nothing(course):
    assert "Cell 3 gave a warning (UserWarning). Warnings cost nothing." in course[2]["warns"].notes


def test_a_lost_first_line_is_told(course):
    assert any("first line of the cell of `double` is missing" in n for n in course[2]["unmarked"].notes)


def test_an_untouched_lab_earns_nothing_and_says_so(course):
    untouched = course[2]["untouched"]
    assert untouched.earned == 0
    assert {e.state for e in untouched.exercises} == {"open"}


def test_a_file_that_is_no_notebook_has_a_reason(course):
    assert course[2]["no_json"].earned == 0
    assert "not valid JSON" in course[2]["no_json"].problem
    assert "Not found" in (course[0] / "out" / "no_json" / LAB / "feedback.html").read_text()


def test_feedback_and_executed_notebook_hold_nothing_of_the_probes(course):
    root, _, results = course
    seeds = {str(s) for r in results.values() for e in r.exercises for c in e.checks for s in c.machine["seeds"]}
    for path in [*(root / "out").rglob("feedback.html"), *(root / "out").rglob("executed.ipynb")]:
        text = path.read_text()
        assert SECRET_LINE not in text and "4711" not in text and "def judge" not in text, path
        assert not seeds & set(re.findall(r"\d+", text)), path


def test_results_are_versioned_and_carry_the_measures_in_force(course):
    data = json.loads((course[0] / "out" / "half" / LAB / "result.json").read_text())
    assert (data["schema"], data["version"]) == ("mlops_lab/result", 1)
    assert data["exercises"][0] | {} and {"name", "points", "earned", "checks"} <= set(data["exercises"][0])
    assert data["machine"]["isolation"] and data["machine"]["measures"]
    assert all(c["seconds"] >= 0 for c in data["cells"])


def test_grades_are_a_table(course):
    rows = (course[0] / "out" / "grades.csv").read_text().splitlines()
    assert rows[0] == f"student,{LAB} (7),total"
    assert "half,6.0,6.0" in rows and len(rows) == len(MISTAKES) + 1


def test_progress_tells_what_is_left(course):
    graded = [e for e in course[1] if isinstance(e, Graded)]
    assert [e.done for e in graded] == list(range(1, len(MISTAKES) + 1))
    assert graded[-1].eta == 0


def a_class(tmp_path, *students, **more):
    return build(tmp_path, {s: submission() for s in students} | more)


def run(root, submissions, solutions, **options):
    more = {"cache": root.parent / "references", "jobs": 2} | options
    events = list(grade(submissions, root / "out", solutions, Options(**more)))
    return [e for e in events if isinstance(e, Graded)], [e for e in events if isinstance(e, Broken)]


def test_only_what_changed_is_graded_again(tmp_path):
    places = a_class(tmp_path, "ada", "bob")
    assert [e.cached for e in run(tmp_path, *places)[0]] == [False, False]
    put(places[0] / "bob" / f"{LAB}.ipynb", submission(double="def double(x):\n    return x"))
    again = {e.result.student: e for e in run(tmp_path, *places)[0]}
    assert (again["ada"].cached, again["bob"].cached) == (True, False)
    put(places[1] / f"{LAB}.ipynb", notebook([*SOURCE, md("A new word.")]))
    assert [e.cached for e in run(tmp_path, *places)[0]] == [False, False]
    book = open_gradebook(tmp_path / "out" / "gradebook.sqlite")
    assert {g.student: (g.final, g.attempts) for g in book.grades()} == {"ada": (7, 1), "bob": (7, 2)}


def test_running_a_notebook_again_is_no_new_attempt(tmp_path):
    places = a_class(tmp_path, "ada")
    run(tmp_path, *places)
    path = places[0] / "ada" / f"{LAB}.ipynb"
    nb = json.loads(path.read_text())
    nb["cells"][1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "hello"}]
    path.write_text(json.dumps(nb))
    assert [e.cached for e in run(tmp_path, *places)[0]] == [True]


def test_a_mark_that_a_person_gave_survives_a_regrade(tmp_path):
    places = a_class(tmp_path, ada=submission(double="def double(x):\n    return x"))
    run(tmp_path, *places)
    book = open_gradebook(tmp_path / "out" / "gradebook.sqlite")
    book.mark("ada", LAB, "double", 1, "You showed it on paper.")
    run(tmp_path, *places, force=True)
    assert (tmp_path / "out" / "grades.csv").read_text().splitlines()[1] == "ada,7.0,7.0"


def test_lateness_is_looked_up_without_grading_again(tmp_path):
    places = a_class(tmp_path, "ada")
    put(places[0] / ".submitted.json", json.dumps({"ada": {LAB: "2026-10-02T00:00:00+00:00"}}))
    run(tmp_path, *places)
    policy = parse_policy({"deadlines": {LAB: "2026-10-01T12:00:00+00:00"}, "late": {"per_day": "10%"}})
    [event], _ = run(tmp_path, *places, policy=policy)
    assert (event.cached, event.result.late["kept"], event.result.final) == (True, 0.9, 6.3)
    assert "90 % of 7 points count" in (tmp_path / "out" / "ada" / LAB / "feedback.html").read_text()


def test_students_get_different_questions_and_the_same_verdict(tmp_path):
    places = a_class(tmp_path, *(f"s{i}" for i in range(6)))
    graded, _ = run(tmp_path, *places, jobs=2, policy=parse_policy({"secret": "x", "variants": 3}))
    seeds = {tuple(e.result.exercises[0].checks[0].machine["seeds"]) for e in graded}
    assert len(seeds) > 1 and {e.result.earned for e in graded} == {7}


def test_stopping_in_the_middle_leaves_no_process_and_goes_on_later(tmp_path):
    places = a_class(tmp_path, *(f"s{i}" for i in range(5)))
    events = grade(*[places[0], tmp_path / "out", places[1]], Options(cache=tmp_path.parent / "references"))
    for event in events:
        if isinstance(event, Graded) and event.done == 2:
            break
    events.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("grading")]
    assert sorted(e.cached for e in run(tmp_path, *places)[0]) == [False, False, False, True, True]


def test_a_judge_that_refuses_its_own_solution_stops_only_its_lab(tmp_path):
    places = a_class(tmp_path, "ada")
    bad = [
        c if "#| judge" not in c["source"] else code("#| judge fit_line\ndef judge(answer): return False")
        for c in SOURCE
    ]
    put(places[1] / "level0" / "02_other.ipynb", notebook(bad))
    put(places[0] / "ada" / "level0" / "02_other.ipynb", submission())
    graded, broken = run(tmp_path, *places)
    assert [e.result.lab for e in graded] == [LAB]
    assert "02_other" in broken[0].message and "gives its own solution 0" in broken[0].message


def test_what_is_kept_by_the_caller_stays_warm_for_the_next_submission(tmp_path):
    places = a_class(tmp_path, "ada", "bob")
    options = Options(cache=tmp_path.parent / "references")
    sessions = Sessions(options)
    try:
        warm = []
        for student in ("ada", "bob"):
            only = replace(options, students=(student,))
            *_, end = grade(places[0], tmp_path / "out", places[1], only, sessions)
            warm += [r.machine["warm"] for r in end.results]
        assert warm == [bool(sessions.pools) and not next(iter(sessions.pools.values())).why] * 2
    finally:
        sessions.stop()


def test_isolation_that_this_machine_does_not_have_is_refused_before_anything_runs(tmp_path):
    places = a_class(tmp_path, "ada")
    with pytest.raises(ValueError, match="vault"):
        run(tmp_path, *places, isolation="vault")
    assert not (tmp_path / "out" / "ada").exists()


class Container:
    """A runner that somebody has plugged in."""

    why = ""

    def available(self):
        return self.why

    def session(self, order):
        session = open_session(replace(order, isolation=None))
        session.isolation = "container"
        return session


def test_a_container_runner_that_is_plugged_in_grades(tmp_path):
    sandbox.register("container", Container())
    try:
        [event], broken = run(tmp_path, *a_class(tmp_path, "ada"), isolation="container")
        assert (event.result.earned, event.result.machine["isolation"], broken) == (7, "container", [])
        sandbox.register("container", type("Down", (Container,), {"why": "its daemon does not answer"})())
        with pytest.raises(ValueError, match="'container' is not to be had: its daemon does not answer"):
            run(tmp_path, *a_class(tmp_path, "ada"), isolation="container")
    finally:
        sandbox.register("container", None)


def test_a_folder_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(GradingError, match="no such folder of solutions"):
        list(grade(tmp_path, tmp_path / "out", tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="nobody: no such folder of submissions"):
        list(grade(tmp_path / "nobody", tmp_path / "out", build(tmp_path)[1]))


SYSTEM = [
    md("# A system\n\n> Scripts and a service.\n\n- level: 0\n- minutes: 20"),
    code(
        "%%writefile train.py\n#| exercise train points=2\nimport json, sys\n### BEGIN SOLUTION\n"
        "json.dump({'sum': int(sys.argv[1]) + 1}, open('m.json', 'w'))\n### END SOLUTION"
    ),
    code("#| check train\nprint(open('train.py').read())"),
    code(
        "#| probe train points=2 artefact=m.json\nfrom mlops_lab.course.evidence.artefacts import run_script\n"
        "answer = run_script('train.py', SEED).code"
    ),
    code(
        "#| judge train\ndef judge(answer, seed, work):\n    import json\n    made = json.loads((work / 'm.json').read_text())\n"
        "    expect(made == {'sum': seed + 1}, 'm.json holds another sum.')"
    ),
    code(
        "%%writefile app.py\n#| exercise app points=2\nfrom flask import Flask, request\napp = Flask('app')\n### BEGIN SOLUTION\n"
        "@app.post('/double')\ndef double():\n    return {'double': 2 * request.get_json()}\n### END SOLUTION"
    ),
    code("#| check app\nprint(open('app.py').read())"),
    code(
        "#| probe app points=2\nfrom mlops_lab.course.evidence.services import service\nwith service(wsgi='app:app') as s:\n"
        "    answer = [s.post('/double', json=SEED).plain(), s.get('/double').status]"
    ),
]


def system(train, app="@app.post('/double')\ndef double():\n    return {'double': request.get_json() * 2}"):
    head = "from flask import Flask, request\napp = Flask('app')\n"
    return notebook(
        [
            code(f"%%writefile train.py\n#| exercise train points=2\n{train}"),
            code(f"%%writefile app.py\n#| exercise app points=2\n{head}{app}"),
        ]
    )


def test_scripts_files_and_services_are_judged_by_what_they_do(tmp_path):
    good = "import json, sys\nopen('m.json', 'w').write(json.dumps({'sum': 1 + int(sys.argv[1])}))"
    handed = {
        "right": system(good),
        "fails": system("import sys\nprint(sys.argv[7])"),
        "writes_nothing": system("print('done')"),
        "wrong_sum": system(good.replace("1 + int(sys.argv[1])", "3")),
        "link": system(f"{good}\nimport os\nos.remove('m.json'); os.symlink('/etc/passwd', 'm.json')"),
        "no_route": system(good, "@app.get('/')\ndef home():\n    return 'hi'"),
        "crashes": system(good, "raise RuntimeError('no model')"),
    }
    put(tmp_path / "solutions" / "level0" / "02_system.ipynb", notebook(SYSTEM))
    for student, text in handed.items():
        put(tmp_path / "submissions" / student / "level0" / "02_system.ipynb", text)
    graded, broken = run(tmp_path, tmp_path / "submissions", tmp_path / "solutions", jobs=2)
    told = {
        e.result.student: ([x.earned for x in e.result.exercises], " ".join(map(said, e.result.exercises)))
        for e in graded
    }
    assert not broken and told["right"] == ([2, 2], " " * len(told["right"][1]))
    assert told["fails"][0] == [0, 2] and "IndexError: list index out of range (train.py, line 3)" in told["fails"][1]
    assert told["writes_nothing"][0] == [0, 2] and "The file m.json was not written." in told["writes_nothing"][1]
    assert told["wrong_sum"][0] == [0, 2] and "m.json holds another sum." in told["wrong_sum"][1]
    assert told["link"][0] == [0, 2] and "m.json cannot be read" in told["link"][1]
    assert told["no_route"][0] == [2, 0]
    assert told["crashes"][0] == [2, 0] and "RuntimeError: no model (app.py, line 4)" in told["crashes"][1]


def test_the_checks_of_a_lab_are_put_back(tmp_path):
    forged = json.loads(submission(double="def double(x):\n    return x"))
    forged["cells"].append(
        code("#| check double\nimport builtins\nbuiltins.double = lambda x: 2 * x\ndouble = builtins.double")
    )
    forged["cells"].append(code("#| judge double\ndef judge(answer): return True"))
    graded, _ = run(tmp_path, *a_class(tmp_path, eve=json.dumps(forged)))
    assert {e.name: e.earned for e in graded[0].result.exercises} == {"fit_line": 3, "mae": 2, "double": 0, "why": 1}


def test_results_can_be_read_back(course):
    for path in (course[0] / "out").rglob("result.json"):
        assert load(path).student == path.parent.parent.parent.name
