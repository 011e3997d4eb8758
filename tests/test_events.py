"""The event log keeps what it has acknowledged: across threads, processes, kill -9, a full disk and foreign lines."""

import os
import signal
import subprocess
import sys
import threading
import time

import orjson
import pytest

from mlops_lab.level0.events import EventLog, events, find, query, read

WRITER = """
import sys
from mlops_lab.level0.events import EventLog
log, n = EventLog(sys.argv[1]), 0
while True:
    log.write("prediction", request_id=f"{sys.argv[2]}-{n}", inputs={"rm": 6.0}, output=[1.5] * 50)
    print(f"{sys.argv[2]}-{n}", flush=True)  # the client has its answer
    n += 1
"""


def start_writer(folder, name):
    command = [sys.executable, "-c", WRITER, str(folder), name]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a signal")
def test_kill_9_loses_no_acknowledged_event(tmp_path):
    writers = [start_writer(tmp_path, name) for name in ("a", "b")]
    acknowledged = []
    for writer in writers:
        acknowledged += [writer.stdout.readline().strip() for _ in range(300)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += writer.stdout.read().split("\n")[:-1]  # whole lines only: the last one may be cut off
        writer.wait()
    known = {event["request_id"] for event in events(tmp_path)}
    assert len(acknowledged) >= 600
    assert set(acknowledged) <= known


def test_threads_write_whole_lines(tmp_path):
    log = EventLog(tmp_path)

    def write(name):
        for n in range(300):
            log.write("prediction", request_id=f"{name}-{n}", padding="x" * (n * 7 % 900))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = [orjson.loads(line) for file in tmp_path.iterdir() for line in file.read_bytes().splitlines()]
    assert len(lines) == len({line["request_id"] for line in lines}) == 1200


@pytest.mark.skipif(os.name == "nt", reason="the limit is set the POSIX way")
def test_a_full_disk_is_an_error_and_costs_one_event(tmp_path):
    script = """
import resource, sys
from mlops_lab.level0.events import EventLog, EventLogFull
log = EventLog(sys.argv[1])
log.write("prediction", request_id="before")
resource.setrlimit(resource.RLIMIT_FSIZE, (150, resource.RLIM_INFINITY))
for n in range(2):
    try:
        log.write("prediction", request_id=f"lost-{n}", padding="x" * 200)
        print("acknowledged")
    except OSError as error:
        print(type(error).__name__, log.healthy())
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
log.write("prediction", request_id="after")
print(log.healthy())
"""
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True)
    assert done.stdout.split("\n")[0] == "EventLogFull False", done.stderr
    assert "acknowledged" not in done.stdout and done.stdout.strip().endswith("True")
    with pytest.warns(UserWarning, match="is not an event; skipped"):
        assert [event["request_id"] for event in events(tmp_path)] == ["before", "after"]
    assert sorted(read(tmp_path).request_id) == ["after", "before"]


def test_a_forked_child_does_not_inherit_a_held_lock(tmp_path):
    if not hasattr(os, "fork"):
        pytest.skip("no fork here")
    script = """
import os, sys
from mlops_lab.level0.events import EventLog
log = EventLog(sys.argv[1])
log.write("start", who="parent")
log._lock.acquire()  # another thread of the parent is writing at this moment
if os.fork() == 0:
    log.write("start", who="child")
    os._exit(0)
os._exit(os.waitstatus_to_exitcode(os.wait()[1]))
"""
    assert subprocess.run([sys.executable, "-c", script, str(tmp_path)], timeout=60).returncode == 0
    assert sorted(event["who"] for event in events(tmp_path)) == ["child", "parent"]


def test_events_of_several_processes_come_in_the_order_of_time(tmp_path):
    now = iter(range(100))
    log = EventLog(tmp_path, clock=lambda: 1_772_323_200 + next(now))
    other = EventLog(tmp_path, clock=log.clock)
    other._start += 1  # as another process would have
    for n in range(10):
        (log if n % 3 else other).write("prediction", n=n)
    assert len(list(tmp_path.iterdir())) == 2
    assert [event["n"] for event in events(tmp_path)] == list(range(10))


def test_ids_that_look_like_other_types_stay_text(tmp_path):
    log = EventLog(tmp_path)
    log.write("prediction", request_id="6b1e5c1e-6f3d-4c55-8a5e-2f3b6a1f0a11", version="2")
    assert read(tmp_path).request_id[0] == "6b1e5c1e-6f3d-4c55-8a5e-2f3b6a1f0a11"
    assert read(tmp_path).version[0] == "2"


def test_a_log_of_many_kinds_reads_as_one_table(tmp_path):
    log = EventLog(tmp_path)
    log.write("prediction", request_id="r1", output="good", inputs={"region": "north", "orders_90d": 3})
    log.write("prediction", request_id="r2", output=23.5, inputs={"rm": 6.0})
    log.write("label", request_id="r1", label="bad")
    log.write("alert", what={"field": "rm", "values": [1, 2]})
    table = read(tmp_path)
    assert table.event.tolist() == ["prediction", "prediction", "label", "alert"]
    assert table.inputs[0]["region"] == "north"
    sql = "SELECT count(*) AS n FROM events p JOIN events l USING (request_id) WHERE p.event = 'prediction' AND l.event = 'label'"
    assert query(tmp_path, sql).n[0] == 1


def test_a_folder_with_a_quote_in_its_name_is_read(tmp_path):
    folder = tmp_path / "ann's log"
    EventLog(folder).write("label", request_id="r1", label=1)
    assert read(folder).label.tolist() == [1]


def test_find_returns_only_the_request_that_was_asked_for(tmp_path):
    log = EventLog(tmp_path)
    log.write("prediction", request_id="r1", note='"request_id":"r2"')
    log.write("prediction", request_id="r2")
    log.write("prediction", request_id="r22")
    assert [event["request_id"] for event in find(tmp_path, "r2")] == ["r2"]


def test_time_is_utc_with_microseconds(tmp_path):
    EventLog(tmp_path, clock=lambda: 1_772_323_200.25).write("alert")
    (event,) = events(tmp_path)
    assert event["time"] == "2026-03-01T00:00:00.250000Z"
    began = time.time()
    EventLog(tmp_path).write("alert")
    assert abs(read(tmp_path).time.max().timestamp() - began) < 60
