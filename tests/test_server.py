"""The service as processes: killed, stopped, overloaded, badly addressed; with gunicorn, and with waitress."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import closing
from urllib.parse import urlsplit

import psutil
import pytest

from mlops_lab.level0 import formats, models
from mlops_lab.level0.events import events
from mlops_lab.level0.service.server import Running, running, stop

pytestmark = pytest.mark.skipif(os.name == "nt", reason="gunicorn needs fork; the notebook shows waitress")
JSON = {"Content-Type": "application/json"}
ROW = b"[6, 250, 66.5]"


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("model") / "housing"
    formats.save(models.train("housing", "linear", seed=42), folder)
    return folder


@pytest.fixture(scope="module")
def service(model, tmp_path_factory):
    with running(model, workers=2, events=tmp_path_factory.mktemp("events")) as service:
        yield service


def connect(service):
    parts = urlsplit(service.url)
    return closing(http.client.HTTPConnection(parts.hostname, parts.port, timeout=30))


def post(service, body=ROW, path="/predict_json", **headers):
    with connect(service) as connection:
        connection.request("POST", path, body, JSON | headers)
        reply = connection.getresponse()
        return reply.status, json.loads(reply.read())


def raw(service, data, replies=1):
    "Send bytes on one connection and read so many responses."
    parts = urlsplit(service.url)
    found = []
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as sock:
        sock.sendall(data)
        stream = sock.makefile("rb")
        for _ in range(replies):
            status = int(stream.readline().split()[1])
            headers = {}
            while line := stream.readline().strip():
                name, _, value = line.decode().partition(":")
                headers[name.lower()] = value.strip()
            found.append((status, headers, stream.read(int(headers["content-length"]))))
    return found


class Clients:
    "Busy clients that remember what they were answered."

    def __init__(self, service, n=6):
        self.service, self.answered, self.stopping = service, [], threading.Event()
        self.enough = threading.Semaphore(0)
        self.threads = [threading.Thread(target=self.ask, daemon=True) for _ in range(n)]
        for thread in self.threads:
            thread.start()

    def ask(self):
        while not self.stopping.is_set():
            try:
                with connect(self.service) as connection:
                    while not self.stopping.is_set():
                        connection.request("POST", "/predict_json", ROW, JSON)
                        reply = connection.getresponse()
                        told = json.loads(reply.read())
                        if reply.status == 200:
                            self.answered.append(told["request_id"])
                            self.enough.release()
            except (OSError, http.client.HTTPException):
                time.sleep(0.01)  # the service was killed: try again until told to stop

    def wait_for(self, n):
        for _ in range(n):
            assert self.enough.acquire(timeout=60), "the clients are not answered any more"

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(60)
        return self.answered


def recorded(folder):
    return {event["request_id"] for event in events(folder, "prediction")}


# -- killed and stopped ----------------------------------------------------------------------------------------------


def test_kill_9_of_workers_under_load_loses_no_answered_prediction(model, tmp_path):
    with running(model, workers=2, events=tmp_path) as service:
        clients = Clients(service)
        for _ in range(3):
            clients.wait_for(200)
            victim = service.workers()[0]
            os.kill(victim, signal.SIGKILL)
            psutil.wait_procs([psutil.Process(p) for p in [victim] if psutil.pid_exists(p)], timeout=30)
        clients.wait_for(200)  # the service lives on
        answered = clients.stop()
        assert post(service)[0] == 200
    assert len(answered) >= 800
    assert set(answered) <= recorded(tmp_path)


def test_kill_9_of_the_master_under_load_loses_no_answered_prediction(model, tmp_path):
    with running(model, workers=2, events=tmp_path) as service:
        workers = [psutil.Process(pid) for pid in service.workers()]
        clients = Clients(service)
        clients.wait_for(300)
        service.process.kill()
        service.process.wait()
        _, alive = psutil.wait_procs(workers, timeout=60)
        assert not alive, "workers end when their master is gone"
        answered = clients.stop()
    assert len(answered) >= 300
    assert set(answered) <= recorded(tmp_path)


SLOW = """
import sys, time
from pathlib import Path
import numpy as np
from mlops_lab.level0.service.answering import Config
from mlops_lab.level0.fields import Field
from mlops_lab.level0.predictors import Predictor
from mlops_lab.level0.service.server import run
from mlops_lab.level0.signature import Signature

class Slow(Predictor):
    def outputs(self, rows):
        if rows[0][0] == 2:
            Path(sys.argv[1], "asked").touch()
            while not Path(sys.argv[1], "go").exists():
                time.sleep(0.01)
        return np.ones(len(rows))

signature = Signature([Field("x", minimum=0, maximum=9, seen=[0, 2])], Field("y"))
run(Slow(signature, "slow"), port=0, events=None, workers=1, server=sys.argv[2])
"""


@pytest.mark.parametrize(("server", "end"), [("gunicorn", "SIGTERM"), ("gunicorn", "SIGINT"), ("waitress", "SIGTERM")])
def test_a_polite_end_finishes_requests_in_flight_and_waits_for_nobody_else(tmp_path, server, end):
    with (tmp_path / "output").open("wb") as output:
        command = [sys.executable, "-c", SLOW, str(tmp_path), server]
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, start_new_session=True)
    service = Running("", process, tmp_path / "output")
    try:
        wait_until(lambda: "serving on " in service.output.read_text() or process.poll() is not None)
        service.url = service.output.read_text().split("serving on ")[1].split()[0]
        idle = connect(service)  # keeps its connection open, as browsers do
        idle.thing.request("GET", "/live")
        idle.thing.getresponse().read()
        answers = []
        asking = threading.Thread(target=lambda: answers.append(post(service, b"[2]")))
        asking.start()
        wait_until((tmp_path / "asked").exists)
        os.killpg(process.pid, signal.Signals[end])  # Ctrl-C reaches the workers, too
        if server == "gunicorn":
            wait_until(lambda: refused(service))
        (tmp_path / "go").touch()
        asking.join(60)
        assert process.wait(25) == 0  # the idle connection would last for 30 s
    finally:
        stop(service, patience=1)
    assert answers[0][0] == 200 and answers[0][1]["prediction"] == 1.0


def refused(service):
    "Whether nobody listens any more."
    parts = urlsplit(service.url)
    with socket.socket() as sock:
        return sock.connect_ex((parts.hostname, parts.port)) != 0


def wait_until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.02)


# -- on the wire -----------------------------------------------------------------------------------------------------


def test_a_body_that_breaks_off_is_no_request(service):
    parts = urlsplit(service.url)
    head = b"POST /predict_json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n"
    with socket.create_connection((parts.hostname, parts.port), timeout=30) as sock:
        sock.sendall(head + ROW)
        sock.shutdown(socket.SHUT_WR)
        assert b" 400 " in sock.makefile("rb").readline()


def test_two_requests_in_one_packet_get_two_answers(service):
    one = (
        b"POST /predict_json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n" + ROW
    )
    assert [status for status, _, _ in raw(service, one * 3, replies=3)] == [200, 200, 200]


def test_a_refusal_before_the_body_was_read_leaves_the_connection_usable(service):
    refused = b"PUT /predict_json HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n" + ROW
    good = (
        b"POST /predict_json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n" + ROW
    )
    assert [status for status, _, _ in raw(service, refused + good, replies=2)] == [405, 200]


HEAD = b"POST /predict_json HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_a_chunked_body_is_read(service):
    ((status, _, body),) = raw(service, HEAD + b"4\r\n[6, \r\na\r\n250, 66.5]\r\n0\r\n\r\n")
    assert status == 200 and json.loads(body)["prediction"] > 0


def test_a_chunked_body_beyond_the_limit_is_refused(service):
    chunk = b"10000\r\n" + b" " * 65_536 + b"\r\n"
    ((status, headers, body),) = raw(service, HEAD + chunk * 20 + b"0\r\n\r\n")
    assert status == 413 and headers["content-type"] == "application/problem+json"
    assert json.loads(body)["errors"][0]["field"] == "body"


def test_a_broken_chunk_is_refused(service):
    ((status, headers, body),) = raw(service, HEAD + b"zz\r\n[6, 250, 66.5]\r\n0\r\n\r\n")
    assert status == 400 and headers["content-type"] == "application/problem+json"


def test_ten_megabytes_are_refused_and_the_client_hears_it(service):
    status, told = post(service, b"[" + b" " * 10_000_000 + b"]")
    assert status == 413 and told["errors"][0]["field"] == "body"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"six rooms please\r\n\r\n", 400),
        (b"GET /live HTTP/9.9\r\n\r\n", 400),
        (b"GET /live HTTP/1.1\r\nbad header\r\n\r\n", 400),
        (b"GET /live HTTP/1.1\r\n" + b"X: " + b"y" * 20_000 + b"\r\n\r\n", 431),
        (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n", 414),
    ],
)
def test_what_is_not_http_gets_a_problem_document(service, data, status):
    ((told, headers, body),) = raw(service, data)
    assert told == status and headers["content-type"] == "application/problem+json"
    assert json.loads(body)["request_id"] == headers["x-request-id"]


# -- several workers -------------------------------------------------------------------------------------------------


def metric(service, name):
    "The sum of a metric over all its labels."
    with connect(service) as connection:
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
    return sum(float(line.split()[-1]) for line in text.splitlines() if re.match(rf"{name}[{{ ]", line))


def test_meters_add_up_over_workers_also_after_one_was_killed(model):
    with running(model, workers=2) as service:
        for _ in range(40):
            assert post(service)[0] == 200
        workers = service.workers()
        assert [metric(service, "mlops_predictions_total") for _ in range(6)] == [40.0] * 6
        os.kill(workers[0], signal.SIGKILL)
        wait_until(lambda: len(set(service.workers()) - {workers[0]}) == 2)
        assert post(service)[0] == 200
        assert metric(service, "mlops_predictions_total") == 41.0


def test_a_throttle_is_shared_by_all_workers(model):
    with running(model, workers=3, throttle="10/hour") as service:
        statuses = [post(service)[0] for _ in range(30)]
    assert (statuses.count(200), statuses.count(429)) == (10, 20)


def test_an_open_address_needs_the_key_that_is_shown_once(model):
    with running(model, host="0.0.0.0", workers=2) as service:
        said = service.output.read_text()
        (key,) = re.findall(r"clients need this key: (\S+)", said)
        assert said.count(key) == 1
        assert post(service)[0] == 401
        assert post(service, Authorization=f"Bearer {key}")[0] == 200


# -- starting --------------------------------------------------------------------------------------------------------


def serve(*arguments):
    "Run `mlops-lab serve` until it ends by itself."
    code = "from mlops_lab.cli import main; main()"
    command = [sys.executable, "-c", code, "serve", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def test_a_taken_port_is_named_in_one_line(model):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = serve(model, "--port", port)
    assert done.returncode == 2 and f"port {port} on 127.0.0.1 is taken" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_model_that_cannot_be_loaded_is_named_in_one_line(model, tmp_path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "model.json").write_text('{"schema_version": 1}')
    done = serve(broken, "--port", 0, "--events", tmp_path / "events")
    assert done.returncode != 0 and "Traceback" not in done.stderr
    assert [line for line in done.stderr.splitlines() if line.startswith("mlops-lab: ")]
    missing = serve(tmp_path / "missing")
    assert missing.returncode == 2 and "there is no model at" in missing.stderr


def test_waitress_serves_the_same_and_records_it(model, tmp_path, service):
    with running(model, server="waitress", events=tmp_path) as other:
        status, told = post(other)
        assert status == 200 and told["prediction"] == post(service)[1]["prediction"]
        assert post(other, b'["six", 250, 66.5]')[1]["errors"][0]["field"] == "rm"
        assert post(other, b"[" + b" " * 10_000_000 + b"]")[0] == 413
        assert metric(other, "mlops_predictions_total") == 1.0
        assert other.workers() == []
    assert recorded(tmp_path) == {told["request_id"]}


def test_nothing_is_left_behind(model, tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))  # of the service
    with running(model, workers=1):
        assert list(tmp_path.glob("mlops-lab-serve-*"))
    assert not list(tmp_path.iterdir())
