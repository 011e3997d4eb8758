"""Trainings that must agree (with another process: see test_formats)."""

import numpy as np
import pandas as pd
import pytest

from mlops_lab.level0 import data
from mlops_lab.level0.models import MODELS, UnknownModel, build, evaluate, fit, train
from mlops_lab.level0.predictors import ModelError

ROW = [[6, 250, 66.5]]


@pytest.mark.parametrize(("case", "model"), [(c, m) for c in MODELS for m in MODELS[c] if m != "keras"])
def test_the_seed_decides_everything(case, model):
    one, two = train(case, model, seed=3), train(case, model, seed=3)
    assert np.array_equal(one.outputs(one.sample), two.outputs(one.sample))
    assert one.about == two.about


def test_global_random_state_does_not_leak_into_a_training():
    first = train("housing", "boosting").predict(ROW)
    np.random.seed(1)
    np.random.rand(100)
    assert train("housing", "boosting").predict(ROW) == first


def test_the_models_are_worth_having():
    assert train("housing", "linear").about["metrics"]["r2"] > 0.7
    assert train("housing", "boosting").about["metrics"]["r2"] > 0.75
    scores = train("customers").about["metrics"]
    assert scores["positive"] == "good" and scores["precision"] > 0.7 and scores["auc"] > 0.8


def test_training_remembers_where_it_came_from():
    about = train("housing", "linear", seed=5).about
    assert about["seed"] == 5 and about["data"]["name"] == "housing"
    assert about["data"]["fingerprint"] == data.fingerprint(data.load("housing"))


def test_keys_are_never_features():
    table = data.load("customer_features")
    predictor = fit(
        build("customers"), table.drop(columns="label"), table["label"], card=data.describe("customer_features")
    )
    assert "customer_id" not in predictor.signature.names
    assert [f.name for f in predictor.signature.keys] == ["customer_id"]
    row = table.iloc[[0]]
    assert predictor.predict(row) == predictor.predict(row.drop(columns="customer_id"))


def test_the_order_of_columns_does_not_matter():
    predictor = train("customers", "boosting")
    rows = predictor.sample.head(20)
    assert np.array_equal(predictor.outputs(rows), predictor.outputs(rows[rows.columns[::-1]]))
    assert np.array_equal(predictor.outputs(rows), predictor.outputs(rows.to_dict("records")))
    assert np.array_equal(predictor.outputs(rows), predictor.outputs(rows.to_numpy().tolist()))


@pytest.mark.parametrize("rows", [[6, 250, 66.5], [[6, 250]], [{"rm": 6}], pd.DataFrame({"rm": [6]}), np.zeros((2, 5))])
def test_rows_of_a_wrong_shape_are_refused_with_the_names_of_the_columns(rows):
    with pytest.raises(ModelError, match="tax"):
        train("housing", "linear").predict(rows)


def test_unknown_names_say_what_there_is():
    with pytest.raises(UnknownModel, match="housing, customers"):
        train("houses")
    with pytest.raises(UnknownModel, match="logistic, boosting, keras"):
        train("customers", "forest")


def test_a_category_that_nobody_has_seen_is_answered():
    for model in ("logistic", "boosting"):
        predictor = train("customers", model)
        row = predictor.signature.example() | {"region": "overseas"}
        assert predictor.predict([row])[0] in predictor.classes


def test_metrics_of_a_hopeless_classifier_are_numbers():
    predictor = train("customers")
    scores = evaluate(predictor, predictor.sample, ["bad"] * len(predictor.sample))
    assert all(isinstance(v, float) for k, v in scores.items() if k != "positive")
