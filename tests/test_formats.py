"""Model folders and files that are damaged, foreign or hostile, and processes that come and go."""

import json
import os
import pickle
import shutil
import signal
import subprocess
import sys
import warnings

import numpy as np
import pandas as pd
import pytest

from mlops_lab.level0.formats import load, save
from mlops_lab.level0.models import fit, train
from mlops_lab.level0.persistence.folders import VersionMismatch, digest
from mlops_lab.level0.persistence.foreign import BrokenModel, UntrustedModel
from mlops_lab.level0.persistence.storage import FORMATS, UntrustedPickle, kind_of
from mlops_lab.level0.predictors import ModelError, load_keras

ROW = [[6, 250, 66.5]]


@pytest.fixture(scope="session")
def trained():
    "Three models that cover every format."
    return {"linear": train("housing", "linear"), "keras": train("housing"), "boosting": train("customers", "boosting")}


@pytest.fixture(scope="session")
def folders(trained, tmp_path_factory):
    "Each of them in every format."
    place = tmp_path_factory.mktemp("models")
    pairs = [(m, f) for m, p in trained.items() for f in FORMATS if kind_of(p) in FORMATS[f].kinds]
    return {(m, f): save(trained[m], place / f"{m}-{f}", f) for m, f in pairs}


def copy_of(folder, target):
    "A folder that may be damaged."
    shutil.copytree(folder, target)
    return target


def with_manifest(folder, **changes):
    "A folder whose manifest says something else."
    path = folder / "model.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
    return folder


@pytest.mark.slow
def test_a_keras_training_agrees_with_another_process_and_is_quiet(trained):
    code = "from mlops_lab.level0.models import train; print(train('housing').predict([[6, 250, 66.5]]).tolist())"
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("TF_", "ABSL_"))}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=variables, check=True)
    assert json.loads(done.stdout) == trained["keras"].predict(ROW).tolist()
    assert done.stderr == ""


def test_every_format_answers_within_a_hundred_thousandth(trained, folders):
    for (model, _), folder in folders.items():
        original = trained[model]
        for native in (False, True):
            copy = load(folder, native=native)
            assert np.abs(copy.outputs(original.sample) - original.outputs(original.sample)).max() < 1e-5, folder
            assert copy.predict(original.sample).tolist() == pytest.approx(
                original.predict(original.sample).tolist(), abs=1e-5
            )
            assert (copy.name, copy.version, copy.classes) == (original.name, original.version, original.classes)
            assert copy.signature == original.signature and copy.about["metrics"] == original.about["metrics"]


def test_every_folder_lists_what_opens_it(folders):
    for (model, form), folder in folders.items():
        lines = (folder / "requirements.txt").read_text()
        assert "numpy==" in lines and "onnxruntime==" in lines
        assert ("scikit-learn==" in lines) == (model != "keras" and form not in ("onnx", "pmml"))
        assert (folder / "signature.json").exists() and (folder / "serving.onnx").exists()


def test_the_service_opens_no_pickle_and_imports_no_tensorflow(folders):
    code = (
        "import sys; from mlops_lab.level0.formats import load\n"
        "for folder in sys.argv[1:]: load(folder).predict([[6, 250, 66.5]])\n"
        "print([m for m in ('tensorflow', 'keras', 'sklearn', 'mlflow', 'skops', 'onnx') if m in sys.modules])"
    )
    chosen = [str(folders["keras", "keras"]), str(folders["linear", "pickle"])]
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, *chosen], capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("[]", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_children_of_a_process_that_predicted_can_predict(folders):
    predictor = load(folders["linear", "skops"])
    expected = predictor.predict(ROW).tolist()
    children = []
    for _ in range(4):
        child = os.fork()
        if not child:
            signal.alarm(20)
            os._exit(0 if predictor.predict(ROW).tolist() == expected else 1)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert pickle.loads(pickle.dumps(predictor)).predict(ROW).tolist() == expected


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_killed_while_saving_leaves_the_old_model(trained, tmp_path, monkeypatch):
    target = save(trained["linear"], tmp_path / "model", "skops")
    before = digest(target)

    def die(predictor, path):
        path.write_text("half")
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(FORMATS["skops"], "write", die)
    child = os.fork()
    if not child:
        signal.alarm(20)
        save(trained["linear"], target, "skops")
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
    assert digest(target) == before and load(target).predict(ROW) == trained["linear"].predict(ROW)


def test_saving_over_a_model_replaces_it(trained, tmp_path):
    save(trained["linear"], tmp_path / "model", "pickle")
    save(trained["linear"], tmp_path / "model", "onnx", name="prices", version=2)
    assert sorted(os.listdir(tmp_path)) == ["model"]
    assert not (tmp_path / "model" / "model.pkl").exists()
    assert (load(tmp_path / "model").name, load(tmp_path / "model").version) == ("prices", "2")


@pytest.mark.parametrize(
    ("model", "form"),
    [("linear", f) for f in ("skops", "pickle", "joblib", "onnx", "pmml")]
    + [("keras", "keras"), ("keras", "savedmodel")],
)
def test_a_damaged_file_is_named(folders, tmp_path, model, form):
    folder = copy_of(folders[model, form], tmp_path / "broken")
    file = folder / FORMATS[form].file
    victim = file / "saved_model.pb" if file.is_dir() else file
    victim.write_bytes(victim.read_bytes()[: victim.stat().st_size // 2])
    with pytest.raises(BrokenModel, match="has changed since it was saved"):
        load(folder)
    with_manifest(folder, sha256=digest(file))  # also when the manifest vouches for it
    with pytest.raises(ModelError) as caught:
        load(folder, native=True).predict(ROW)
    assert str(folder) in str(caught.value) or "housing" in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema_version": 9}, "schema_version 9"),
        ({"file": "../model.skops"}, "is not the plain name"),
        ({"file": "/etc/passwd"}, "is not the plain name"),
        ({"file": "gone"}, "is missing"),
        ({"sha256": "sha256:00"}, "has changed"),
        ({"format": "clay"}, "unknown format 'clay'"),
        ({"packages": []}, "entry 'packages' should be a dict"),
        ({"serving": {"file": "serving.onnx", "sha256": "sha256:00"}}, "serving.onnx: has changed"),
        ({"serving": "yes"}, "entry 'serving'"),
    ],
)
def test_a_wrong_manifest_is_named(folders, tmp_path, change, words):
    folder = with_manifest(copy_of(folders["linear", "skops"], tmp_path / "model"), **change)
    with pytest.raises(ModelError) as caught:
        load(folder, native=True)
    assert words in str(caught.value) and str(folder) in str(caught.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "\x00\xff"])
def test_what_is_no_manifest_is_named(tmp_path, text):
    (tmp_path / "model.json").write_bytes(text.encode("latin-1"))
    with pytest.raises(BrokenModel, match="model.json"):
        load(tmp_path)


def test_a_signature_that_is_gone_or_wrong_is_named(folders, tmp_path):
    folder = copy_of(folders["linear", "skops"], tmp_path / "model")
    (folder / "signature.json").write_text('{"inputs": []}')
    with pytest.raises(BrokenModel, match="signature.json"):
        load(folder)
    (folder / "signature.json").unlink()
    with pytest.raises(BrokenModel, match="signature.json"):
        load(folder)


class Bomb:
    "Runs a command when it is unpickled."

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


@pytest.mark.parametrize("suffix", [".pkl", ".pickle", ".joblib"])
def test_a_pickle_of_unknown_origin_is_refused_unopened(tmp_path, suffix):
    import joblib

    for write in (
        lambda bomb, path: path.write_bytes(pickle.dumps(bomb)),
        joblib.dump,
        lambda b, p: joblib.dump(b, p, compress=3),
    ):
        path = tmp_path / f"model{suffix}"
        write(Bomb(tmp_path / "opened"), path)
        with pytest.raises(UntrustedModel, match=r"posix.mkdir|nt.mkdir"):
            load(path)
        assert not (tmp_path / "opened").exists()


def test_a_trusted_pickle_is_opened_with_a_warning_that_lists_its_imports(folders, tmp_path):
    path = shutil.copy(folders["linear", "pickle"] / "model.pkl", tmp_path / "model.pkl")
    with pytest.raises(UntrustedModel, match="no manifest that vouches for it; it would import sklearn"):
        load(path)
    with pytest.warns(UntrustedPickle, match="sklearn.pipeline.Pipeline"):
        assert load(path, trust=True).signature.names == ["rm", "tax", "age"]


def test_a_file_inside_a_model_folder_is_vouched_for_by_its_manifest(folders, trained):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        copy = load(folders["linear", "pickle"] / "model.pkl")
    assert kind_of(copy) == "scikit-learn" and copy.predict(ROW) == trained["linear"].predict(ROW)


def test_a_forged_folder_cannot_smuggle_code(folders, tmp_path):
    for model, form in (("linear", "pickle"), ("linear", "joblib")):
        folder = copy_of(folders[model, form], tmp_path / form)
        file = folder / FORMATS[form].file
        file.write_bytes(pickle.dumps(Bomb(tmp_path / "opened")))
        with_manifest(folder, sha256=digest(file))
        with pytest.raises(UntrustedModel, match="mkdir"):
            load(folder, native=True)
    assert not (tmp_path / "opened").exists()


def test_a_lambda_layer_hidden_in_a_pickle_is_refused(tmp_path):
    keras = load_keras()
    network = keras.Sequential([keras.layers.Input((1,)), keras.layers.Lambda(lambda x: x + 1)])
    (tmp_path / "model.pkl").write_bytes(pickle.dumps(network))
    with pytest.raises(UntrustedModel, match="Python code"):
        load(tmp_path / "model.pkl")


def test_other_versions_are_named_before_they_bite(folders, tmp_path):
    folder = copy_of(folders["linear", "joblib"], tmp_path / "aged")
    with_manifest(folder, packages={"scikit-learn": "0.24.2", "joblib": "0.1"}, python="2.7.18")
    with pytest.warns(VersionMismatch) as said:
        load(folder, native=True)
    assert "scikit-learn: trained with 0.24.2, here" in str(said[0].message)
    assert "python: trained with 2.7.18, here" in str(said[0].message)
    with warnings.catch_warnings():  # the twin does not need scikit-learn
        warnings.simplefilter("error")
        load(folder)


def test_a_model_without_a_twin_is_saved_with_the_reason_and_still_answers(tmp_path):
    from sklearn.neighbors import KNeighborsRegressor

    class Odd(KNeighborsRegressor):
        "Nobody can convert a class of somebody's own."

        def predict(self, X):
            return super().predict(X) ** 1.5

    Odd.__qualname__, globals()["Odd"] = "Odd", Odd
    X = pd.DataFrame({"x": np.arange(30.0)})
    predictor = fit(Odd(3), X, X["x"] + 0.5)
    folder = save(predictor, tmp_path / "odd", "pickle")
    manifest = json.loads((folder / "model.json").read_text())
    assert manifest["serving"] is None and "no ONNX twin" in manifest["no_serving_twin"]
    with pytest.raises(UntrustedModel, match="test_formats.Odd"):
        load(folder)
    assert load(folder, trust=True).predict([[3]]) == predictor.predict([[3]])


def test_foreign_models_can_be_saved_as_ours(trained, folders, tmp_path):
    sources = {
        "onnx": folders["linear", "onnx"] / "serving.onnx",
        "keras": shutil.copy(folders["keras", "keras"] / "model.keras", tmp_path / "theirs.keras"),
        "savedmodel": shutil.copytree(folders["keras", "savedmodel"] / "savedmodel", tmp_path / "theirs"),
    }
    for form, source in sources.items():
        foreign = load(source)
        again = load(save(foreign, tmp_path / f"ours-{form}", form), native=True)
        assert kind_of(again) == kind_of(foreign)
        assert again.predict(ROW) == pytest.approx(foreign.predict(ROW), abs=1e-5)


def test_tensorflow_servings_numbered_folders_are_understood(folders, tmp_path):
    for number in ("2", "10"):
        shutil.copytree(folders["keras", "savedmodel"] / "savedmodel", tmp_path / "prices" / number)
    assert load(tmp_path / "prices").source.name == "10"


def test_a_savedmodel_with_several_outputs_asks_which(tmp_path):
    load_keras()
    import tensorflow as tf

    class Both(tf.Module):
        @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, "x"), tf.TensorSpec([None, 2], tf.int64, "n")])
        def serve(self, x, n):
            return {"twice": x * 2, "sum": tf.reduce_sum(n, axis=1)}

    both = Both()
    tf.saved_model.save(both, str(tmp_path / "both"), signatures={"serving_default": both.serve})
    with pytest.raises(ModelError, match="outputs sum, twice; choose one with output="):
        load(tmp_path / "both")
    model = load(tmp_path / "both", output="sum")
    assert [(f.name, f.type) for f in model.signature.inputs] == [
        ("n_0", "integer"),
        ("n_1", "integer"),
        ("x", "number"),
    ]
    assert model.predict(model.signature.parse([{"x": 1, "n_0": 2, "n_1": 3}])).tolist() == [5]


def test_an_onnx_model_for_one_row_at_a_time_answers_many(tmp_path):
    from onnx import TensorProto, helper, save_model

    x = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 2])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 1])
    nodes = [helper.make_node("ReduceSum", ["x"], ["y"], keepdims=1)]
    graph = helper.make_graph(nodes, "sum", [x], [y])
    save_model(
        helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), tmp_path / "sum.onnx"
    )
    model = load(tmp_path / "sum.onnx")
    assert model.predict([[1, 2], [3, 4], [5, 6]]).tolist() == [3, 7, 11]


@pytest.mark.parametrize(
    "source", ["nowhere", "modles:/x/1", pytest.param("models:/nothing/1", marks=pytest.mark.slow)]
)
def test_a_model_that_is_not_there_is_named(tmp_path, monkeypatch, source):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path}/tracking.db")
    with pytest.raises(ModelError, match=source):
        load(source)


@pytest.mark.parametrize("name", ["notes.txt", "model", "model.json"])
def test_a_file_that_is_no_model_says_what_is(tmp_path, name):
    (tmp_path / name).write_text("hello")
    with pytest.raises(ModelError, match=name):
        load(tmp_path / name)


def test_a_missing_engine_says_what_to_install(tmp_path, monkeypatch):
    import importlib.util

    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda n, *a: None if n == "jpmml_evaluator" else real(n, *a))
    (tmp_path / "clusters.pmml").write_text('<PMML version="4.4"><ClusteringModel/></PMML>')
    with pytest.raises(ModelError, match=r"clusters.pmml.*jpmml-evaluator.*mlops_lab\[pmml\]"):
        load(tmp_path / "clusters.pmml")
