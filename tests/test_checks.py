"""What a student sees: in a kernel, on a terminal, under papermill, in a browser, and after ordinary mistakes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mlops_lab.course.checks import check_notebook
from mlops_lab.course.guidance.reports import CHECK_MIME, Line, Report, as_html
from mlops_lab.course.guidance.widgets import QUIZ_MIME
from mlops_lab.course.labs import LabError, code, md

SETUP = code("from mlops_lab.course.checks import check, quiz")
CHECK = code('#| check half\nwith check("half") as c:\n    c.equal(lambda: half(4), 2, "half of 4 is 2")')
QUIZ = code('#| quiz why points=1\nquiz("why", "Why?", options={"a": "so", "b": "no"}, chosen=None)')


def write(folder, *sources, kernel="elsewhere"):
    """A student's notebook with these cells behind the set-up."""
    path = folder / "half.ipynb"
    cells = [md("# Half"), SETUP, *(code(s) if isinstance(s, str) else s for s in sources)]
    nb = {
        "cells": cells,
        "metadata": {"kernelspec": {"name": kernel, "display_name": kernel}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    path.write_text(json.dumps(nb))
    return path


def run_python(source, cwd):
    env = os.environ | {"OMP_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, "-c", source], cwd=cwd, env=env, capture_output=True, text=True, check=False)


def test_ordinary_mistakes_get_a_readable_line_each_and_the_rest_is_still_checked(tmp_path):
    (tmp_path / "broken.py").write_text("def f(x):\n    return x +\n")
    path = write(
        tmp_path,
        "#| exercise half points=1\ndef half(x):\n    y = x / 2\n    return y + None",
        CHECK,
        "def half(x) return x / 2",
        '#| check half.file\nwith check("half") as c:\n    c.that(lambda: __import__("broken").f(1), "it adds")',
        "def half(x):\n    return x / 2",
        '#| check half.again\nwith check("half") as c:\n    c.equal(lambda: half(4), 2, "half of 4 is 2")',
        '#| check half.gone\nwith check("half") as c:\n    c.that(lambda: quarter(8) == 2, "a quarter of 8 is 2")',
        '#| check half.edited\n"I made this shorter"',
        QUIZ,
    )
    before = path.read_bytes()
    first, syntax, file, again, gone, edited, quiz = check_notebook(path)
    assert path.read_bytes() == before
    line = first.report.lines[0]
    assert line.found == "TypeError: unsupported operand type(s) for +: 'float' and 'NoneType'"
    assert line.where == "In[2], line 4: `return y + None`"
    assert (syntax.name, syntax.note) == ("cell 5", "SyntaxError: expected ':' (" + syntax.note.split("(")[1])
    assert file.report.lines[0].found == "this is not Python: invalid syntax"
    assert file.report.lines[0].where == "broken.py, line 2: `return x +`"
    assert again.ok
    assert "`quarter` does not exist" in gone.report.lines[0].found
    assert not edited.ok
    assert edited.note == "this check showed nothing: was its cell changed?"
    assert (quiz.name, quiz.ok, quiz.note) == ("why", False, "not answered yet")
    shown = "\n".join(str(r) for r in (first, syntax, file, again, gone, edited, quiz))
    assert "Traceback" not in shown
    assert "site-packages" not in shown


def test_a_loop_without_end_is_interrupted_and_the_next_cell_runs(tmp_path):
    path = write(tmp_path, "while True:\n    pass", "def half(x):\n    return x / 2", CHECK)
    loop, half = check_notebook(path, timeout=3)
    assert (loop.name, loop.note) == ("cell 3", "it was interrupted, it took too long")
    assert half.ok


def test_a_check_whose_kernel_died_is_told(tmp_path):
    path = write(tmp_path, "import os\nos._exit(1)", CHECK)
    assert [(r.name, r.ok) for r in check_notebook(path)][-1] == ("half", False)
    assert "the kernel died" in str(check_notebook(path)[-1])


def test_the_source_of_a_lab_passes_its_own_checks(tmp_path):
    path = write(
        tmp_path,
        "#| exercise half points=1\ndef half(x):\n    ### BEGIN SOLUTION\n    return x / 2\n    ### END SOLUTION",
        CHECK,
        "#| probe half points=1\nanswer = half(SEED)",
        '#| quiz why points=1\nquiz("why", "Why?", options={"a": "so", "b": "no"}, answer="b")',
    )
    assert [str(r).split(".")[0] for r in check_notebook(path)] == ["check half: 1 of 1 right", "why: answered b"]


def test_clicked_answers_beside_the_notebook_count_as_answered(tmp_path):
    path = write(tmp_path, QUIZ)
    (tmp_path / "half.answers.json").write_text('{"schema": 1, "answers": {"why": ["b"]}}')
    assert str(check_notebook(path)[0]) == "why: answered b"


@pytest.mark.parametrize("content", ["not json", '{"cells": 3}', "[]"])
def test_a_notebook_that_is_none_is_a_readable_error(tmp_path, content):
    path = tmp_path / "half.ipynb"
    path.write_text(content)
    with pytest.raises(LabError, match="half.ipynb, not a notebook"):
        check_notebook(path)


def test_a_check_in_a_script_prints_text_and_the_script_goes_on(tmp_path):
    script = (
        "from mlops_lab.course.checks import check, quiz\n"
        'with check("half") as c:\n'
        '    c.that(lambda: half(2), "half is there", hint="`def half`")\n'
        "    raise SystemExit(3)\n"
        'print(quiz("why", "Why?", options={"a": "so", "b": "no"}))'
    )
    done = run_python(script, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("check half: 0 of 2 right. Change your cell, run it, then run this one again.\n")
    assert "look: `def half`" in done.stdout
    assert "the code ended Python itself (exit)" in done.stdout
    assert 'Not answered yet. Write chosen="a" into this cell.' in done.stdout


def test_an_interrupt_is_not_swallowed_by_a_check(tmp_path):
    done = run_python(
        "from mlops_lab.course.checks import check\nwith check('half') as c:\n    raise KeyboardInterrupt", tmp_path
    )
    assert "KeyboardInterrupt" in done.stderr


def test_checks_import_nothing_heavy(tmp_path):
    heavy = ("numpy", "pandas", "IPython", "ipywidgets", "nbclient", "nbformat", "sklearn", "tensorflow")
    done = run_python(
        f"import mlops_lab.course.checks, sys; print([m for m in {heavy!r} if m in sys.modules])", tmp_path
    )
    assert done.stdout.strip() == "[]"


def test_a_report_shows_what_a_student_wrote_as_text_never_as_html():
    report = Report("half", [Line("it is <b>", "wrong", "<script>alert(1)</script>", "`<img src=x>`", "**<i>**")])
    html = as_html(report)
    assert not any(x in html for x in ("<script", "<img", "<i>", "<b>"))
    assert "<code>&lt;img src=x&gt;</code>" in html


def run_papermill(path, monkeypatch, session=None):
    import papermill

    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    if session:
        monkeypatch.setenv("JPY_SESSION_NAME", str(session))
    out = path.with_name("executed.ipynb")
    papermill.execute_notebook(
        str(path), str(out), cwd=str(path.parent), kernel_name="python3", progress_bar=False, log_output=False
    )
    return json.loads(out.read_text())["cells"]


@pytest.mark.filterwarnings("ignore")
def test_under_papermill_a_quiz_is_text_and_a_check_carries_its_data(tmp_path, monkeypatch):
    path = write(tmp_path, "def half(x):\n    return x / 2", CHECK, QUIZ)
    *_, check, quiz = run_papermill(path, monkeypatch)
    data = check["outputs"][0]["data"]
    assert data[CHECK_MIME] == {
        "schema": 1,
        "name": "half",
        "right": 1,
        "total": 1,
        "lines": [{"says": "half of 4 is 2", "status": "right", "found": "", "where": "", "hint": ""}],
    }
    assert "half of 4 is 2" in "".join(data["text/plain"])
    assert "half of 4 is 2" in "".join(data["text/html"])
    data = quiz["outputs"][0]["data"]
    assert "application/vnd.jupyter.widget-view+json" not in data
    assert 'Write chosen="a" into this cell' in "".join(data["text/plain"])
    assert data[QUIZ_MIME]["chosen"] == []


@pytest.mark.filterwarnings("ignore")
def test_in_jupyter_a_quiz_shows_buttons_beside_its_text(tmp_path, monkeypatch):
    path = write(tmp_path, QUIZ)
    (tmp_path / "half.answers.json").write_text('{"schema": 1, "answers": {"why": ["b"]}}')
    data = run_papermill(path, monkeypatch, session=path)[-1]["outputs"][0]["data"]
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "(o) b" in "".join(data["text/plain"])
    assert data[QUIZ_MIME]["chosen"] == ["b"]


CHROMIUM = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), None)
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture
def jupyterlab(tmp_path):
    """JupyterLab on a port of its own choice; its address."""
    path = write(tmp_path, QUIZ, CHECK, kernel="python3")
    options = ["--no-browser", "--ServerApp.port=0", "--IdentityProvider.token=", f"--ServerApp.root_dir={tmp_path}"]
    options += ["--LabApp.news_url=", "--ServerApp.open_browser=False"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    home = tmp_path / ".home"
    env = os.environ | {"JUPYTER_CONFIG_DIR": f"{home}/config", "JUPYTER_DATA_DIR": f"{home}/data"}
    env |= {"JUPYTER_RUNTIME_DIR": f"{home}/run", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"}
    command = [sys.executable, "-m", "jupyterlab", *options]
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = next((line.split()[-1] for line in server.stderr if "http://127.0.0.1:" in line), None)
            assert address, "JupyterLab did not start"
            import threading

            threading.Thread(target=server.stderr.read, daemon=True).start()
            yield address.split("/lab")[0].rstrip("/"), path
        finally:
            server.terminate()


@pytest.mark.slow
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine")
def test_a_click_in_jupyterlab_is_kept_beside_the_notebook(jupyterlab):
    sync_api = pytest.importorskip("playwright.sync_api")
    from mlops_lab.course.source.quizzes import read_answers

    address, path = jupyterlab
    with sync_api.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport={"width": 1200, "height": 1400})
        page.set_default_timeout(60_000)
        page.goto(f"{address}/lab/tree/half.ipynb")
        page.get_by_text("| Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).first.click()
        page.locator("input[type=radio]").nth(1).click()
        page.get_by_text("Recorded: b.").first.wait_for()
        assert page.get_by_label("check half").get_by_text("does not exist").count() == 1
        browser.close()
    assert read_answers(path) == {"why": ("b",)}
