"""Scenarios: what a person gets who wrote one from the docs alone, and that days are reproducible."""

import hashlib
import json
import subprocess
import sys
import tracemalloc

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlops_lab.world.production import drive
from mlops_lab.world.scenario import ScenarioError, load, names, parse
from mlops_lab.world.timeline.day import make_day, people

WRITTEN_FROM_THE_DOCS = """
case: housing
title: My village
days: 20
traffic: {per_day: 60, week: [1, 1, 1, 1, 1, 2, 2]}
labels: {delay: 3, spread: 1, share: 0.9, wrong: 0.05}
prices: {error: 2}
events:
- kind: covariate_shift
  name: newcomers
  day: [2, 4]
  form: seasonal
  period: 7
  shift: {rm: [0.5, 1.0], age: -0.5}
- {kind: concept_drift, name: boom, day: 8, form: gradual, over: 5, truth: {level: 25}}
- {kind: outage, name: registry, of: the land registry, day: 10, until: 12, fields: [tax], hours: [22, 4], labels: true}
- {kind: broken_upstream, name: again, day: 13, until: 14, fault: duplicates, share: 0.5}
- {kind: traffic_peak, name: fair, day: 15, until: 16, times: 3}
- kind: bad_commit
  name: oops
  day: 5
  message: tidy up
  source: "def prepare(row): return row"
"""


class Average:
    def predict(self, requests):
        return [22.0] * len(requests)

    def labels(self, batch):
        pass

    def end_of_day(self, day):
        pass


def test_a_scenario_written_from_the_docs_runs():
    score = drive(parse(WRITTEN_FROM_THE_DOCS), Average(), seed=3)
    assert score["days"] == 20 and score["requests"] > 1000
    assert [e["name"] for e in score["events"]] == ["newcomers", "oops", "boom", "registry", "again", "fair"]


MISTAKES = {
    "case: hosing": ["line 1: case", "'housing' or 'customers'", "hosing"],
    "days: 10": ["line 1", "'case' is missing"],
    "case: housing\ndays: 0": ["line 2: days", "greater than or equal to 1", "found 0"],
    "case: housing\ndays: yes": ["line 2: days", "valid integer", "found true"],
    "case: housing\nlabel: {delay: 3}": ["line 2: label", "did you mean 'labels'", "Allowed: case"],
    "case: housing\nlabels:\n  delay: 3\n  delai: 4": ["line 4: labels.delai", "did you mean 'delay'"],
    "case: housing\nlabels:\n  share: 1.5": ["line 3: labels.share", "less than or equal to 1", "1.5"],
    "case: housing\ntraffic: {week: [1, 2]}": ["line 2: traffic.week", "should have 7 items"],
    "case: housing\ncase: customers": ["line 2", "'case' stands here a second time"],
    "case: housing\nevents: 5": ["line 2: events", "should be a list"],
    "case: housing\nevents:\n- {name: a, day: 1}": ["line 3: events.0", "needs a 'kind'", "concept_drift"],
    "case: housing\nevents:\n- {kind: drift, name: a, day: 1}": [
        "line 3: events.0.kind",
        "'drift' is no kind of event",
    ],
    "case: housing\nevents:\n- kind: outage\n  name: a\n  day: 1\n  of: x": ["line 3: events.0", "needs 'fields'"],
    "case: housing\nevents:\n- kind: outage\n  name: a\n  day: 1\n  of: x\n  fields: [rooms]": [
        "line 7",
        "Allowed: rm, tax, age",
    ],
    "case: housing\nevents:\n- kind: attack\n  name: a\n  day: 900\n  attack: scraping": [
        "line 5",
        "day 900 never comes",
    ],
    "case: housing\nevents:\n- kind: attack\n  name: a\n  day: 9\n  until: 9\n  attack: scraping": [
        "line 6",
        "allowed: 10 or later",
    ],
    "case: housing\nevents:\n- kind: attack\n  name: a\n  day: 9\n  attack: phishing": [
        "line 6",
        "'scraping' or 'poisoned_labels'",
    ],
    "case: housing\nevents:\n- kind: broken_upstream\n  name: a\n  day: 9\n  fault: unit": [
        "line 3",
        "also needs: field, times",
    ],
    "case: customers\nevents:\n- kind: covariate_shift\n  name: a\n  day: 9\n  shift:\n    channel: 2": [
        "line 7",
        "shares like {web: 0.5}",
    ],
    "case: customers\nevents:\n- kind: bad_commit\n  name: a\n  day: 9\n  message: m\n  source: 'def f(:'": [
        "line 7",
        "is not Python",
    ],
    "case: customers\nevents:\n- kind: traffic_peak\n  name: a\n  day: 9\n  times: -2": ["line 6", "should be above 0"],
    "case: [": ["not YAML"],
    "": ["line 1", "found NoneType"],
    "a: &a [1]\nb: *a": ["line 2", "aliases"],
}


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes_are_told_with_line_and_allowed_values(text):
    with pytest.raises(ScenarioError) as caught:
        parse(text, "mine.yml")
    message = str(caught.value)
    assert all(part in message for part in MISTAKES[text]), message
    assert message.startswith("mine.yml, line ")


def test_bombs_are_refused_quickly():
    aliases = "a: &a [x]\n" + "\n".join(f"b{i}: [*a, *a]" for i in range(50))
    for bomb in ("[" * 100_000, "- " * 20_000, "? " * 10_000, "{a: " * 20_000, "a: " + "x" * 2_000_000, aliases):
        with pytest.raises(ScenarioError):
            parse(bomb)


json_like = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 400) | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_change_to_a_built_in_scenario_loads_or_is_explained(data):
    document = yaml.safe_load(
        (__import__("mlops_lab.world.scenario", fromlist=["folder"]).folder() / "storm.yml").read_text()
    )
    event = data.draw(st.sampled_from(document["events"]))
    event[data.draw(st.sampled_from([*event, "shift", "new"]))] = data.draw(json_like)
    document[data.draw(st.sampled_from([*document, "prices"]))] = data.draw(json_like | st.just(document["events"]))
    try:
        assert parse(yaml.safe_dump(document)).case in ("housing", "customers")
    except ScenarioError as error:
        assert "line " in str(error)


def fingerprint(name: str, seed: int, day: int) -> str:
    made = make_day(load(name).draw(seed), seed, day)
    facts = [
        made.requests,
        made.people.y.tolist(),
        made.people.told.tolist(),
        made.people.due.tolist(),
        made.who.tolist(),
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


@pytest.mark.parametrize("name", names())
def test_a_day_is_the_same_without_the_days_before_and_in_another_process(name):
    for day in (80, 5):
        fingerprint(name, 4, day)
    code = f"from tests.test_scenario import fingerprint; print(fingerprint({name!r}, 4, 120))"
    command = [sys.executable, "-c", code]
    other = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "7", "PYTHONPATH": "."}
    )
    assert other.stdout.strip() == fingerprint(name, 4, 120)
    assert fingerprint(name, 5, 120) != fingerprint(name, 4, 120)


def test_every_customer_of_the_storm_asks_exactly_once_unless_doubled():
    storm = load("storm").draw(2)
    last = max(e.until or 0 for e in storm.events if e.kind == "broken_upstream" and e.fault == "late") + 3
    came = sum(len(people(storm, 2, d).X) for d in range(last))
    seen = [i for d in range(last) for i in make_day(storm, 2, d).people.X.customer_id.tolist()]
    assert len(seen) == len(set(seen)) == came


def test_a_long_flight_needs_no_more_memory_than_a_short_one(tmp_path):
    busy = parse("case: housing\ndays: 16\ntraffic: {per_day: 2000}\nlabels: {delay: 4, spread: 1}")
    peaks = []
    for days in (5, 16):
        tracemalloc.start()
        drive(busy, Average(), seed=1, days=days, folder=tmp_path / str(days))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.15 * peaks[0] + 200_000
