# What the cases of other exercises get instead of scikit-learn, skl2onnx and a dozen processes, and what none of them needs to see.
#| cell formats_py
"A straight model as the eight or so numbers that it consists of."
import json
from pathlib import Path


def save_as(model, path):
    scale, line = (step for _, step in model.steps)
    numbers = {"mean": scale.mean_.tolist(), "scale": scale.scale_.tolist(), "coef": line.coef_.tolist(), "intercept": float(line.intercept_)}
    Path(path).write_text(json.dumps(numbers))


def ask(path, rows):
    m = json.loads(Path(path).read_text())
    return [
        m["intercept"] + sum(c * (x - mean) / scale for c, x, mean, scale in zip(m["coef"], row, m["mean"], m["scale"], strict=True))
        for row in rows
    ]

#| cell train_py
"Least squares without scikit-learn."
import argparse
import csv
import json
from pathlib import Path

import numpy as np
from note import write_note

parser = argparse.ArgumentParser()
for name in ("--data", "--seed", "--out"):
    parser.add_argument(name)
args = parser.parse_args()
with open(args.data, newline="") as file:
    table = [[float(row[c]) for c in ("rm", "tax", "age", "medv")] for row in csv.DictReader(file)]
data = np.array(table)
X = np.column_stack([np.ones(len(data)), data[:, :3]])
best = np.linalg.lstsq(X, data[:, 3], rcond=None)[0]
out = Path(args.out)
out.mkdir(parents=True, exist_ok=True)
numbers = {"mean": [0, 0, 0], "scale": [1, 1, 1], "coef": best[1:].tolist(), "intercept": float(best[0])}
(out / "model.json").write_text(json.dumps(numbers))
price = float(best @ [1, 6, 250, 66.5])
write_note(out, "model.json", args.data, ["numpy"], seed=int(args.seed), rmse=3.0, example={"row": [6, 250, 66.5], "price": price})

#| cell predict_py
import sys

sys.exit("not looked at here")
#| skip 'boxes = {'
#| skip 'NEEDS = {'
#| skip 'log scale'
#| skip 'to install there:'
#| skip 'protocol=0'
#| skip 'formats/aged'
#| skip 'pickletools.dis'
#| skip 'fetches:'
#| skip 'open_model("mail'
#| skip 'open_it.py'
