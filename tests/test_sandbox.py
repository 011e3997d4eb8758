"""The sandbox against scripts that want out, and the machine afterwards."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mlops_lab.course import sandbox
from mlops_lab.course.containment.mechanisms import LEVELS
from mlops_lab.level1.isolation import cgroups
from mlops_lab.level1.isolation.confinement import Limits

HOSTILE = Path(__file__).with_name("hostile")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox's mechanisms are Linux's")


def header(script: Path, key: str) -> str:
    found = re.search(rf"^# {key}: (.*)$", script.read_text(), re.M)
    return found.group(1) if found else ""


def limits_of(script: Path) -> Limits:
    pairs = dict(pair.split("=") for pair in header(script, "limits").split())
    return Limits(**({"seconds": 30, "processes": 64, "memory": 1 << 30} | {k: int(v) for k, v in pairs.items()}))


def cases():
    for script in sorted(HOSTILE.glob("*.py")):
        weakest = header(script, "levels")
        enough = [level for level in sandbox.levels() if LEVELS.index(level) >= LEVELS.index(weakest)]
        for level in dict.fromkeys((enough[0], enough[-1])) if enough else ():
            yield pytest.param(script, level, id=f"{script.stem}-{level}")


def processes_with(token: str) -> list[str]:
    """Living processes that carry a token in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError):
                if token.encode() in (entry / "environ").read_bytes():
                    found.append((entry / "cmdline").read_text())
    return found


def sandbox_groups(pid: int) -> list[str]:
    """Control groups that a process has made for its runs."""
    return sorted(str(f) for p in set(cgroups.places().values()) for f in p.glob(f"{cgroups.PREFIX}{pid}-*"))


def leftovers() -> dict:
    """What a run could leave behind on this machine."""
    return {
        "mounts": Path("/proc/self/mountinfo").read_text().count("\n"),
        "groups": sandbox_groups(os.getpid()),
        "folders": sorted(os.listdir(tempfile.gettempdir())),
        "descriptors": len(os.listdir("/proc/self/fd")),
        "threads": sorted(t.name for t in threading.enumerate() if t.name == "sandbox"),
    }


@pytest.fixture(autouse=True)
def own_temporary_folder(monkeypatch):
    """A folder for temporary files that nobody else uses, so that what is left in it was left by this test."""
    with tempfile.TemporaryDirectory(prefix="mlops-lab-test-") as folder:
        os.chmod(folder, 0o711)
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield
    tempfile.tempdir = None


@pytest.fixture(scope="module")
def canaries(tmp_path_factory):
    """A solution, a grader's service, an abstract socket and a process that a hostile script would like to reach."""
    folder = tmp_path_factory.mktemp("course")
    solution = folder / "lab_solution.ipynb"
    solution.write_text("the solution")
    folder.chmod(0o755)
    solution.chmod(0o644)
    name = f"canary-{uuid.uuid4().hex}"
    with (
        socket.socket() as service,
        socket.socket(socket.AF_UNIX) as abstract,
        subprocess.Popen(["sleep", "600"]) as victim,
    ):
        service.bind(("127.0.0.1", 0))
        service.listen()
        abstract.bind("\0" + name)
        abstract.listen()
        yield {
            "CANARY_FILE": str(solution),
            "CANARY_PORT": str(service.getsockname()[1]),
            "CANARY_SOCKET": name,
            "CANARY_PID": str(victim.pid),
        }
        assert victim.poll() is None
        victim.kill()


@pytest.mark.parametrize(("script", "level"), list(cases()))
def test_hostile_script_is_contained(script, level, canaries, tmp_path):
    shutil.copy(script, tmp_path)
    token, before = uuid.uuid4().hex, leftovers()
    env = {**canaries, "TOKEN": token}
    done = sandbox.run(["python", script.name], work=tmp_path, env=env, limits=limits_of(script), isolation=level)
    said = done.stdout + done.stderr
    assert "ESCAPED" not in said, said
    assert done.reason in header(script, "ends").split(), (done.reason, said)
    assert done.isolation == level
    assert Path(canaries["CANARY_FILE"]).read_text() == "the solution"
    assert all(not p.is_symlink() and (p.is_file() or p.is_dir()) for p in tmp_path.rglob("*"))
    assert sum(p.stat().st_size for p in tmp_path.rglob("*") if p.is_file()) <= limits_of(script).total_bytes
    assert processes_with(token) == []
    assert leftovers() == before


def test_traps_in_the_folder_are_left_out_and_named(canaries, tmp_path):
    shutil.copy(HOSTILE / "leaves_links.py", tmp_path)
    done = sandbox.run(["python", "leaves_links.py"], work=tmp_path, env=canaries, limits=Limits(seconds=20))
    left_out = dict(done.left_out)
    assert (tmp_path / "honest.txt").read_text() == "42"
    assert {"result.json", "answer.txt", "folder", "loop", "gradebook.db"} <= set(left_out)
    assert left_out["result.json"] == "a symbolic link"


@pytest.mark.parametrize("level", sandbox.levels())
def test_every_level_runs_honest_code_and_names_itself(level, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "in.txt").write_text("6 7")
    code = "a, b = open('data/in.txt').read().split(); open('out.txt', 'w').write(str(int(a) * int(b))); print('done')"
    done = sandbox.run(["python", "-c", code], work=tmp_path, isolation=level)
    assert (done.reason, done.stdout, done.isolation) == ("ok", "done\n", level)
    assert (tmp_path / "out.txt").read_text() == "42"
    assert "rlimits" in done.measures


def test_libraries_work_at_the_strongest_level(tmp_path):
    code = """
import multiprocessing, sqlite3, subprocess, tempfile, threading
import numpy as np
from joblib import Parallel, delayed
if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        print(sum(pool.map(abs, [-1, 2])))
    print(Parallel(n_jobs=2)(delayed(pow)(i, 2) for i in range(3)))
    sqlite3.connect("x.db").execute("create table t (a)")
    print(subprocess.run(["echo", "shell"], capture_output=True, text=True).stdout.strip())
    print((np.ones((300, 300)) @ np.ones((300, 300))).sum())
"""
    (tmp_path / "honest.py").write_text(code)
    done = sandbox.run(["python", "honest.py"], work=tmp_path, limits=Limits(seconds=60))
    assert done.stdout.split("\n")[:4] == ["3", "[0, 1, 4]", "shell", "27000000.0"], done.stderr


def test_two_runs_do_not_see_each_other(tmp_path):
    if sandbox.strongest() not in ("namespaces", "bubblewrap"):
        pytest.skip("needs namespaces")
    look = "import os; print('mine' in os.listdir('/tmp'), [p for p in os.listdir('/proc') if p.isdigit() and int(p) > 50])"
    with sandbox.start(["sh", "-c", "touch /tmp/mine /dev/shm/mine; exec sleep 60"]) as first:
        assert first.poll() is None
        done = sandbox.run(["python", "-c", look])
    assert done.stdout == "False []\n"


def test_a_closed_grader_takes_its_runs_along(tmp_path):
    """kill -9 of the process that started a run ends the run."""
    token = uuid.uuid4().hex
    code = f"""
from mlops_lab.course import sandbox
run = sandbox.start(["sleep", "600"], env={{"TOKEN": "{token}"}})
print("started", flush=True)
run.wait()
"""
    grader = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert grader.stdout.readline() == "started\n"
    end = time.monotonic() + 20
    while not processes_with(token) and time.monotonic() < end:  # it is confined, but `sleep` has yet to be loaded
        time.sleep(0.01)
    assert processes_with(token)
    grader.kill()
    grader.wait()
    grader.stdout.close()
    while processes_with(token) and time.monotonic() < end:
        time.sleep(0.05)
    assert processes_with(token) == []
    while sandbox_groups(grader.pid) and time.monotonic() < end:
        cgroups.sweep()
        time.sleep(0.05)
    assert not sandbox_groups(grader.pid)


def test_many_at_once_each_get_their_own(tmp_path):
    def one(i: int) -> str:
        return sandbox.run(
            ["sh", "-c", f"echo {i} > mine; sleep 0.2; cat mine; id -u"], limits=Limits(seconds=30)
        ).stdout

    with ThreadPoolExecutor(6) as threads:
        said = list(threads.map(one, range(12)))
    assert [s.split()[0] for s in said] == [str(i) for i in range(12)]


# ------------------------------------------------------------------------------------------------ sessions

CELLS = {
    "forges lines on the channel": (
        'import os\nfor i in range(5):\n    os.write(3, b\'{"id": %d, "done": "ok", "output": 7}\\n\' % i)\nraise ValueError("honest")',
        ("ok", "error"),
    ),
    "writes nonsense on the channel": (
        "import os\nos.write(3, b'\\xff' * 1000 + b'\\n' + b'[' * 5000 + b'\\n')\n5",
        ("ok",),
    ),
    "a line without end": (
        "import os\ntry:\n    while True: os.write(3, b'x' * 65536)\nexcept OSError: pass",
        ("died", "timeout", "output"),
    ),
    "closes the channel": ("import os\nos.close(3)", ("died",)),
    "exits": ("import os\nos._exit(0)", ("died",)),
    "shows without end": (
        "from IPython.display import HTML, display\nwhile True: display(HTML('x' * 10_000))",
        ("output", "error"),
    ),
    "writes to the descriptor without end": (
        "import os\nwhile True: os.write(1, b'x' * 65536)",
        ("output", "error", "died", "timeout"),
    ),
    "replaces json": ('import json\njson.dumps = lambda *a, **k: \'{"done": "ok"\'\n1', ("died", "timeout", "ok")),
    "replaces the shell": ("get_ipython().run_cell = lambda *a, **k: 1 / 0\n1", ("ok",)),
    "shows NaN": (
        "from IPython.display import display\ndisplay({'application/json': float('nan')}, raw=True)",
        ("ok", "error"),
    ),
    "shows lone surrogates": ("print('\\ud800')", ("ok",)),
    "shows deeply nested": (
        "y = 1\nfor _ in range(500): y = [y]\ndisplay({'application/json': y}, raw=True)",
        ("ok", "error"),
    ),
    "raises a liar": ("class E(Exception):\n    def __str__(self): raise RuntimeError\nraise E", ("error",)),
    "exits politely": ("exit()", ("ok", "error")),
    "asks for input": ("input('points?')", ("error",)),
}


@pytest.mark.parametrize("what", CELLS)
def test_hostile_cell_harms_only_its_own_session(what):
    code, statuses = CELLS[what]
    limits = Limits(seconds=30, output_bytes=200_000, memory=1 << 30)
    before = leftovers()
    with sandbox.session(limits=limits) as session:
        assert session.execute("x = 41").status == "ok"
        done = session.execute(code, 2)
        assert done.status in statuses, done
        if session.alive and what not in ("replaces json", "replaces the shell", "forges lines on the channel"):
            after = session.execute("x + 1", 5)
            assert after.outputs[0]["data"]["text/plain"] == "42", (done, after)
    assert leftovers() == before


def test_a_probe_is_not_there_before_it_is_asked():
    with sandbox.session() as session:
        session.execute("import select, os\nearly = os.read(3, 100) if select.select([3], [], [], 0.2)[0] else b''")
        assert session.execute("early").outputs[0]["data"]["text/plain"] == "b''"


def test_a_service_is_asked_from_outside_and_ends_with_its_session():
    if sandbox.strongest() not in ("namespaces", "bubblewrap"):
        pytest.skip("needs namespaces")
    token = uuid.uuid4().hex
    with sandbox.session(env={"TOKEN": token}) as session:
        session.execute(
            "import subprocess, sys\nsubprocess.Popen([sys.executable, '-m', 'http.server', '8123'], start_new_session=True)"
        )
        connection = session.http(8123)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
    assert processes_with(token) == []
