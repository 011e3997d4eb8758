"""One-row requests: our service, MLflow's server and a Flask application without a model, side by side.

    python benchmarks/serving.py [--model linear] [--seconds 4] [--rounds 3] [--clients 8] [--workers 2]

All servers run at the same time and are asked in turn, several rounds long; the medians are printed. So what else the machine is doing
troubles all of them alike, and the ratios mean more than the absolute numbers. CPU is the time of the server's processes only. The load
comes from `wrk` where it is installed, else from a small client of our own in a process of its own; each client keeps its connection, as
programs do, and sends the same row as a list. The line `by name` sends it as an object.
"""

import argparse
import json
import os
import re
import selectors
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

ROW = {"rm": 6.0, "tax": 250.0, "age": 66.5}


# -- the load --------------------------------------------------------------------------------------------------------


def request_bytes(url, body):
    "A POST request as it goes over the wire."
    parts = urlsplit(url)
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/json\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def is_whole(data):
    "Whether a response with a Content-Length has arrived."
    end = data.find(b"\r\n\r\n")
    found = re.search(rb"content-length: *(\d+)", data[:end], re.I) if end >= 0 else None
    return bool(found) and len(data) >= end + 4 + int(found[1])


def own_load(url, body, clients, seconds):
    "Ask over keep-alive connections, one request in flight on each; returns latencies in seconds and the count of errors."
    parts, message = urlsplit(url), request_bytes(url, body)
    waiting, latencies, errors = selectors.DefaultSelector(), [], 0

    def ask(old=None):
        sock = old or socket.create_connection((parts.hostname, parts.port))
        if old is None:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(sock, selectors.EVENT_READ, state := [0.0, b""])
        else:
            state = waiting.get_key(sock).data
        state[:] = [time.perf_counter(), b""]
        sock.sendall(message)

    for _ in range(clients):
        ask()
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for key, _ in waiting.select(1):
            chunk = key.fileobj.recv(65_536)
            key.data[1] += chunk
            if not chunk:
                errors += 1
                waiting.unregister(key.fileobj)
                key.fileobj.close()
                ask()
            elif is_whole(key.data[1]):
                latencies.append(time.perf_counter() - key.data[0])
                errors += not key.data[1].startswith(b"HTTP/1.1 200")
                ask(key.fileobj)
    return latencies, errors


def wrk_load(url, body, clients, seconds):
    "Let wrk ask; the same numbers as `summary` gives."
    script = 'wrk.method = "POST"\nwrk.body = [==[%s]==]\nwrk.headers["Content-Type"] = "application/json"\n'
    script += 'done = function(s, l) io.write(string.format("RESULT %%d %%d %%d %%d %%d\\n", s.requests, s.duration,'
    script += " l:percentile(50), l:percentile(99), s.errors.status + s.errors.read + s.errors.timeout)) end\n"
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script % body.decode())
        file.flush()
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "-s", file.name, url]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    n, microseconds, p50, p99, errors = map(int, re.search(r"RESULT (.*)", said)[1].split())
    return {"n": n, "rps": n / microseconds * 1e6, "p50": p50 / 1e3, "p99": p99 / 1e3, "errors": errors}


def summary(latencies, errors, seconds):
    cuts = statistics.quantiles(latencies, n=100)
    told = {"n": len(latencies), "rps": len(latencies) / seconds, "errors": errors}
    return told | {"p50": cuts[49] * 1e3, "p99": cuts[98] * 1e3}


def load(url, body, clients, seconds):
    "Requests, requests per second, p50 and p99 in ms, errors; asked by another process."
    if shutil.which("wrk"):
        return wrk_load(url, body, clients, seconds)
    command = [sys.executable, __file__, "--load", url, body.decode(), str(clients), str(seconds)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


# -- the servers -----------------------------------------------------------------------------------------------------

BARE = """
import sys, tempfile
from pathlib import Path
import orjson
from flask import Flask, Response, request
from mlops_lab.level0.service import server

app, told = Flask("bare"), orjson.dumps(orjson.loads(sys.argv[2]))

@app.post("/predict_json")
def predict():
    orjson.loads(request.get_data())
    return Response(told, content_type="application/json")

server._share_meters(server._shared_folder())
mark = Path(tempfile.mkdtemp()) / "announced"
ready = lambda w: server._first(mark) and print("serving on", w.sockets[0].getsockname()[1], flush=True)
server._run_gunicorn(lambda: app, server._gunicorn_settings("127.0.0.1", 0, int(sys.argv[1]), 16), ready)
"""


@contextmanager
def bare(workers, answer):
    "The same server with a Flask application that parses JSON and answers always the same."
    command = [sys.executable, "-c", BARE, str(workers), json.dumps(answer)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{process.stdout.readline().split()[-1]}/predict_json", process.pid
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def mlflow_server(predictor, workers, folder):
    "`mlflow models serve` with the same estimator."
    import mlflow

    mlflow.sklearn.save_model(predictor.estimator, str(folder), pip_requirements=["scikit-learn"])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "mlflow", "models", "serve", "-m", str(folder), "--env-manager", "local"]
    command += ["--port", str(port), "--workers", str(workers)]
    path = os.pathsep.join(
        [str(Path(sys.executable).parent), os.environ["PATH"]]
    )  # MLflow starts `uvicorn` by its name
    with (folder / "log").open("wb") as log:
        how = {"stdout": log, "stderr": subprocess.STDOUT, "env": os.environ | {"PATH": path}}
        process = subprocess.Popen(command, **how)
    url, end = f"http://127.0.0.1:{port}", time.monotonic() + 180
    try:
        while True:
            try:
                urlopen(f"{url}/ping", timeout=5).close()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise SystemExit(
                        f"MLflow's server did not start:\n{(folder / 'log').read_text()[-2000:]}"
                    ) from None
                time.sleep(0.2)
        yield f"{url}/invocations", process.pid
    finally:
        stop_tree(process)


def stop_tree(process):
    "Stop a process and the children that it started."
    import psutil

    if process.poll() is not None:
        return
    family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
    for member in family:
        member.terminate()
    for member in psutil.wait_procs(family, timeout=20)[1]:
        member.kill()


def cpu_seconds(pid):
    "CPU time of a process and its living children."
    import psutil

    family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(sum(member.cpu_times()[:2]) for member in family)


# -- the comparison --------------------------------------------------------------------------------------------------


def in_process(predictor, n=2_000):
    "Microseconds of one prediction without any service."
    row = [list(ROW.values())]
    for _ in range(100):
        predictor.predict(row)
    began = time.perf_counter()
    for _ in range(n):
        predictor.predict(row)
    return (time.perf_counter() - began) / n * 1e6


def ask_once(url, body):
    "One answer, to see that all servers say the same."
    from urllib.request import Request

    with urlopen(Request(url, body, {"Content-Type": "application/json"}), timeout=30) as reply:
        return json.load(reply)


def measure(servers, rounds, clients, seconds):
    "The median of several rounds for each server."
    found = {name: [] for name in servers}
    for url, _, body in servers.values():
        load(url, body, clients, 1)  # warm up
    for _ in range(rounds):
        for name, (url, pid, body) in servers.items():
            before = cpu_seconds(pid)
            told = load(url, body, clients, seconds)
            found[name].append(told | {"cpu": (cpu_seconds(pid) - before) / told["n"] * 1e6})
    return {name: {key: statistics.median(r[key] for r in runs) for key in runs[0]} for name, runs in found.items()}


def show(table, alone):
    ours, flask, other = table["ours"], table["flask"], table["mlflow"]
    names = {"ours": "our service, event log on", "named": "  the same, by name"}
    names |= {"flask": "Flask, no model", "mlflow": "mlflow models serve"}
    print(f"{'':28}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs/request':>16}{'errors':>8}")
    for key, name in names.items():
        r = table[key]
        print(f"{name:28}{r['rps']:12,.0f}{r['p50']:9.2f}{r['p99']:9.2f}{r['cpu']:16,.0f}{r['errors']:8.0f}")
    print()
    checks = [
        ("requests/s, ours / MLflow", ours["rps"] / other["rps"], ">= 10", ours["rps"] >= 10 * other["rps"]),
        ("p99, ours / MLflow", ours["p99"] / other["p99"], "< 1", ours["p99"] < other["p99"]),
        ("CPU per request, ours / Flask", ours["cpu"] / flask["cpu"], "<= 1.5", ours["cpu"] <= 1.5 * flask["cpu"]),
    ]
    for name, ratio, limit, good in checks:
        print(f"{name:34}{ratio:8.2f}   wanted {limit:7}{'yes' if good else 'NO'}")
    print(
        f"\nin process one prediction takes {alone:.1f} µs; the service spends {ours['cpu'] / alone:.0f} times that per request"
    )
    return all(good for *_, good in checks)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--model", default="linear", help="a scikit-learn model of the housing case: linear or boosting"
    )
    parser.add_argument("--seconds", type=int, default=4, help="per server and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2, help="of each server")
    args = parser.parse_args()
    from mlops_lab.level0 import formats, models
    from mlops_lab.level0.service.server import running

    predictor = models.train("housing", args.model, seed=42)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        formats.save(predictor, folder / "model")
        ours = stack.enter_context(running(folder / "model", workers=args.workers, events=folder / "events"))
        by_list = json.dumps(list(ROW.values())).encode()
        split = json.dumps({"dataframe_split": {"columns": list(ROW), "data": [list(ROW.values())]}}).encode()
        told = ask_once(f"{ours.url}/predict_json", by_list)
        plain, plain_pid = stack.enter_context(bare(args.workers, told))
        other, other_pid = stack.enter_context(mlflow_server(predictor, args.workers, folder / "mlflow"))
        theirs = ask_once(other, split)["predictions"][0]
        if abs(theirs - told["prediction"]) > 1e-5:
            raise SystemExit(f"the servers disagree: {told['prediction']} and {theirs}")
        servers = {
            "ours": (f"{ours.url}/predict_json", ours.process.pid, by_list),
            "named": (f"{ours.url}/predict_json", ours.process.pid, json.dumps(ROW).encode()),
            "flask": (plain, plain_pid, by_list),
            "mlflow": (other, other_pid, split),
        }
        tool = "wrk" if shutil.which("wrk") else "our own client"
        print(f"housing, {args.model}; {args.workers} workers, {args.clients} clients ({tool}), {args.rounds} rounds\n")
        good = show(
            measure(servers, args.rounds, args.clients, args.seconds), in_process(formats.load(folder / "model"))
        )
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        target, text, n, duration = sys.argv[2:]
        print(json.dumps(summary(*own_load(target, text.encode(), int(n), float(duration)), float(duration))))
    else:
        main()
