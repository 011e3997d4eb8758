"""What hostile and odd requests do to a signature."""

import json
import math
import pickle
import sys

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_lab.level0.fields import Field, InvalidInput, SignatureError, annotation
from mlops_lab.level0.signature import Signature


def housing():
    "The signature of the house prices."
    rm = Field("rm", minimum=1, maximum=15, seen=[3.5, 8.8], unit="rooms")
    tax, age = Field("tax", minimum=0, seen=[187, 711]), Field("age", minimum=0, maximum=100, seen=[2.9, 100])
    return Signature([rm, tax, age], Field("medv", minimum=0, seen=[5, 50]))


def customers():
    "A signature with categories, integers and a key."
    region = Field("region", "category", categories=["north", "south"], seen=["north"])
    orders, vip = Field("orders", "integer", minimum=0, seen=[0, 60]), Field("vip", "boolean")
    note, label = Field("note", "text"), Field("label", "category", categories=["bad", "good"])
    return Signature([region, orders, vip, note], label, "classification", [Field("customer_id", "integer")])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from(["rm", "tax", "age", "region", "x"]), inner)
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_json_is_parsed_or_refused_with_problems_that_are_json(payload):
    for signature in (housing(), customers()):
        try:
            rows = signature.parse(payload)
        except InvalidInput as error:
            assert error.problems and str(error)
            for problem in error.problems:
                assert set(problem) == {"field", "value", "rule", "index"}
            assert json.loads(json.dumps(error.problems, allow_nan=False)) == error.problems
            json.dumps(error.problems, ensure_ascii=False).encode()
        else:
            assert rows and all(len(row) == len(signature.inputs) for row in rows)
            json.dumps(signature.warnings(rows), allow_nan=False)


@settings(max_examples=200, deadline=None)
@given(st.tuples(st.floats(1, 15), st.floats(0, 1e6) | st.integers(0, 1000), st.floats(0, 100)))
def test_a_good_row_comes_back_unchanged_in_every_form(row):
    signature, named = housing(), dict(zip(["rm", "tax", "age"], row, strict=True))
    for payload in (list(row), named, [list(row)], [named, list(row)]):
        assert all(got == list(map(float, row)) for got in signature.parse(payload))


@pytest.mark.parametrize(
    ("payload", "field", "words"),
    [
        (["six", 250, 66], "rm", "a number from 1 to 15 (rooms)"),
        (["6", 250, 66], "rm", "a number"),
        ([True, 250, 66], "rm", "a number"),
        ([float("nan"), 250, 66], "rm", "a number"),
        ([6, float("inf"), 66], "tax", "a number of at least 0"),
        ([6, 10**400, 66], "tax", "a number of at least 0"),
        ([6, 1e300, 66], "tax", "a number of at least 0"),
        ([6, -1, 66], "tax", "at least 0"),
        ({"rm": 6, "tax": 250}, "age", "it is required"),
        ({"rm": 6, "tax": 250, "age": 66, "zip": 1}, "zip", "the fields are rm, tax, age"),
        ({"rm": 6, "tax": 250, "age": {"a": [1]}}, "age", "a number"),
        ([], "", "at least one row"),
        ([6, 250], "", "a list of 3 values [rm, tax, age]"),
        ("6,250,66", "", "a list of 3 values"),
        (None, "", "a list of 3 values"),
    ],
)
def test_a_problem_names_the_field_and_the_rule(payload, field, words):
    with pytest.raises(InvalidInput) as caught:
        housing().parse(payload)
    assert caught.value.problems[0]["field"] == field
    assert words in caught.value.problems[0]["rule"]


def test_problems_name_the_row_and_are_limited():
    good, bad = [6, 250, 66], [99, 250, 66]
    with pytest.raises(InvalidInput) as caught:
        housing().parse([good, good, bad])
    assert caught.value.problems[0]["index"] == 2
    with pytest.raises(InvalidInput) as caught:
        housing().parse([bad] * 5000)
    assert len(caught.value.problems) == 100


def test_every_problem_of_a_row_is_reported_at_once():
    with pytest.raises(InvalidInput) as caught:
        customers().parse({"region": "east", "orders": 2.5, "vip": 1, "note": 7})
    assert [p["field"] for p in caught.value.problems] == ["region", "orders", "vip", "note"]


@pytest.mark.parametrize("value", [2**53, -(2**53), 2.5, "3", True, None, 1e20])
def test_integers_are_whole_and_exact(value):
    with pytest.raises(InvalidInput):
        Signature([Field("n", "integer")], Field("y")).parse([value])


def test_integers_may_be_written_as_floats():
    rows = Signature([Field("n", "integer")], Field("y")).parse([[250.0], [2**53 - 1]])
    assert rows == [[250], [2**53 - 1]] and all(type(row[0]) is int for row in rows)


def test_field_names_may_be_anything():
    names = ["model_dump", "class", "rooms per house", "_x", "ß", "copy", "json"]
    signature = Signature([Field(n) for n in names], Field("y"))
    row = dict.fromkeys(names, 1)
    assert signature.parse(row) == [[1.0] * len(names)]
    assert set(signature.request_model().model_json_schema()["properties"]) == set(names)
    signature.request_model()(**row)


def test_nesting_without_end_is_refused_without_recursion():
    deep = current = []
    for _ in range(sys.getrecursionlimit() * 20):
        current.append([])
        current = current[0]
    for payload in (deep, [6, 250, deep], {"rm": deep, "tax": 1, "age": 1}):
        with pytest.raises(InvalidInput):
            housing().parse(payload)


def test_a_row_of_pictures_is_told_from_a_list_of_rows():
    signature = Signature([Field("pixels", shape=(2, 2)), Field("age")], Field("y"))
    picture = [[1, 2], [3, 4]]
    assert len(signature.parse([picture, 5])) == 1
    assert len(signature.parse([[picture, 5], [picture, 6]])) == 2
    with pytest.raises(InvalidInput, match="pixels"):
        signature.parse([[[1, 2]], 5])


def test_the_json_schema_says_what_parse_does():
    schema = customers().request_model().model_json_schema()
    assert schema["additionalProperties"] is False
    assert schema["required"] == ["region", "orders", "vip", "note"]
    assert schema["properties"]["region"]["enum"] == ["north", "south"]
    assert schema["properties"]["orders"]["type"] == "integer"


def test_keys_accompany_a_row_and_do_not_reach_the_model():
    row = {"region": "north", "orders": 1, "vip": True, "note": "", "customer_id": 7}
    assert customers().parse(row) == [["north", 1, True, ""]]
    assert customers().entities(row) == [{"customer_id": 7}]
    with pytest.raises(InvalidInput, match="customer_id"):
        customers().parse(row | {"customer_id": "seven"})


def test_a_signature_survives_pickling_after_it_was_used():
    signature = housing()
    signature.parse([6, 250, 66])
    assert pickle.loads(pickle.dumps(signature)) == signature
    assert pickle.loads(pickle.dumps(signature)).parse([6, 250, 66]) == [[6.0, 250.0, 66.0]]


def test_plausible_flags_what_training_never_answered():
    assert housing().plausible([22, -1, 60, math.nan, math.inf]) == [True, False, False, False, False]


def test_training_without_rows_or_with_missing_values_still_gives_a_signature():
    empty = Signature.from_training(pd.DataFrame({"a": pd.Series([], dtype=float)}), [])
    assert empty.inputs[0].seen is None and empty.warnings([[5.0]]) == []
    holes = Signature.from_training(pd.DataFrame({"a": [1.0, None, 3.0]}), [1.0, 2.0, 3.5])
    assert holes.inputs[0].seen == [1.0, 3.0]


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"inputs": [], "output": {"name": "y"}},
        {"inputs": [1], "output": {"name": "y"}},
        {"inputs": [{"name": "a", "type": "float"}], "output": {"name": "y"}},
    ],
)
def test_a_broken_document_is_refused(document):
    with pytest.raises(SignatureError):
        Signature.from_dict(document)


def test_number_limits_are_strict_even_without_a_card():
    import pydantic

    free = pydantic.TypeAdapter(annotation(Field("x")))
    assert free.validate_python(-3.4e38) == -3.4e38
    with pytest.raises(pydantic.ValidationError):
        free.validate_python(3.5e38)
