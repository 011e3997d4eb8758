"""Warm kernels: Jupyter's own clients use them unchanged, and nothing that a child or a client does stops the server."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel

from mlops_lab.course.containment.launching import Order
from mlops_lab.course.containment.warmpool import WarmPool
from mlops_lab.level1.isolation.confinement import Limits
from mlops_lab.level1.isolation.keeper import descendants, receive, send
from mlops_lab.level1.kernels import PROVISIONER, SOCKET, start_server, warm_kernels

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="warm kernels need Linux")


def processes_with(token: str) -> list[int]:
    """Living processes that carry a token in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError, ValueError):
            if token.encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
    return found


def eventually(condition, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


# ------------------------------------------------------------------------------------------------ Jupyter


@pytest.fixture(scope="module")
def jupyter():
    with warm_kernels(["numpy", "json"]) as server:
        yield server


def value(client, code: str) -> str:
    """Text of the last expression of a cell."""
    said = []
    client.execute_interactive(code, timeout=30, output_hook=said.append)
    texts = [m["content"]["data"]["text/plain"] for m in said if m["msg_type"] == "execute_result"]
    return texts[0] if texts else str([m["content"].get("ename") for m in said if m["msg_type"] == "error"])


def test_kernel_starts_is_interrupted_restarts_and_ends(jupyter):
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        assert type(manager.provisioner).__name__ == "WarmProvisioner"
        pid = int(value(client, "import os; os.getpid()"))
        assert value(client, "os.getppid()") == str(jupyter.process.pid)
        sleeping = client.execute("print('begun', flush=True); import time; time.sleep(60)")
        while client.get_iopub_msg(timeout=30)["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        while client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != sleeping:
            pass
        assert value(client, "6 * 7") == "42"
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=30)
        assert int(value(client, "import os; os.getpid()")) != pid
        assert manager.is_alive()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert not manager.is_alive()
    assert eventually(lambda: not Path("/proc", str(pid)).exists())


def test_kernel_gets_environment_folder_and_random_numbers_of_its_own(jupyter, tmp_path):
    drawn = []
    for i in range(2):
        env = {**os.environ, "MINE": str(i)}
        manager, client = start_new_kernel(kernel_name="python3", env=env, cwd=str(tmp_path))
        try:
            assert value(client, "import os; os.environ['MINE'] + ' ' + os.getcwd()") == repr(f"{i} {tmp_path}")
            drawn.append(value(client, "import random, numpy; random.random(), numpy.random.rand()"))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    assert drawn[0] != drawn[1]


def test_kernel_ends_when_its_client_is_killed(jupyter):
    token = uuid.uuid4().hex
    code = "from jupyter_client.manager import start_new_kernel as s; m, c = s(kernel_name='python3'); print(m.provisioner.pid, flush=True); input()"
    code = "from mlops_lab.level1.kernels import announce; announce(); " + code
    env = {**os.environ, "TOKEN": token}
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True
    ) as client:
        pid = int(client.stdout.readline())
        assert Path("/proc", str(pid)).exists()
        client.kill()
    assert eventually(lambda: not Path("/proc", str(pid)).exists())
    assert jupyter.alive


def test_papermill_uses_it_unchanged(jupyter, tmp_path):
    if PROVISIONER not in {e.name for e in entry_points(group="jupyter_client.kernel_provisioners")}:
        pytest.skip("the entry point is not installed")
    nb = nbformat.v4.new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    )
    nb.cells = [
        nbformat.v4.new_code_cell("a = 1", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell("import os; a, os.getppid()"),
    ]
    nbformat.write(nb, tmp_path / "in.ipynb")
    words = [sys.executable, "-m", "papermill", "in.ipynb", "out.ipynb", "-p", "a", "5", "--no-progress-bar"]
    subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    result = nbformat.read(tmp_path / "out.ipynb", 4).cells[-1].outputs[0].data["text/plain"]
    assert result == f"(5, {jupyter.process.pid})"


def test_hostile_requests_do_not_stop_the_server(jupyter):
    """Nonsense, too much, too many, nothing at all; then a kernel as usual."""
    random.seed(7)
    path, held = os.environ[SOCKET], []
    for i in range(150):
        sock = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        sock.connect(path)
        kind = i % 6
        with contextlib.suppress(OSError):
            if kind == 0:
                sock.send(random.randbytes(random.randrange(1, 5000)))
            elif kind == 1:
                sock.send(b'{"level": "namespaces", "fds": []}')
            elif kind == 2:
                sock.send(b"x" * 150_000)
            elif kind == 3:
                with open(os.devnull) as file:
                    socket.send_fds(sock, [b'{"fds": ["stdin"]}'], [file.fileno()] * 5)
            elif kind == 4:
                sock.send(b'{"argv": [], "env": {"A": 1}, "cwd": "/nowhere", "fds": []}')
        if kind == 5:
            held.append(sock)
        else:
            sock.close()
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        assert value(client, "6 * 7") == "42"
        assert value(client, "import os; os.getppid()") == str(jupyter.process.pid)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        for sock in held:
            sock.close()
    assert jupyter.alive

    def information() -> dict:
        with jupyter.line() as line:
            line.settimeout(10)
            send(line, {"do": "info"})
            return receive(line)[0]

    assert eventually(lambda: information()["children"] == 0)
    assert information()["threads"] == 1


def test_server_refuses_an_import_that_starts_a_thread(tmp_path):
    (tmp_path / "threads_here.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    with pytest.raises(ConnectionError, match="importing threads_here has started a thread"):
        start_server(["threads_here"], env=env)


# ------------------------------------------------------------------------------------------------ sandboxed sessions


@pytest.fixture(scope="module")
def pool():
    with WarmPool(["numpy", "scipy.optimize"]) as pool:
        if pool.why:
            pytest.skip(pool.why)
        yield pool


def shown(cell) -> str:
    assert cell.status == "ok", cell
    return cell.outputs[0]["data"]["text/plain"]


LIMITS = Limits(seconds=60, processes=64, memory=400 << 20, total_bytes=32 << 20)


def test_warm_sessions_are_apart(pool, tmp_path):
    (tmp_path / "given.txt").write_text("given")
    with pool.session(tmp_path, limits=LIMITS) as one, pool.session(limits=LIMITS) as two:
        assert one.warm and two.warm
        assert shown(one.execute("open('given.txt').read()")) == "'given'"
        one.execute("import os; [open(f'{d}/mine', 'w') for d in ('.', '/tmp', '/dev/shm', os.environ['HOME'])]")
        look = "import os; ['mine' in os.listdir(d) for d in ('.', '/tmp', '/dev/shm', os.environ['HOME'])]"
        assert shown(two.execute(look)) == "[False, False, False, False]"
        assert len(eval(shown(two.execute("[p for p in os.listdir('/proc') if p.isdigit()]")))) == 2
        assert "numpy" in two.execute("import sys; print('numpy' in sys.modules, 'numpy')").outputs[0]["text"]
        users = {one.run.measures, two.run.measures}
        assert len(users) == 2 or os.geteuid() != 0


def test_a_child_reaches_neither_server_nor_sibling(pool):
    attack = """
import os, signal, socket, gc
reached = []
for pid in [os.getppid(), 1, *range(2, 5000)]:
    if pid != os.getpid():
        try: os.kill(pid, 0 if pid > 1 else signal.SIGKILL); reached.append(pid)
        except OSError: pass
for fd in range(3, 256):
    try: kind = os.readlink(f"/proc/self/fd/{fd}")
    except OSError: continue
    if fd > 3 and not kind.startswith(("/memfd:", "/dev/null", "anon_inode:", "/proc")): reached.append((fd, kind))
sockets = [o for o in gc.get_objects() if isinstance(o, socket.socket) and o.fileno() > 3]
for s in sockets:
    try: s.send(b'{"do": "line"}'); reached.append(s)
    except OSError: pass
reached
"""
    with pool.session(limits=LIMITS) as victim, pool.session(limits=LIMITS) as attacker:
        assert shown(victim.execute("6 * 7")) == "42"
        said = eval(shown(attacker.execute(attack)), {})
        assert said in ([], [1])  # process 1 of its own machine ignores signals from inside
        assert attacker.alive
        assert shown(victim.execute("6 * 7")) == "42"
    assert pool.server.alive


def test_what_a_child_does_to_its_libraries_stays_with_it(pool):
    with pool.session(limits=LIMITS) as one:
        one.execute(
            "import numpy, json, mlops_lab.level1.isolation.cells as c\nnumpy.sum = json.loads = c.execute = None"
        )
    with pool.session(limits=LIMITS) as two:
        assert shown(two.execute("import numpy; int(numpy.sum([1, 2]))")) == "3"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", {"killed", "timeout", "memory"}),
        ("import os, time\nfor _ in range(12):\n    if os.fork() == 0:\n        x = b'x' * (60 << 20)\n        time.sleep(60)\ntime.sleep(60)", {"memory", "killed"}),
        ("import os; os.kill(os.getpid(), 9)", {"killed"}),
        ("import ctypes; ctypes.string_at(0)", {"killed"}),
    ],
)  # fmt: skip
def test_a_dying_child_leaves_the_server_and_nothing_else(pool, code, reason):
    before = descendants(pool.server.process.pid)
    with pool.session(limits=LIMITS) as session:
        assert len(descendants(pool.server.process.pid)) > len(before)
        done = session.execute(code, 2)
        if done.status != "died":
            session.run.kill()
        assert session.finished.reason in reason
    assert eventually(lambda: descendants(pool.server.process.pid) == before)
    with pool.session(limits=LIMITS) as session:
        assert shown(session.execute("6 * 7")) == "42"


def test_many_warm_sessions_at_once(pool):
    def one(i: int) -> str:
        with pool.session(limits=LIMITS) as session:
            return shown(session.execute(f"import numpy as np; int(np.arange({i} + 1).sum())"))

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(one, range(24))) == [str(i * (i + 1) // 2) for i in range(24)]


def test_a_dead_server_is_replaced():
    with WarmPool("none") as pool:
        if pool.why:
            pytest.skip(pool.why)
        old = pool.server
        old.process.send_signal(signal.SIGKILL)
        old.process.wait()
        with pool.session(limits=LIMITS) as session:
            assert shown(session.execute("6 * 7")) == "42"
            assert session.warm
        assert pool.server is not old


def test_a_killed_owner_takes_server_and_sessions_along():
    token = uuid.uuid4().hex
    code = f"""
from mlops_lab.course.containment.warmpool import WarmPool
with WarmPool("none") as pool, pool.session(env={{"TOKEN": "{token}"}}) as session:
    begun = session.execute("import subprocess; subprocess.Popen(['sleep', '600'])").status
    print(pool.server.process.pid, begun, flush=True)
    session.execute("import time; time.sleep(600)", 600)
"""
    owner = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    server, status = owner.stdout.readline().split()
    assert status == "ok" and processes_with(token)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    assert eventually(lambda: processes_with(token) == [])
    assert eventually(lambda: not Path("/proc", server).exists())


def test_a_pool_refuses_what_it_cannot_hold(pool, tmp_path):
    with pytest.raises(ValueError, match="must be given to the pool"):
        pool.open(Order(read_only=(tmp_path,)))
    with pytest.raises(ValueError, match="this pool isolates at level"):
        pool.open(Order(isolation="rlimits"))
