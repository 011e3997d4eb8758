"""The prediction service over HTTP: what it answers, what it refuses and in which words."""

import base64
import json
import os
import shutil

import numpy as np
import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

from mlops_lab.level0.events import events, find
from mlops_lab.level0.fields import Field
from mlops_lab.level0.predictors import Predictor
from mlops_lab.level0.serving import Config, create_app
from mlops_lab.level0.signature import Signature


class Price(Predictor):
    "9 thousand dollars per room, minus a hundredth of the tax, minus a twentieth of the age."

    def outputs(self, rows):
        return np.array([9.0 * rm - 0.01 * tax - 0.05 * age for rm, tax, age in rows])


class Customer(Predictor):
    "Good with probability 1 / (1 + late payments)."

    def outputs(self, rows):
        p = np.array([1 / (1 + late) for _, late in rows])
        return np.column_stack([p, 1 - p])


@pytest.fixture
def predictor():
    rooms = Field("rm", minimum=1, maximum=15, seen=[3, 9], unit="rooms")
    tax = Field("tax", minimum=0, maximum=2_000, seen=[180, 720])
    age = Field("age", minimum=0, maximum=100, seen=[2, 100], unit="%")
    return Price(Signature([rooms, tax, age], Field("medv", minimum=0, seen=[5, 80], unit="1000 $")), "housing")


@pytest.fixture
def customers():
    inputs = [
        Field("region", "category", categories=["north", "south"]),
        Field("late", "integer", minimum=0, seen=[0, 9]),
    ]
    output, keys = Field("label", "category", categories=["good", "bad"]), [Field("customer_id", "integer")]
    return Customer(Signature(inputs, output, "classification", keys), "customers", classes=["good", "bad"])


@pytest.fixture
def app(predictor, tmp_path):
    return create_app(predictor, Config(events=tmp_path / "events", max_rows=50, max_bytes=20_000))


@pytest.fixture
def client(app):
    return app.test_client()


def post(client, body, kind="application/json", path="/predict_json", **headers):
    return client.post(path, data=body, content_type=kind, headers=headers)


def assert_problem(reply, status, field):
    "A problem document of RFC 9457 that names the field."
    assert reply.status_code == status, reply.text
    assert reply.content_type == "application/problem+json"
    told = reply.json
    assert told["status"] == status and told["title"] and told["detail"] and told["success"] is False
    assert told["request_id"] == reply.headers["X-Request-ID"]
    assert field in [error["field"] for error in told["errors"]], told
    assert all(set(error) == {"field", "value", "rule", "index"} for error in told["errors"])


# -- answers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", ["[6, 250, 66.5]", '{"tax": 250, "age": 66.5, "rm": 6}', " [6.0,250.0,66.5]\n"])
def test_one_row_in_any_form_gets_one_prediction(client, body):
    told = post(client, body).json
    assert told["prediction"] == pytest.approx(48.175)
    assert told["success"] is True and told["plausible"] is True and told["warnings"] == []
    assert (told["model"], told["version"]) == ("housing", "1")


def test_a_list_of_rows_gets_a_list_of_predictions_even_when_it_holds_one(client):
    assert len(post(client, "[[6, 250, 66.5]]").json["predictions"]) == 1
    mixed = post(client, '[[6, 250, 66.5], {"rm": 6, "tax": 250, "age": 66.5}]').json
    assert mixed["predictions"][0] == mixed["predictions"][1]


def test_an_answer_beyond_the_labels_is_given_and_flagged(client):
    told = post(client, "[15, 0, 0]").json
    assert told["prediction"] == 135.0 and told["plausible"] is False
    assert {w["field"] for w in told["warnings"]} == {"rm", "tax", "age"}


def test_a_classification_tells_class_and_rounded_probabilities(customers, tmp_path):
    client = create_app(customers, Config(events=tmp_path)).test_client()
    told = post(client, '{"region": "north", "late": 2, "customer_id": 7}').json
    assert told["prediction"] == "bad" and told["probabilities"] == {"good": 0.3333, "bad": 0.6667}
    (event,) = find(tmp_path, told["request_id"])
    assert (event["customer_id"], event["entity_id"], event["output"]) == (7, 7, "bad")
    quiet = create_app(customers, Config(probabilities=False)).test_client()
    assert "probabilities" not in post(quiet, '["north", 2]').json


def test_every_prediction_is_on_record_with_inputs_output_and_version(client, app):
    told = post(client, "[[6, 250, 66.5], [7, 300, 10]]", **{"X-Request-ID": "batch-1"}).json
    first, second = find(app.extensions["desk"].log.folder, "batch-1")
    assert first["inputs"] == {"rm": 6.0, "tax": 250.0, "age": 66.5} and second["row"] == 1
    assert [first["output"], second["output"]] == told["predictions"]
    assert first["version"] == "1" and first["latency_ms"] > 0 and first["endpoint"] == "predict_json"


def test_what_cannot_be_recorded_is_not_answered(client, app):
    log = app.extensions["desk"].log
    log.close()
    shutil.rmtree(log.folder)
    log.folder.write_text("a file where the folder was")
    for path, body in [("/predict_json", "[6, 250, 66.5]"), ("/feedback", '{"request_id": "r1", "label": 3}')]:
        reply = post(client, body, path=path)
        assert reply.status_code == 503 and reply.json["type"] == "/docs#not-recorded"
    assert client.get("/ready").status_code == 503
    assert client.get("/live").status_code == 200


def test_a_model_without_a_finite_answer_gives_none(predictor, tmp_path):
    predictor.outputs = lambda rows: np.array([np.inf if rm > 10 else 1.0 for rm, _, _ in rows])
    client = create_app(predictor, Config(events=tmp_path)).test_client()
    assert_problem(post(client, "[[6, 250, 66.5], [11, 250, 66.5]]"), 422, "rm")
    assert [event["event"] for event in events(tmp_path)] == ["failure"]


def test_a_crash_of_the_model_is_told_without_its_insides(predictor, tmp_path):
    client_app = create_app(predictor, Config(events=tmp_path))
    predictor.outputs = lambda rows: 1 / 0
    client_app.logger.disabled = True
    reply = post(client_app.test_client(), "[6, 250, 66.5]")
    assert reply.status_code == 500 and "division" not in reply.text and reply.json["request_id"]
    assert {event["event"] for event in events(tmp_path)} == {"failure"}


# -- refusals --------------------------------------------------------------------------------------------------------

HOSTILE = {
    "a word for a number": ('["six", 250, 66.5]', 422, "rm"),
    "a number as text": ('["6", 250, 66.5]', 422, "rm"),
    "a boolean for a number": ("[true, 250, 66.5]", 422, "rm"),
    "null": ("[6, null, 66.5]", 422, "tax"),
    "a list for a number": ("[6, [250], 66.5]", 422, "tax"),
    "NaN": ("[6, 250, NaN]", 422, "age"),
    "NaN in an object": ('{"rm": NaN, "tax": 250, "age": 66.5}', 422, "rm"),
    "Infinity": ("[Infinity, 250, 66.5]", 422, "rm"),
    "minus infinity": ("[6, -Infinity, 66.5]", 422, "tax"),
    "beyond every float": ("[6, 250, 1e999]", 422, "age"),
    "a huge integer": ("[6, 1" + "0" * 400 + ", 66.5]", 422, "tax"),
    "below the minimum": ("[0, 250, 66.5]", 422, "rm"),
    "above the maximum": ("[6, 250, 101]", 422, "age"),
    "an unknown field": ('{"rm": 6, "tax": 250, "age": 66.5, "colour": "red"}', 422, "colour"),
    "a missing field": ('{"rm": 6, "tax": 250}', 422, "age"),
    "a field twice": ('{"rm": 6, "rm": 60, "tax": 250, "age": 66.5}', 422, "rm"),
    "an integer of 5,000 digits": ("[6, 1" + "0" * 5_000 + ", 66.5]", 422, "tax"),
    "too few values": ("[6, 250]", 422, "body"),
    "too many values": ("[6, 250, 66.5, 1]", 422, "body"),
    "an empty list": ("[]", 422, "body"),
    "a list of empty lists": ("[[], []]", 422, "body"),
    "an empty object": ("{}", 422, "rm"),
    "a bare number": ("6", 422, "body"),
    "a bare text": ('"six rooms"', 422, "body"),
    "null alone": ("null", 422, "body"),
    "deep nesting": ("[" * 900 + "]" * 900, 422, "body"),
    "very deep nesting": ("[" * 9_000 + "]" * 9_000, 400, "body"),
    "an empty body": ("", 400, "body"),
    "white space": ("  \n", 400, "body"),
    "cut off": ("[6, 250,", 400, "body"),
    "single quotes": ("['6', 250, 66.5]", 400, "body"),
    "two documents": ("[6, 250, 66.5] [6, 250, 66.5]", 400, "body"),
    "a lone surrogate": ('{"\\ud800": 6}', 422, "body"),
    "bad UTF-8": (b'{"rm\xff": 6}', 400, "body"),
    "UTF-16": ("[6, 250, 66.5]".encode("utf-16"), 400, "body"),
    "a zero byte": (b"[6, 250, 66.5]\x00", 400, "body"),
    "too many rows": ("[" + ",".join(["[6, 250, 66.5]"] * 51) + "]", 413, "body"),
    "too many bytes": ("[6, 250, 66.5" + " " * 20_000 + "]", 413, "body"),
    "ten megabytes": ("[6, 250, 66.5" + " " * 10_000_000 + "]", 413, "body"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bodies_get_a_problem_that_names_the_field(client, app, name):
    body, status, field = HOSTILE[name]
    assert_problem(post(client, body), status, field)
    assert not list(events(app.extensions["desk"].log.folder)), "what is refused is not a prediction"


def test_a_problem_tells_value_rule_and_row(client):
    reply = post(client, '[[6, 250, 66.5], ["six", 250, 66.5]]')
    assert reply.json["errors"] == [
        {"field": "rm", "value": "six", "rule": "a number from 1 to 15 (rooms)", "index": 1}
    ]


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/json; charset=utf-16"]
)
def test_other_content_types_are_refused(client, kind):
    assert_problem(post(client, "[6, 250, 66.5]", kind), 415, "Content-Type")


def test_a_compressed_body_is_refused_by_the_header_that_says_so(client):
    reply = post(client, "[6, 250, 66.5]", **{"Content-Encoding": "gzip"})
    assert_problem(reply, 415, "Content-Encoding")
    assert reply.headers["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("kind", ["", "application/x-www-form-urlencoded"])
def test_clients_of_borrowed_protocols_need_no_content_type(client, kind):
    "Triton's Python client sends none; TensorFlow Serving's documentation calls curl without one."
    tensor = {"name": "x", "shape": [1, 3], "datatype": "FP64", "data": [6, 250, 66.5]}
    inference, rows = json.dumps({"inputs": [tensor]}), '{"instances": [[6, 250, 66.5]]}'
    assert post(client, rows, kind, "/v1/models/housing:predict").json["predictions"] == [pytest.approx(48.175)]
    assert post(client, inference, kind, "/v2/models/housing/infer").status_code == 200
    for path, body in (("/v1/models/housing:predict", rows), ("/v2/models/housing/infer", inference)):
        assert_problem(post(client, body, kind, path, **{"Sec-Fetch-Site": "cross-site"}), 403, "Sec-Fetch-Site")
    binary = post(client, inference, kind, "/v2/models/housing/infer", **{"Inference-Header-Content-Length": "9"})
    assert_problem(binary, 400, "Inference-Header-Content-Length")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_refused_with_the_right_ones(client, method):
    reply = client.open("/predict_json", method=method)
    assert_problem(reply, 405, "method")
    assert "POST" in reply.headers["Allow"]


def test_an_unknown_path_is_a_problem_for_programs_and_a_page_for_people(client):
    assert_problem(client.get("/nothing"), 404, "path")
    page = client.get("/nothing", headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.status_code == 404 and page.mimetype == "text/html" and "There is nothing here" in page.text


BORROWED = {
    "tensorflow, no member": ("/v1/models/housing:predict", {}, "body"),
    "tensorflow, a bare row": ("/v1/models/housing:predict", {"instances": [6, 250, 66.5]}, "instances[0]"),
    "tensorflow, a word": ("/v1/models/housing:predict", {"instances": [["six", 250, 66.5]]}, "rm"),
    "tensorflow, unequal columns": (
        "/v1/models/housing:predict",
        {"inputs": {"rm": [6, 7], "tax": [1], "age": [1]}},
        "inputs.tax",
    ),
    "inference, no inputs": ("/v2/models/housing/infer", {}, "inputs"),
    "inference, a bad id": ("/v2/models/housing/infer", {"id": "two words", "inputs": []}, "id"),
    "inference, no shape": (
        "/v2/models/housing/infer",
        {"inputs": [{"name": "rm", "datatype": "FP32", "data": [6]}]},
        "inputs[0].shape",
    ),
    "mlflow, an unknown member": ("/invocations", {"rows": [[6, 250, 66.5]]}, "rows"),
    "mlflow, a missing column": (
        "/invocations",
        {"dataframe_split": {"columns": ["rm", "tax"], "data": [[6, 250]]}},
        "age",
    ),
    "mlflow, records": ("/invocations", {"dataframe_records": [{"rm": 6, "tax": 250, "age": True}]}, "age"),
    "feedback, no label": ("/feedback", {"request_id": "r1"}, "label"),
    "feedback, a text": ("/feedback", {"request_id": "r1", "label": "24"}, "label"),
    "feedback, below the minimum": ("/feedback", {"request_id": "r1", "label": -1}, "label"),
    "feedback, no request": ("/feedback", {"label": 24}, "request_id"),
    "feedback, a bad row": ("/feedback", {"request_id": "r1", "label": 24, "row": -1}, "row"),
}


@pytest.mark.parametrize("name", BORROWED)
def test_other_documents_are_refused_by_member(client, name):
    path, body, field = BORROWED[name]
    assert_problem(post(client, json.dumps(body), path=path), 422, field)


def test_limits_hold_for_every_protocol(client):
    rows = [[6, 250, 66.5]] * 51
    for path, member in [("/v1/models/housing:predict", "instances"), ("/invocations", "inputs")]:
        assert_problem(post(client, json.dumps({member: rows}), path=path), 413, "body")
    tensor = {"name": "x", "shape": [51, 3], "datatype": "FP32", "data": rows}
    assert_problem(post(client, json.dumps({"inputs": [tensor]}), path="/v2/models/housing/infer"), 413, "body")
    csv = "rm,tax,age\n" + "6,250,66.5\n" * 51
    assert_problem(post(client, csv, "text/csv", "/invocations"), 413, "body")


# -- names of requests -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["/predict_json", "/v1/models/housing:predict", "/invocations", "/v2/models/housing/infer"]
)
def test_a_well_formed_request_id_is_kept_in_header_and_body(client, path):
    tensor = {"name": "x", "shape": [1, 3], "datatype": "FP32", "data": [6, 250, 66.5]}
    bodies = {"/predict_json": [6, 250, 66.5], "/v2/models/housing/infer": {"inputs": [tensor]}}
    reply = post(
        client, json.dumps(bodies.get(path, {"inputs": [[6, 250, 66.5]]})), path=path, **{"X-Request-ID": "order-17"}
    )
    assert reply.status_code == 200
    assert reply.headers["X-Request-ID"] == reply.json["request_id"] == "order-17"


@pytest.mark.parametrize("sent", ["two words", "<script>", "x" * 129, "é"])
def test_a_malformed_request_id_is_replaced(client, sent):
    reply = post(client, "[6, 250, 66.5]", **{"X-Request-ID": sent})
    assert reply.headers["X-Request-ID"] == reply.json["request_id"] != sent


# -- later -----------------------------------------------------------------------------------------------------------


def test_a_label_is_accepted_also_for_an_unknown_request(client, app):
    assert post(client, '{"request_id": "long-ago", "label": 24.1}', path="/feedback").status_code == 202
    (event,) = find(app.extensions["desk"].log.folder, "long-ago")
    assert (event["event"], event["label"], event["row"]) == ("label", 24.1, 0)


@pytest.mark.parametrize(("label", "status"), [("good", 202), ("excellent", 422), (1, 422), (True, 422), (None, 422)])
def test_a_label_of_a_classification_is_one_of_its_classes(customers, tmp_path, label, status):
    client = create_app(customers, Config(events=tmp_path)).test_client()
    assert post(client, json.dumps({"request_id": "r1", "label": label}), path="/feedback").status_code == status


def test_an_explanation_starts_from_the_recorded_inputs(client):
    post(client, "[[6, 250, 66.5], [8, 450, 51]]", **{"X-Request-ID": "r1"})
    told = client.get("/explain/r1?row=1").json
    parts = {p["field"]: p["contribution"] for p in told["contributions"]}
    assert parts == pytest.approx({"rm": 18.0, "tax": 0.0, "age": 0.0}) and told["prediction"] == pytest.approx(
        64.95 + 0.0, abs=0.1
    )
    assert told["remainder"] == pytest.approx(0)
    assert_problem(client.get("/explain/r1?row=2"), 404, "row")
    assert_problem(client.get("/explain/r1?row=x"), 400, "row")
    assert_problem(client.get("/explain/r9"), 404, "request_id")


def test_a_service_without_a_log_says_so(predictor):
    client = create_app(predictor).test_client()
    assert post(client, "[6, 250, 66.5]").status_code == 200
    assert client.get("/explain/r1").status_code == 409
    assert post(client, '{"request_id": "r1", "label": 24}', path="/feedback").status_code == 409


# -- people ----------------------------------------------------------------------------------------------------------

PAGE = {"Accept": "text/html"}


def test_the_form_answers_with_a_price(client):
    page = client.post("/predict_form", data={"rm": "6", "tax": "250", "age": "66.5"}, headers=PAGE)
    assert page.status_code == 200 and "$ 48,180" in page.text


def test_the_form_shows_only_what_moved_the_answer(client):
    ordinary = {"rm": "6", "tax": "450", "age": "51"}
    assert "What moved it" not in client.post("/predict_form", data=ordinary, headers=PAGE).text
    page = client.post("/predict_form", data=ordinary | {"rm": "8"}, headers=PAGE).text
    assert page.count("<th scope") == 1 and "+ $ 18,000" in page


def test_a_refused_form_keeps_what_was_written_and_says_what_is_wrong(client):
    page = client.post("/predict_form", data={"rm": "<six>", "tax": "", "age": "66.5"}, headers=PAGE)
    assert page.status_code == 422 and "Please give a number from 1 to 15 (rooms)." in page.text
    assert "&lt;six&gt;" in page.text and "<six>" not in page.text and 'value="66.5"' in page.text


def test_the_form_answers_programs_in_json(client):
    told = client.post("/predict_form", data={"rm": "6", "tax": "250", "age": "66.5"})
    assert told.json["prediction"] == pytest.approx(48.175)
    assert_problem(client.post("/predict_form", data={"rm": "6", "tax": "250"}), 422, "age")


def test_a_form_that_another_site_sends_is_refused(client):
    reply = client.post("/feedback", data={"request_id": "r1", "label": "3"}, headers={"Sec-Fetch-Site": "cross-site"})
    assert_problem(reply, 403, "Sec-Fetch-Site")


def test_pages_load_nothing_from_elsewhere(client):
    for path in ("/form", "/docs", "/nothing"):
        page = client.get(path, headers=PAGE)
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
        assert not [part for part in ('src="http', 'href="http', "url(", "@import") if part in page.text]


def test_pages_work_below_a_prefix(app):
    client = Client(DispatcherMiddleware(lambda environ, start: start("404 NOT FOUND", []) or [], {"/proxy/5000": app}))
    page = client.get("/proxy/5000/form", headers=PAGE)
    assert 'action="predict_form"' in page.text and 'href="static/service.css"' in page.text
    assert 'href="../static/service.css"' in client.get("/proxy/5000/no/thing", headers=PAGE).text
    assert client.get("/proxy/5000/").headers["Location"] == "form"
    assert client.get("/proxy/5000/openapi.json").json["servers"] == [{"url": "/proxy/5000"}]


def test_the_manual_lists_every_operation_and_every_problem(client):
    document, page = client.get("/openapi.json").json, client.get("/docs").text
    for path, item in document["paths"].items():
        for operation in item.values():
            assert f'id="op-{operation["operationId"]}"' in page, path
    told = post(client, "[]").json["type"]
    assert f'id="{told.removeprefix("/docs#")}"' in page


# -- guards ----------------------------------------------------------------------------------------------------------


def test_with_keys_everything_is_closed_but_the_health_checks(predictor, tmp_path):
    client = create_app(predictor, Config(events=tmp_path, keys=("sesame",))).test_client()
    key = {"Authorization": "Bearer sesame"}
    document = client.get("/openapi.json", headers=key).json
    for path, item in document["paths"].items():
        path = path.replace("{request_id}", "r1").replace("{version}", "1")
        for method, operation in item.items():
            status = client.open(path, method=method.upper()).status_code
            assert (status == 401) == (operation.get("security") != []), path
    assert post(client, "[6, 250, 66.5]", **key).status_code == 200
    basic = base64.b64encode(b"anyone:sesame").decode()
    assert client.get("/form", headers={"Authorization": f"Basic {basic}"}).status_code == 200
    refused = client.get("/form", headers=PAGE)
    assert refused.status_code == 401 and refused.headers["WWW-Authenticate"].startswith("Basic")


def test_a_throttle_says_when_to_come_back(predictor):
    client = create_app(predictor, Config(throttle="2/hour")).test_client()
    replies = [post(client, "[6, 250, 66.5]") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert 0 < int(replies[2].headers["Retry-After"]) <= 3600
    assert client.get("/live").status_code == 200


# -- the short way ---------------------------------------------------------------------------------------------------


def test_the_short_way_answers_exactly_as_flask_does(predictor, tmp_path):
    short = create_app(predictor, Config(events=tmp_path / "short"))
    long = create_app(predictor, Config(events=tmp_path / "long"))
    seen = []
    long.before_request(lambda: seen.append(1))  # a hook closes the short way
    for body in (
        "[6, 250, 66.5]",
        '[{"rm": 6, "tax": 250, "age": 66.5}]',
        "[15, 0, 0]",
        "[6, 250]",
        "[NaN, 1, 1]",
        "{",
    ):
        a, b = (post(app.test_client(), body, **{"X-Request-ID": "r1"}) for app in (short, long))
        assert (a.status_code, a.content_type, a.json) == (b.status_code, b.content_type, b.json)
        assert a.headers["X-Request-ID"] == b.headers["X-Request-ID"]
    assert len(seen) == 6
    drop = ("time", "latency_ms")
    logs = [
        [{k: v for k, v in e.items() if k not in drop} for e in events(tmp_path / name)] for name in ("short", "long")
    ]
    assert logs[0] == logs[1] and len(logs[0]) == 3


def test_meters_count_requests_predictions_and_oddities(client):
    post(client, "[[6, 250, 66.5], [15, 0, 0]]")
    post(client, "[6, 250]")
    text = client.get("/metrics").text
    assert 'mlops_requests_total{endpoint="service.predict_json",method="POST",status="200"} 1.0' in text
    assert 'mlops_requests_total{endpoint="service.predict_json",method="POST",status="422"} 1.0' in text
    assert 'mlops_predictions_total{arm="",model="housing",version="1"} 2.0' in text
    assert 'mlops_implausible_predictions_total{arm="",model="housing",version="1"} 1.0' in text
    assert 'mlops_unseen_values_total{field="rm"} 1.0' in text


def test_a_router_chooses_the_version_and_the_log_says_which(predictor, tmp_path):
    challenger = Price(predictor.signature, "housing", "2")
    predictor.route = lambda request_id, entities: (
        (challenger, "canary") if request_id == "r2" else (predictor, "stable")
    )
    client = create_app(predictor, Config(events=tmp_path)).test_client()
    assert [post(client, "[6, 250, 66.5]", **{"X-Request-ID": r}).json["version"] for r in ("r1", "r2")] == ["1", "2"]
    assert [(e["version"], e["arm"]) for e in events(tmp_path)] == [("1", "stable"), ("2", "canary")]


def test_importing_the_service_does_not_import_heavy_libraries():
    import subprocess
    import sys

    heavy = ("tensorflow", "keras", "mlflow", "onnxruntime", "shap", "duckdb", "matplotlib", "sklearn")
    script = f"import sys, mlops_lab.level0.serving; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=os.environ)
    assert done.stdout.strip() == "[]", done.stderr
