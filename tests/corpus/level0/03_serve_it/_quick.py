# What the cases of other exercises do without: services that are started and asked, and pictures.
#| cell app_py
"What website.py needs of it."
import os
import sys

if __name__ == "__main__":
    sys.exit("not looked at here")

import numpy as np
import onnxruntime
from flask import Flask
from rules import check_price, check_request

MODEL = onnxruntime.InferenceSession(os.environ.get("MODEL", "model.onnx"))
app = Flask(__name__)


def price_for(body):
    row = np.array([check_request(body)], "float32")
    return check_price(float(MODEL.run(None, {"X": row})[0][0, 0]))

#| cell website_py delete
#| cell smoke_py delete
#| skip 'service("jonas.py")'
#| skip 'srcdoc='
#| skip 'plt.subplots'
#| skip 'mlops_lab.level0.serving'
#| skip 'log("logs", '
#| skip '"smoke.py", f"http'
