"""The simulated production against systems that fail, cheat or look around."""

import gc
import json
import math
import shutil
import textwrap
import types

import numpy as np
import pytest

from mlops_lab.world.production import Production, connect, drive
from mlops_lab.world.scenario import Scenario, load, parse
from mlops_lab.world.scoring.score import values_of
from mlops_lab.world.systems.process import Isolated
from mlops_lab.world.timeline.day import make_day

QUIET = "case: customers\ndays: 6\ntraffic: {per_day: 40}\nlabels: {delay: 1, spread: 0, share: 1.0}\n"


class Good:
    "Accepts everybody and remembers what it was given."

    def __init__(self):
        self.given = []

    def predict(self, requests):
        self.given.append(requests)
        return ["good"] * len(requests)

    def labels(self, batch):
        self.given.append(batch)

    def end_of_day(self, day):
        self.given.append(day)

    def commit(self, change):
        self.given.append(change)


# Systems that fail


class Raises(Good):
    def predict(self, requests):
        raise RuntimeError("no")


class TooFew(Good):
    def predict(self, requests):
        return ["good"]


class Odd(Good):
    def predict(self, requests):
        return [
            [None, math.nan, 1, {"prediction": "good"}, {"wrong": 1}, b"good", ["good"], "GOOD"][
                int(r["request_id"], 16) % 8
            ]
            for r in requests
        ]


@pytest.mark.parametrize(("system", "low", "high"), [(Raises, 0, 0), (TooFew, 0, 0.6), (Odd, 0.05, 0.6)])
def test_a_system_that_fails_is_scored_and_the_flight_goes_on(system, low, high):
    score = drive(parse(QUIET), system(), seed=1)
    assert score["days"] == 6 and low <= score["availability"] <= high
    assert math.isfinite(score["regret"]) and json.dumps(score, allow_nan=False)


def test_errors_in_the_evening_and_with_labels_are_counted_not_fatal():
    class Clumsy(Good):
        def labels(self, batch):
            return 1 / 0

        def end_of_day(self, day):
            return 1 / 0

    assert drive(parse(QUIET), Clumsy(), seed=1)["errors"] == 12


def test_not_answering_is_never_better_than_always_refusing():
    class Bad(Good):
        def predict(self, requests):
            return ["bad"] * len(requests)

    silent, refusing = (drive(parse(QUIET), s(), seed=1) for s in (Raises, Bad))
    assert silent["regret"] == refusing["regret"] and silent["money"]["total"] > refusing["money"]["total"]


def test_absurd_prices_do_not_break_the_score():
    class Absurd(Good):
        def predict(self, requests):
            return [
                [1e308, -1e308, math.inf, np.float32(20), np.int64(20)][int(r["request_id"], 16) % 5] for r in requests
            ]

    score = drive(parse(QUIET.replace("customers", "housing")), Absurd(), seed=1)
    assert math.isfinite(score["regret"]) and 0.7 < score["availability"] < 0.9
    assert values_of("housing", [True, "20", None]).tolist() != [1.0, 20.0, 0.0]


# Labels


def test_the_label_of_a_refused_customer_never_comes():
    class Split(Good):
        def predict(self, requests):
            self.given += [r["request_id"] for r in requests[::2]]
            return ["good" if i % 2 == 0 else "bad" for i in range(len(requests))]

        def labels(self, batch):
            self.told = getattr(self, "told", []) + [x["request_id"] for x in batch]

        def end_of_day(self, day):
            pass

    split = Split()
    drive(
        parse(QUIET).model_copy(
            update={"labels": load("customers").labels.model_copy(update={"delay": 1.0, "spread": 0.0})}
        ),
        split,
        seed=1,
    )
    assert split.told and set(split.told) <= set(split.given)


def test_labels_wait_while_their_source_is_down():
    down = QUIET + "events:\n- {kind: outage, name: down, of: the till, day: 2, until: 4, labels: true}\n"
    score = drive(parse(down), Good(), seed=1)
    assert [r["labels"] > 0 for r in score["records"]] == [False, True, False, False, True, True]
    assert score["records"][4]["labels"] > 1.5 * score["records"][1]["labels"]


def test_poisoned_labels_say_the_opposite_and_the_truth_stays():
    class Notes(Good):
        def labels(self, batch):
            self.told = getattr(self, "told", {}) | {x["request_id"]: x["label"] for x in batch}

    text = QUIET + "events:\n- {kind: attack, name: forged, day: 0, until: 3, attack: poisoned_labels, share: 1.0}\n"
    clean, forged = Notes(), Notes()
    scores = [drive(parse(t), s, seed=1) for t, s in ((QUIET, clean), (text, forged))]
    day = make_day(parse(text).draw(1), 1, 0)
    first = [r["request_id"] for r in day.requests if r["request_id"] in clean.told]
    assert first and all(clean.told[i] != forged.told[i] for i in first)
    assert scores[0]["regret"] == scores[1]["regret"]


# What a system can reach


def reachable(start, limit=200_000):
    "Every object that can be reached from some objects, without types, modules and functions."
    seen, todo = {}, list(start)
    while todo and len(seen) < limit:
        thing = todo.pop()
        if id(thing) in seen or isinstance(thing, type | types.ModuleType | types.FunctionType):
            continue
        seen[id(thing)] = thing
        todo += gc.get_referents(thing)
    return seen.values()


def test_nothing_that_is_handed_over_leads_to_truth_or_calendar():
    system = Good()
    production = Production("storm", system, seed=1, days=30)
    for _ in production.run():
        pass
    found = list(reachable(system.given))
    assert not [
        x
        for x in found
        if isinstance(x, Scenario | Production | np.ndarray) or type(x).__module__.startswith("mlops_lab")
    ]
    requests = [r for g in system.given if isinstance(g, list) for r in g if "inputs" in r]
    assert {tuple(sorted(r)) for r in requests} == {("client", "inputs", "request_id", "time")}
    labels = [r for g in system.given if isinstance(g, list) for r in g if "label" in r]
    assert {tuple(sorted(r)) for r in labels} == {("label", "request_id")}
    changes = [g for g in system.given if isinstance(g, dict)]
    assert {tuple(sorted(c)) for c in changes} == {("id", "message", "source")}


SPY = """
import gc, inspect, os, sys, json, pathlib

class Spy:
    def __init__(self, far=False):
        self.found, self.far = [], far

    def look(self, why):
        secrets = ("seven_secret_days", "-0.471147")
        places = {}
        places["memory"] = " ".join(repr(o)[:2000] for o in gc.get_objects() if type(o).__name__ in ("Scenario", "Day", "People", "Production"))
        places["frames"] = " ".join(str(f.frame.f_locals)[:5000] for f in inspect.stack()[1:])
        places["environment"] = str(dict(os.environ)) + str(sys.argv) + str(sys.orig_argv)
        here = pathlib.Path.cwd()
        for folder in (here, *([here.parents[3], pathlib.Path(tempdir())] if self.far else [])):
            for file in files_of(folder)[:3000]:
                try:
                    places[file] = open(file, errors="ignore").read(200000)
                except OSError:
                    pass
        for pid in os.listdir("/proc") if os.path.isdir("/proc") else []:
            for what in ("cmdline", "environ"):
                if pid.isdigit() and int(pid) != os.getpid():
                    try:
                        places[f"/proc/{pid}/{what}"] = open(f"/proc/{pid}/{what}", errors="ignore").read()
                    except OSError:
                        pass
        for fd in os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else []:
            try:
                places["fd " + fd] = os.readlink("/proc/self/fd/" + fd)
            except OSError:
                pass
        mine = {p for p in places if p.endswith("spy.py")}
        self.found += [f"{why}: {place}" for place, text in places.items() if place not in mine and any(s in text for s in secrets)]
        self.found += [f"{why}: module {m}" for m in sys.modules if m.startswith("mlops_lab.world.") and m not in ("mlops_lab.world.systems", "mlops_lab.world.systems.process")]

    def predict(self, requests):
        if not self.found:
            self.look("predict")
        return ["good"] * len(requests)

    def labels(self, batch):
        self.look("labels")

    def end_of_day(self, day):
        return [{"message": json.dumps(self.found)}]

def tempdir():
    import tempfile
    return tempfile.gettempdir()

def files_of(folder):
    found = []
    for place, below, names in os.walk(folder):
        below[:] = [b for b in below if os.path.join(place, b) != sys.prefix]  # the libraries keep no calendar
        found += [os.path.join(place, n) for n in names]
    return list(filter(os.path.isfile, found))
"""


@pytest.mark.parametrize("wall", ["bubblewrap", "process"])
def test_a_system_in_its_own_process_reaches_neither_truth_nor_calendar(tmp_path, wall):
    if wall == "bubblewrap" and not shutil.which("bwrap"):
        pytest.skip("no bubblewrap on this machine")
    secret = (
        QUIET + "events:\n- kind: concept_drift\n  name: seven_secret_days\n  day: 1\n  truth: {level: -0.471147}\n"
    )
    (tmp_path / "spy").mkdir()
    (tmp_path / "spy" / "spy.py").write_text(SPY)
    (tmp_path / "flight").mkdir()
    (tmp_path / "flight" / "mine.yml").write_text(secret)
    home = tmp_path / "home" / "of" / "the" / "system"
    home.mkdir(parents=True)
    # Without bubblewrap the process shares our file system, so there it looks only where a process of its own protects.
    far = wall == "bubblewrap"
    system = Isolated(f"{tmp_path / 'spy' / 'spy.py'}:Spy", {"far": far}, folder=home, wrap=None if far else [])
    try:
        assert system.isolation == wall
        flown = drive(tmp_path / "flight" / "mine.yml", system, seed=471, days=2, folder=tmp_path / "flight" / "level")
    finally:
        system.close()
    told = [json.loads(a["message"]) for r in flown["records"] for a in r["alerts"]]
    assert flown["availability"] == 1.0 and told == [[], []]


def test_a_system_that_lies_beside_the_built_in_scenarios_does_not_see_them(tmp_path, monkeypatch):
    if not shutil.which("bwrap"):
        pytest.skip("no bubblewrap on this machine")
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "secret.yml").write_text(QUIET)
    look = f"glob.glob('{tmp_path / 'scenarios'}/*')"
    (tmp_path / "spy.py").write_text(f"import glob\nclass Spy:\n    def predict(self, requests): return {look}\n")
    monkeypatch.setattr("mlops_lab.world.scenario.datasets", lambda: tmp_path)
    seen = connect(f"{tmp_path / 'spy.py'}:Spy", "customers")
    try:
        assert seen.predict([]) == []
    finally:
        seen.close()


def test_the_spy_would_have_found_something_in_our_own_process():
    room: dict = {}
    exec(SPY, room)  # a test of the test
    secret = QUIET + "events:\n- {kind: concept_drift, name: seven_secret_days, day: 1, truth: {level: -0.471147}}\n"
    spy = room["Spy"]()
    drive(parse(secret), spy, seed=1, days=1)
    assert any("memory" in f or "frames" in f for f in spy.found)


def test_a_system_that_dies_or_hangs_leaves_its_requests_unanswered(tmp_path):
    (tmp_path / "mortal.py").write_text(
        textwrap.dedent("""
        import os, time
        class Mortal:
            def predict(self, requests): return ["good"] * len(requests)
            def labels(self, batch): pass
            def end_of_day(self, day):
                if day == 2: os._exit(9)
        """)
    )
    flown = drive(parse(QUIET), f"{tmp_path / 'mortal.py'}:Mortal", seed=1)
    assert [r["answered"] > 0 for r in flown["records"]] == [True, True, True, False, False, False]


def test_what_a_system_prints_does_not_disturb_its_answers(tmp_path):
    (tmp_path / "loud.py").write_text(
        textwrap.dedent("""
        import os, subprocess
        class Loud:
            def predict(self, requests):
                print('{"ok": ["bad"]}'); os.write(1, b'{"ok": 7}\\n'); subprocess.run(["echo", "hello"])
                return ["good"] * len(requests)
            def labels(self, batch): print("x" * 100000)
            def end_of_day(self, day): pass
        """)
    )
    assert drive(parse(QUIET), f"{tmp_path / 'loud.py'}:Loud", seed=1) == drive(parse(QUIET), Good(), seed=1)


def test_more_traffic_than_capacity_is_turned_away_and_less_is_not():
    class Small(Good):
        capacity = 4.0

    text = (
        QUIET.replace("per_day: 40", "per_day: 400")
        + "events:\n- {kind: traffic_peak, name: sale, day: 3, until: 4, times: 10}\n"
    )
    records = drive(parse(text), Small(), seed=1)["records"]
    share = [r["answered"] / r["requests"] for r in records]
    assert share[3] < 0.5 < 0.8 < min(share[:3] + share[4:]) and records[3]["latency"]["p99"] == 2000
