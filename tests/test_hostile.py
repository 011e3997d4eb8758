"""Hostile submissions: each is contained, its honest exercises still count, and nothing is left behind."""

import os
import tempfile

import psutil
import pytest
from sample_course import LAB, POINTS, SECRET_LINE, build, put, submission

from mlops_lab.course.grading import Broken, Graded, grade
from mlops_lab.course.judgement.execution import Budget
from mlops_lab.course.judgement.workplaces import Options

HONEST = "\n\ndef mae(a, b):\n    return 0"
MARK = "mlops-lab-hostile-31415"

HOSTILE = {
    "reads_tests": "import glob, os\nfound = glob.glob('/**/solutions/**/*.ipynb', recursive=True) + glob.glob('/**/tests/test_*.py', recursive=True)\nassert not [f for f in found if os.access(f, os.R_OK) and 'site-packages' not in f]\nstolen = 1" + HONEST,
    "reads_others": f"import glob\nothers = [f for f in glob.glob('/tmp/**/*.ipynb', recursive=True) + glob.glob('../**/*.ipynb', recursive=True)]\nprint({MARK!r}, others)" + HONEST,
    "patches_assert": "import numpy.testing, builtins\nnumpy.testing.assert_allclose = lambda *a, **k: None\n\nclass Yes:\n    def __eq__(self, other):\n        return True\n    def __abs__(self):\n        return 0\n    __sub__ = __rsub__ = lambda self, o: 0\n\ndef mae(a, b):\n    return Yes()",
    "always_equal": "class Same(float):\n    def __eq__(self, other):\n        return True\n    def __sub__(self, other):\n        return 0.0\n    __rsub__ = __sub__\n\ndef mae(a, b):\n    return Same(3)",
    "patches_checks": "import mlops_lab.course.checks as checks\nchecks.Check.equal = checks.Check.close = lambda *a, **k: True" + HONEST,
    "patches_answer": "import mlops_lab.course.judgement.answers as answers\nanswers.encode = lambda value, *a: 1.0\nanswers._try = lambda *a: {'answer': 1.0}" + HONEST,
    "patches_display": "import IPython.display, builtins\nIPython.display.display = lambda *a, **k: None\nget_ipython().display_pub.publish = lambda *a, **k: None" + HONEST,
    "rewrites_cells": "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])" + HONEST,
    "prints_probe": "get_ipython().input_transformers_post.append(lambda lines: (print(lines), lines)[1])\nimport sys\n\ndef mae(a, b):\n    frame = sys._getframe(1)\n    raise ValueError(str(frame.f_globals.get('rng')) + str(frame.f_locals.keys()))",
    "forges_display": "from IPython.display import display\nfor token in ('', '0' * 32, None):\n    display({'application/vnd.mlops-lab.answer+json': {'answer': 1.0, 'token': token}, 'text/plain': ''}, raw=True)" + HONEST,
    "forges_endings": "import json, os\nfor n in range(99):\n    os.write(3, json.dumps({'id': n, 'done': 'ok', 'modules': ['x'], 'output': [1]}).encode() + b'\\n')" + HONEST,
    "forges_result": "import json\nfor name in ('result.json', '../result.json', 'gradebook.sqlite', 'feedback.html'):\n    try:\n        open(name, 'w').write(json.dumps({'schema': 'mlops_lab/result', 'version': 1, 'earned': 7}))\n    except OSError:\n        pass" + HONEST,
    "forks": "import os\nfor _ in range(300):\n    try:\n        if os.fork() == 0:\n            import time\n            time.sleep(60)\n    except OSError:\n        break" + HONEST,
    "fork_answers": "import os\npid = os.fork()" + HONEST,
    "eats_memory": "hoard = []\nwhile True:\n    hoard.append(bytearray(50_000_000))" + HONEST,
    "eats_disk": "with open('big', 'wb') as f:\n    while True:\n        f.write(b'x' * 10_000_000)" + HONEST,
    "prints_without_end": "while True:\n    print('x' * 1000)" + HONEST,
    "writes_fd_without_end": "import os\nwhile True:\n    os.write(1, b'x' * 65536)" + HONEST,
    "displays_without_end": "from IPython.display import display, HTML\nwhile True:\n    display(HTML('x' * 10000))" + HONEST,
    "sleeps": "import time\ntime.sleep(600)" + HONEST,
    "kills_parent": "import os, signal\nfor pid in (os.getppid(), 1, -1):\n    try:\n        os.kill(pid, signal.SIGKILL)\n    except OSError:\n        pass" + HONEST,
    "dies_later": "import os, threading\nthreading.Timer(0.3, os._exit, [1]).start()" + HONEST,
    "opens_sockets": "import socket\nfor host in ('192.0.2.1', '169.254.169.254'):\n    s = socket.socket()\n    s.settimeout(1)\n    assert s.connect_ex((host, 80)) != 0, 'reached'" + HONEST,
    "writes_outside": f"import os\nfor place in ('/tmp', '/var/tmp', '/dev/shm', '/etc', '/usr', os.path.expanduser('~'), '/root'):\n    try:\n        open(place + '/{MARK}', 'w').write('x')\n    except OSError:\n        pass" + HONEST,
    "leaves_process": f"import subprocess\nsubprocess.Popen(['sh', '-c', 'sleep 600 # {MARK}'], start_new_session=True)" + HONEST,
    "pickles_bomb": "import os\n\nclass Bomb:\n    def __reduce__(self):\n        return (os.system, ('touch /tmp/" + MARK + "',))\n\ndef mae(a, b):\n    return Bomb()",
    "answers_hugely": "def mae(a, b):\n    return list(range(3_000_000))",
    "answers_deeply": "def mae(a, b):\n    x = []\n    for _ in range(10_000):\n        x = [x]\n    return x",
    "answers_with_long_names": "def mae(a, b):\n    return {'k' * 3_000_000: 1}",
    "raises_a_page": "def mae(a, b):\n    raise type('<script>alert(1)</script>\\x1b[2J', (Exception,), {})('<img src=x onerror=alert(1)>\\x1b]0;x\\x07')",
    "answers_nan": "def mae(a, b):\n    return float('nan')",
    "patches_json": "import json\njson.dumps = lambda *a, **k: '{'" + HONEST,
    "stops_everything": "import sys, threading\nsys.modules.clear()" + HONEST,
    "redefines_builtins": "import builtins\nbuiltins.len = lambda x: 2\nbuiltins.isinstance = lambda *a: True" + HONEST,
    "detects_grading": "import os, sys\nif not os.environ.get('JPY_PARENT_PID') or 'mlops_lab.course.judgement.answers' in sys.modules:\n    raise SystemExit" + HONEST,
}  # fmt: skip


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """All hostile submissions and one honest bystander, graded once; what the machine looked like before."""
    root = tmp_path_factory.mktemp("hostile")
    places = build(root, {n: submission(mae=body) for n, body in HOSTILE.items()} | {"bystander": submission()})
    huge = places[0] / "ships_500_mb" / f"{LAB}.ipynb"
    put(huge, "{}")
    os.truncate(huge, 500_000_000)
    put(places[0] / "ships_deep_json" / f"{LAB}.ipynb", '{"cells": ' + "[" * 200_000)
    put(places[0] / "ships_much_code" / f"{LAB}.ipynb", submission(mae="x = [" + "1, " * 3_000_000 + "]"))
    put(places[0] / "ships_modules" / f"{LAB}.ipynb", submission())
    for name in ("json.py", "random.py", "IPython/__init__.py", "mlops_lab/__init__.py"):
        put(places[0] / "ships_modules" / "level0" / name, "raise SystemExit(3)")
    link = places[0] / "ships_link" / f"{LAB}.ipynb"
    link.parent.mkdir(parents=True)
    link.symlink_to(places[0] / "bystander" / f"{LAB}.ipynb")
    pipe = places[0] / "ships_pipe" / f"{LAB}.ipynb"
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    own = root / "tmp"
    own.mkdir()
    before = mounts() | children()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(own))
        patch.setattr(tempfile, "tempdir", None)
        options = Options(
            jobs=4, budget=Budget(cell=4, probe=4, exercise=5), memory=1 << 30, cache=root.parent / "references"
        )
        events = list(grade(places[0], root / "out", places[1], options))
    return root, events, {e.result.student: e.result for e in events if isinstance(e, Graded)}, before


def mounts():
    """What is mounted, as far as a test can see."""
    return {line.split()[1] for line in open("/proc/self/mounts")}


def children():
    """Living processes that this one has started, and what those have."""
    return {c for c in psutil.Process().children(recursive=True) if c.status() != psutil.STATUS_ZOMBIE}


def earned(result, name):
    return next(e.earned for e in result.exercises if e.name == name)


def test_every_submission_has_a_verdict(world):
    _, events, results, _ = world
    assert not [e for e in events if isinstance(e, Broken)]
    assert set(results) == {
        *HOSTILE,
        "bystander",
        "ships_500_mb",
        "ships_deep_json",
        "ships_link",
        "ships_pipe",
        "ships_much_code",
        "ships_modules",
    }


@pytest.mark.parametrize("name", HOSTILE)
def test_it_gains_nothing_and_its_honest_exercises_count(world, name):
    result = world[2][name]
    assert earned(result, "mae") == 0
    honest = {e: earned(result, e) for e in POINTS if e != "mae"}
    if name == "redefines_builtins":  # broke its own process: what it answers is wrong everywhere
        assert earned(result, "why") == 1
    else:
        assert honest == {e: p for e, p in POINTS.items() if e != "mae"}, result.exercises


@pytest.mark.parametrize(
    "name, words", [("ships_500_mb", "500.0 MB"), ("ships_deep_json", "nests too deeply"), ("ships_link", "is a link"), ("ships_pipe", "no regular file"), ("ships_much_code", "at most 500,000")]
)  # fmt: skip
def test_a_file_that_is_an_attack_is_refused_in_words(world, name, words):
    assert world[2][name].earned == 0 and words in world[2][name].problem


def test_modules_beside_the_notebook_do_not_stand_in_for_those_of_the_kernel(world):
    assert world[2]["ships_modules"].earned == 7


def test_feedback_is_short_printable_and_no_program(world):
    for path in (world[0] / "out").rglob("feedback.html"):
        text = path.read_text()
        assert len(text) < 30_000 and "<script" not in text and "<img" not in text and "\x1b" not in text, path


def test_the_others_are_untouched(world):
    assert world[2]["bystander"].earned == 7
    text = (world[0] / "out" / "bystander" / LAB / "result.json").read_text()
    assert '"earned": 7' in text


def test_nothing_of_a_probe_reaches_the_student(world):
    for path in [*(world[0] / "out").rglob("feedback.html"), *(world[0] / "out").rglob("executed.ipynb")]:
        text = path.read_text()
        assert SECRET_LINE not in text and "4711" not in text and "def judge" not in text, path


def test_others_submissions_cannot_be_seen(world):
    text = (world[0] / "out" / "reads_others" / LAB / "executed.ipynb").read_text()
    assert f"{MARK} []" in text


def test_the_machine_is_clean_afterwards(world):
    root, _, _, before = world
    assert not [p for p in psutil.process_iter(["cmdline"]) if MARK in " ".join(p.info["cmdline"] or [])]
    assert not children() - before
    assert list((root / "tmp").iterdir()) == []
    assert not [p for p in ("/tmp", "/var/tmp", "/dev/shm", "/root") if os.path.exists(f"{p}/{MARK}")]
    assert not [m for m in mounts() - before if "mlops" in m or str(root) in m]
