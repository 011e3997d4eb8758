"""Flights: the same bytes every time, through interruptions, and a report that a browser shows."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from mlops_lab.world.drawing.report import report
from mlops_lab.world.flight import Flight, FlightError, fly, watch
from mlops_lab.world.scenario import load, parse
from mlops_lab.world.systems.levels import LEVELS, ByHand, level_class
from mlops_lab.world.systems.served import ByHandServed

STORMY = """
case: customers
title: A <b>wild</b> fortnight
days: 14
traffic: {per_day: 60}
labels: {delay: 3, spread: 1}
events:
- {kind: concept_drift, name: turn, day: 4, truth: {level: -1.5}, note: "</script><script>document.title='hacked'</script>"}
- {kind: broken_upstream, name: gone, day: 6, until: 8, fault: missing, field: channel}
- {kind: attack, name: bots, day: 9, until: 11, attack: scraping, times: 0.5}
- {kind: traffic_peak, name: sale, day: 12, until: 13, times: 4}
"""


def small(name: str, per_day: int):
    "A built-in scenario with less traffic."
    s = load(name)
    return s.model_copy(update={"traffic": s.traffic.model_copy(update={"per_day": per_day})})


class EarlyVisit(ByHand):
    "Level 0 whose person comes on day 2."

    def end_of_day(self, day):
        return super().end_of_day(60 if day == 2 else 1)


@pytest.fixture(scope="module")
def stormy(tmp_path_factory):
    out = tmp_path_factory.mktemp("flight")
    (out / "stormy.yml").write_text(STORMY)
    fly(out / "stormy.yml", seed=5, out=out / "whole", makers={0: EarlyVisit})
    return out


SCRIPT = """
import sys
sys.path.insert(0, {root!r})
from tests.test_flight import EarlyVisit, fly
fly({file!r}, seed=5, out={out!r}, makers={{0: EarlyVisit}}, progress=lambda s: print(s.day, flush=True))
"""


def start(stormy: Path, out: str) -> subprocess.Popen:
    "The same flight in another process, with other hashes."
    code = SCRIPT.format(root=str(Path(__file__).parents[1]), file=str(stormy / "stormy.yml"), out=str(stormy / out))
    env = os.environ | {"PYTHONHASHSEED": "99"}
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
    )


def resumed(stormy: Path, out: str) -> list:  # the days that were left
    "Fly on, to the same bytes as the flight that nobody interrupted."
    done = len(list((stormy / out / "level-0" / "days").glob("*.json")))
    assert not (stormy / out / "score.json").exists() and 6 <= done < 14
    days = []
    what = {"seed": 5, "out": stormy / out, "makers": {0: EarlyVisit}}
    fly(stormy / "stormy.yml", **what, progress=lambda s: days.append(s.day))
    assert days == list(range(done, 14))
    for name in ("score.json", "report.html"):
        assert (stormy / out / name).read_bytes() == (stormy / "whole" / name).read_bytes()
    return days


def test_a_flight_killed_in_another_process_resumes_to_the_same_bytes(stormy):
    process = start(stormy, "killed")
    for line in process.stdout:
        if int(line) == 5:
            process.kill()
            break
    process.wait(60)
    process.stdout.close()
    assert resumed(stormy, "killed")


def test_ctrl_c_in_the_middle_of_a_day_resumes_to_the_same_bytes(stormy):
    class Interrupted(EarlyVisit):
        calls_left = 0

        def end_of_day(self, day):
            self.calls_left = 10 if day == 5 else 0
            return super().end_of_day(day)

        def predict(self, requests):
            self.calls_left -= 1
            if self.calls_left == 0:
                signal.raise_signal(signal.SIGINT)
            return super().predict(requests)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            fly(stormy / "stormy.yml", seed=5, out=stormy / "interrupted", makers={0: Interrupted})
    finally:
        signal.signal(signal.SIGINT, before)
    assert resumed(stormy, "interrupted")[0] == 6


def test_a_finished_flight_is_not_flown_again(stormy):
    before = (stormy / "whole" / "score.json").read_bytes()
    days = []
    fly(stormy / "stormy.yml", seed=5, out=stormy / "whole", makers={0: EarlyVisit}, progress=days.append)
    assert days == [] and (stormy / "whole" / "score.json").read_bytes() == before


def test_another_flight_does_not_go_on_in_this_folder(stormy):
    for change in ({"seed": 6}, {"days": 9}, {"scenario": "housing", "days": 14}):
        what = {"scenario": stormy / "stormy.yml", "seed": 5, "out": stormy / "whole"} | change
        with pytest.raises(FlightError, match="holds another flight"):
            fly(**what)


def test_two_processes_do_not_fly_in_one_folder(stormy, tmp_path):
    first = Flight(stormy / "stormy.yml", out=tmp_path / "f", days=2)
    with pytest.raises(FlightError, match="another process"):
        Flight(stormy / "stormy.yml", out=tmp_path / "f", days=2)
    first.lock.close()


def test_what_a_power_cut_left_half_written_is_ignored(stormy, tmp_path):
    class PowerCut(Exception):
        pass

    def cut(step):
        if step.day == 3:
            raise PowerCut

    with pytest.raises(PowerCut):
        fly(stormy / "stormy.yml", seed=5, out=tmp_path / "f", makers={0: EarlyVisit}, progress=cut)
    level = tmp_path / "f" / "level-0"
    (level / "days" / "00004.draft").write_text('{"record": {"day": 4, "cos')
    (level / "waiting" / "00004.json").write_bytes(b'[["abc", "go')
    with open(max((level / "system" / "events").glob("*.jsonl")), "ab") as log:
        log.write(b'{"time":"2031-01-01T00:00:00Z","event":"prediction","request_id":"x","inputs":{}}\n{"time":')
    fly(stormy / "stormy.yml", seed=5, out=tmp_path / "f", makers={0: EarlyVisit})
    assert (tmp_path / "f" / "score.json").read_bytes() == (stormy / "whole" / "score.json").read_bytes()


def test_http_and_in_process_give_the_same_score_and_http_resumes(stormy, tmp_path):
    class EarlyServed(ByHandServed):
        workers = 1

        def end_of_day(self, day):
            return super().end_of_day(60 if day == 2 else 1)

    class Enough(Exception):
        pass

    def stop(step):
        if step.day == 4:
            raise Enough

    what = {"scenario": stormy / "stormy.yml", "days": 7, "seed": 5}
    inside = fly(**what, out=tmp_path / "in", makers={0: EarlyVisit})
    with pytest.raises(Enough):
        fly(**what, out=tmp_path / "out", makers={0: EarlyServed}, progress=stop)
    outside = fly(**what, out=tmp_path / "out", makers={0: EarlyServed})
    assert inside == outside
    assert "ms" in json.loads((tmp_path / "out" / "timing.json").read_text())["0"]["days"][0]


def test_in_stationary_the_regret_stays_flat_and_nothing_is_alarmed(tmp_path):
    score = fly(small("stationary", 120), seed=2, days=120, out=tmp_path)["levels"][0]
    regret = np.array(score["series"]["regret"])
    first, last = regret[:40].mean(), regret[-40:].mean()
    assert score["alerts"] == score["false_alarms"] == 0 and score["events"] == score["own_doing"] == []
    assert abs(last - first) < 0.25 * first
    assert abs(score["metric"]["last_30_days"] - score["metric"]["first_30_days"]) < 0.03


def test_in_customers_precision_falls_after_the_concept_drift_and_never_recovers(tmp_path):
    score = fly(small("customers", 60), seed=1, out=tmp_path)["levels"][0]
    drift = next(e for e in score["events"] if e["kind"] == "concept_drift")
    quality = np.array(score["series"]["metric"])
    before, after = quality[: drift["day"]].mean(), quality[drift["day"] + 15 :]
    weeks = after[: len(after) // 7 * 7].reshape(-1, 7).mean(axis=1)
    assert before > 0.78 and weeks.max() < before - 0.15
    assert drift["hurt_after"] < 12 and drift["recovered_after"] is None and drift["detected_after"] is None


def test_levels_fly_side_by_side_with_the_same_requests(tmp_path):
    seen = {0: [], 1: []}

    class Eager:
        title, because = "Level 1: a stand-in", {}

        def __init__(self, case, folder):
            self.mine = seen[1]

        def predict(self, requests):
            self.mine += [r["request_id"] for r in requests]
            return ["good"] * len(requests)

        def labels(self, batch):
            pass

        def end_of_day(self, day):
            return ["wolf"] if day == 1 else None

    class Zero(Eager):
        title = "Level 0: a stand-in"

        def __init__(self, case, folder):
            self.mine = seen[0]

    before = dict(LEVELS)
    LEVELS.update({0: Zero, 1: Eager})
    try:
        result = fly(parse(STORMY), levels=[0, 1], days=4, seed=1, out=tmp_path)
    finally:
        LEVELS.clear()
        LEVELS.update(before)
    assert seen[0] == seen[1] and len(seen[0]) > 100
    assert [v["false_alarms"] for v in result["levels"]] == [1, 1]
    page = (tmp_path / "report.html").read_text()
    assert page.count('class="verdict level-') == 2 and "cried wolf 1 time" in page


def test_the_display_works_without_a_terminal(tmp_path, capsys):
    watch(Flight(parse(STORMY), days=6, seed=1, out=tmp_path))
    assert "level 0: day 6 of 6" in capsys.readouterr().out
    with pytest.raises(ValueError, match="there is no level 9; allowed: 0"):
        level_class(9)


@pytest.mark.slow
def test_the_report_is_shown_by_a_browser_alone_in_light_and_dark(stormy):
    playwright = pytest.importorskip("playwright.sync_api")
    browser_path = next((p for p in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(p).exists()), None)
    if not browser_path:
        pytest.skip("no Chromium on this machine")
    asked, said = [], []
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for scheme, width in (("light", 1280), ("dark", 390)):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.on("request", lambda r: asked.append(r.url))
            page.on("console", lambda m: said.append(m.text))
            page.on("pageerror", lambda e: said.append(str(e)))
            page.goto((stormy / "whole" / "report.html").as_uri())
            assert page.title() == "A <b>wild</b> fortnight: flight report"
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
            box = page.locator("svg.hero").bounding_box()
            page.mouse.move(box["x"] + 150, box["y"] + 120)
            assert page.locator(".tip b").inner_text().startswith("day ")
            colours = page.evaluate(
                "[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
            )
            assert len(set(colours)) == 2
        browser.close()
    assert said == [] and all(url.startswith("file:") for url in asked)


def test_a_report_can_be_made_from_the_score_alone(stormy):
    result = json.loads((stormy / "whole" / "score.json").read_text())
    page = report(result)
    assert page == (stormy / "whole" / "report.html").read_text()
    assert "<script>document.title" not in page and "src=" not in page and "@import" not in page
