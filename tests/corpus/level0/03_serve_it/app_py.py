#| wrong no-doors earned=2.5 says="catch Refused"
# What is refused ends as a crash.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return check_price(price)


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    return {"prediction": price_for(body), "success": True}


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong status-200-for-all earned=2.5 says="got status 200"
# Says no, but with the status of a yes.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return check_price(price)


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    try:
        return {"prediction": price_for(body), "success": True}
    except Refused as e:
        return {"success": False, "field": e.field, "error": str(e)}
    except Held as e:
        return {"success": False, "error": str(e)}


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong negative-price-leaves earned=3.5 says="negative price"
# Never looks at the price.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return price


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    try:
        return {"prediction": price_for(body), "success": True}
    except Refused as e:
        return {"success": False, "field": e.field, "error": str(e)}, 400
    except Held as e:
        return {"success": False, "error": str(e)}, 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong logs-only-what-was-fine earned=3.5 says="before check_price"
# Writes down after the check, so a held price leaves no line.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    price = check_price(price)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return price


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    try:
        return {"prediction": price_for(body), "success": True}
    except Refused as e:
        return {"success": False, "field": e.field, "error": str(e)}, 400
    except Held as e:
        return {"success": False, "error": str(e)}, 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong requests-log-after-parsing earned=3.5 says="word for word"
# Writes the parsed body, as Python shows it.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_json(force=True, silent=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return check_price(price)


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    try:
        return {"prediction": price_for(body), "success": True}
    except Refused as e:
        return {"success": False, "field": e.field, "error": str(e)}, 400
    except Held as e:
        return {"success": False, "error": str(e)}, 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong requests-log-without-refused earned=3.5 says="also of those that are refused"
# Writes down only what got a price.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        pass


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return check_price(price)


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    try:
        answer = {"prediction": price_for(body), "success": True}
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})
        return answer
    except Refused as e:
        return {"success": False, "field": e.field, "error": str(e)}, 400
    except Held as e:
        return {"success": False, "error": str(e)}, 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong price-as-text says="the price of the model"
# str() because of an error with numpy.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return check_price(price)


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    try:
        return {"prediction": str(price_for(body)), "success": True}
    except Refused as e:
        return {"success": False, "field": e.field, "error": str(e)}, 400
    except Held as e:
        return {"success": False, "error": str(e)}, 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong one-price-for-all says="model in MODEL"
# The example, learned by heart.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = 25.00212096587869
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return check_price(price)


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    try:
        return {"prediction": price_for(body), "success": True}
    except Refused as e:
        return {"success": False, "field": e.field, "error": str(e)}, 400
    except Held as e:
        return {"success": False, "error": str(e)}, 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| wrong model-by-its-own-name says="model in MODEL"
# Loads model.onnx whatever MODEL says.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession("model.onnx")  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return check_price(price)


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    try:
        return {"prediction": price_for(body), "success": True}
    except Refused as e:
        return {"success": False, "field": e.field, "error": str(e)}, 400
    except Held as e:
        return {"success": False, "error": str(e)}, 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))

#| right refusals-as-error-handlers
# Flask calls the handler.
"The price service for programs: python app.py"
import os
from pathlib import Path

import numpy as np
import onnxruntime
from flask import Flask, request

from journal import write_down
from rules import FIELDS, Held, Refused, check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))  # once, before the first request
LOGS = Path(os.environ.get("LOGS", "logs"))
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 10_000  # bytes: nobody needs more to describe a home


@app.before_request
def note_request():
    "Every request that brings something is written down, whatever becomes of it."
    if request.method == "POST":
        write_down(LOGS / "requests.csv", {"path": request.path, "body": request.get_data(as_text=True)})


def ask_model(row):
    "What the model says about one home, 1000 $."
    return float(MODEL.run(None, {"X": np.array([row], "float32")})[0][0, 0])


def price_for(body):
    "The price in 1000 $; Refused or Held when there is none to tell."
    row = check_request(body)
    price = ask_model(row)
    write_down(LOGS / "predictions.csv", {**dict(zip(FIELDS, row)), "prediction": price})
    return check_price(price)


@app.post("/predict_json")
def predict_json():
    "For programs."
    body = request.get_json(force=True, silent=True)  # None when it's no JSON
    return {"success": True, "prediction": price_for(body)}


@app.errorhandler(Refused)
def refused(e):
    return {"success": False, "field": e.field, "error": str(e)}, 422


@app.errorhandler(Held)
def held(e):
    return {"success": False, "prediction": None, "error": str(e)}, 500


if __name__ == "__main__":
    app.run(port=int(os.environ.get("PORT", 5000)))
