#| wrong onnx-in-a-column earned=3 says="`.onnx`"
# ONNX answers a column; the others answer a row.
import pickle
from pathlib import Path

import joblib
import numpy as np
import onnxruntime
import skops.io
from skl2onnx import to_onnx


def save_as(model, path):
    path = Path(path)
    if path.suffix == ".pkl":
        path.write_bytes(pickle.dumps(model))
    elif path.suffix == ".joblib":
        joblib.dump(model, path)
    elif path.suffix == ".skops":
        skops.io.dump(model, path)
    elif path.suffix == ".onnx":
        path.write_bytes(to_onnx(model, np.zeros((1, 3))).SerializeToString())
    else:
        raise ValueError(path.suffix)


def ask(path, rows):
    path, X = Path(path), np.array(rows, dtype=float)
    if path.suffix == ".onnx":
        session = onnxruntime.InferenceSession(path)
        return session.run(None, {session.get_inputs()[0].name: X})[0].tolist()
    loaders = {".pkl": lambda p: pickle.loads(p.read_bytes()), ".joblib": joblib.load, ".skops": skops.io.load}
    return loaders[path.suffix](path).predict(X).tolist()

#| wrong stops-before-onnx earned=3 says="`.onnx`: save_as raised ValueError"
import pickle
from pathlib import Path

import joblib
import numpy as np
import skops.io


def save_as(model, path):
    path = Path(path)
    if path.suffix == ".pkl":
        path.write_bytes(pickle.dumps(model))
    elif path.suffix == ".joblib":
        joblib.dump(model, path)
    elif path.suffix == ".skops":
        skops.io.dump(model, path)
    else:
        raise ValueError("unknown format")


def ask(path, rows):
    path = Path(path)
    loaders = {".pkl": lambda p: pickle.loads(p.read_bytes()), ".joblib": joblib.load, ".skops": skops.io.load}
    return loaders[path.suffix](path).predict(np.array(rows)).tolist()

#| wrong pickle-under-every-name earned=1 says="something else"
# The prices are right, the files are not what their names say.
import pickle
from pathlib import Path

import numpy as np


def save_as(model, path):
    if Path(path).suffix not in (".pkl", ".joblib", ".skops", ".onnx"):
        raise ValueError(path)
    Path(path).write_bytes(pickle.dumps(model))


def ask(path, rows):
    return pickle.loads(Path(path).read_bytes()).predict(np.array(rows)).tolist()

#| wrong asks-the-notebook says="NameError"
# Works as long as the notebook's `model` is around.
import pickle
from pathlib import Path

import joblib
import numpy as np
import skops.io
from skl2onnx import to_onnx


def save_as(trained, path):
    path = Path(path)
    if path.suffix == ".pkl":
        path.write_bytes(pickle.dumps(trained))
    elif path.suffix == ".joblib":
        joblib.dump(trained, path)
    elif path.suffix == ".skops":
        skops.io.dump(trained, path)
    elif path.suffix == ".onnx":
        path.write_bytes(to_onnx(trained, np.zeros((1, 3))).SerializeToString())
    else:
        raise ValueError(path.suffix)


def ask(path, rows):
    return model.predict(np.array(rows)).tolist()

#| wrong rounds-to-cents says="other prices than the model itself"
# One place after the decimal point: 100 dollars.
from pathlib import Path

import joblib
import numpy as np


def save_as(model, path):
    if Path(path).suffix not in (".pkl", ".joblib"):
        raise ValueError(path)
    joblib.dump(model, path)


def ask(path, rows):
    return np.round(joblib.load(path).predict(np.array(rows)), 1).tolist()

#| right table-of-functions
# Another shape, other arguments: single precision in ONNX, compressed joblib, an old pickle protocol.
import os

import numpy as np


def _pickle(model, path):
    import pickle

    with open(path, "wb") as file:
        pickle.dump(model, file, protocol=2)


def _joblib(model, path):
    import joblib

    joblib.dump(model, path, compress=3)


def _skops(model, path):
    from skops import io

    with open(path, "wb") as file:
        file.write(io.dumps(model))


def _onnx(model, path):
    from skl2onnx import convert_sklearn
    from skl2onnx.common.data_types import DoubleTensorType

    graph = convert_sklearn(model, initial_types=[("features", DoubleTensorType([None, 3]))])
    with open(path, "wb") as file:
        file.write(graph.SerializeToString())


WRITE = {".pkl": _pickle, ".joblib": _joblib, ".skops": _skops, ".onnx": _onnx}


def save_as(model, path):
    suffix = os.path.splitext(str(path))[1]
    if suffix not in WRITE:
        raise ValueError(f"cannot write {suffix}")
    WRITE[suffix](model, str(path))


def ask(path, rows):
    suffix = os.path.splitext(str(path))[1]
    if suffix == ".onnx":
        import onnxruntime as rt

        session = rt.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        (out,) = session.run(None, {"features": np.asarray(rows, np.float64)})
        return [float(p) for p in out[:, 0]]
    if suffix == ".skops":
        from skops import io

        return io.load(str(path), trusted=io.get_untrusted_types(file=str(path))).predict(np.asarray(rows, float))
    if suffix in (".pkl", ".joblib"):
        import joblib

        return joblib.load(str(path)).predict(np.asarray(rows, float))
    raise ValueError(f"cannot read {suffix}")

#| right single-precision
# float32 on the way in and out: off by less than a hundredth of a cent.
import pickle
from pathlib import Path

import joblib
import numpy as np
import skops.io


def save_as(model, path):
    path = Path(path)
    if path.suffix == ".pkl":
        with path.open("wb") as f:
            pickle.dump(model, f)
    elif path.suffix == ".joblib":
        joblib.dump(model, path)
    elif path.suffix == ".skops":
        skops.io.dump(model, path)
    elif path.suffix == ".onnx":
        import skl2onnx

        path.write_bytes(skl2onnx.to_onnx(model, np.array([[6, 250, 66.5]], dtype=np.float64)).SerializeToString())
    else:
        raise ValueError(f"unknown suffix {path.suffix}")


def ask(path, rows):
    X = np.array(rows)
    match Path(path).suffix:
        case ".pkl":
            with open(path, "rb") as f:
                model = pickle.load(f)
        case ".joblib":
            model = joblib.load(path)
        case ".skops":
            model = skops.io.load(path)
        case ".onnx":
            from onnxruntime import InferenceSession

            session = InferenceSession(Path(path).read_bytes())
            return session.run(["variable"], {session.get_inputs()[0].name: X})[0].reshape(-1)
        case other:
            raise ValueError(other)
    return model.predict(X)
