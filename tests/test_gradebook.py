"""The gradebook under several writers, another version of itself, and a learning platform's import."""

import csv
import io
import subprocess
import sys

import pytest
import sqlalchemy as sa

from mlops_lab.course.gradebook import GradebookError, open_gradebook
from mlops_lab.course.judgement.policies import Late, Policy, PolicyError, read_policy
from mlops_lab.course.judgement.results import Exercise, Result
from mlops_lab.course.records.exports import RosterError, canvas_csv, moodle_csv, read_roster

WRITER = """
import sys
from mlops_lab.course.gradebook import open_gradebook
from mlops_lab.course.judgement.results import Exercise, Result

book = open_gradebook(sys.argv[1])
for i in range(25):
    e = Exercise("split", "exercise", 4, i % 5, "partly")
    what = {"sha256": f"a{i % 3}", "submitted": f"2026-10-0{i % 3 + 1}T10:00:00+00:00"}
    book.record(Result(f"s{i % 8}", "level0/01", "A model", 4, i % 5, (e,), submission=what))
"""


def test_several_processes_write_at_once_and_nothing_is_lost_or_doubled(tmp_path):
    path = tmp_path / "gradebook.sqlite"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stderr=subprocess.PIPE) for _ in range(4)]
    assert [(w.wait(60), w.stderr.read()) for w in writers] == [(0, b"")] * 4
    rows = {(a.student, a.submission["sha256"]) for a in open_gradebook(path).attempts_of()}
    assert len(rows) == len(open_gradebook(path).attempts_of()) == len({(i % 8, i % 3) for i in range(25)})


def test_a_gradebook_of_a_later_version_is_refused_by_name(tmp_path):
    book = open_gradebook(tmp_path / "g.sqlite")
    with book.engine.begin() as db:
        db.execute(sa.text("update about set value = '2'"))
    with pytest.raises(GradebookError, match="version 2; this mlops_lab reads version 1"):
        open_gradebook(tmp_path / "g.sqlite")


@pytest.fixture
def grades(tmp_path):
    book = open_gradebook(tmp_path / "g.sqlite")
    for student, earned in (("ada", 3.5), ("bob", 4)):
        what = {"sha256": "x", "submitted": "2026-10-02T10:00:00+00:00"}
        book.record(
            Result(
                student,
                "level0/01",
                "=A model, by hand",
                4,
                earned,
                (Exercise("a", "exercise", 4, earned, "partly"),),
                submission=what,
            )
        )
    return book.grades()


def test_an_export_survives_names_that_are_no_friend_of_csv(tmp_path, grades):
    path = tmp_path / "roster.csv"
    path.write_text(
        'student,name,id,login,section,email\nada,"Lovelace, Ada",11,ada@x,"A, 1",ada@x\nbob,=HYPERLINK(1),12,bob@x,A,bob@x\n'
    )
    rows = list(csv.reader(io.StringIO(canvas_csv(grades, read_roster(path, "canvas")))))
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "'=A model, by hand"]
    assert (
        float(rows[1][-1]) == 4
        and rows[2] == ["Lovelace, Ada", "11", "", "ada@x", "A, 1", "3.5"]
        and rows[3][0] == "'=HYPERLINK(1)"
    )
    assert "ada@x,3.5" in moodle_csv(grades, read_roster(path, "moodle"))


def test_a_student_whom_the_platform_does_not_know_is_named(tmp_path, grades):
    path = tmp_path / "roster.csv"
    path.write_text("student,email\nada,ada@x\n")
    with pytest.raises(RosterError, match="not in the roster: bob"):
        moodle_csv(grades, read_roster(path, "moodle"))


def test_a_policy_file_with_a_mistake_names_the_entry(tmp_path):
    path = tmp_path / "course.yml"
    path.write_text("late:\n  per_day: 10\n")
    with pytest.raises(PolicyError, match=r"course.yml: late: per_day: expected a share like 10% or 0.1, found 10"):
        read_policy(path)
    path.write_text("deadlines: {level0/01: 2026-10-12 23:59:00}\nlate: {per_day: 10%}\n")
    policy = read_policy(path)
    assert isinstance(policy, Policy) and policy.late == Late(per_day=0.1)
    assert policy.deadlines["level0/01"].isoformat() == "2026-10-12T23:59:00+00:00"


def test_the_secret_of_the_environment_is_used_when_the_file_has_none(tmp_path, monkeypatch):
    monkeypatch.setenv("MLOPS_LAB_SECRET", "from outside")
    assert read_policy(None).secret == "from outside"
    (tmp_path / "course.yml").write_text("secret: from the file\n")
    assert read_policy(tmp_path / "course.yml").secret == "from the file"
