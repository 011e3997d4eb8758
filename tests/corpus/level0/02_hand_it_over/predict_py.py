#| wrong needs-what-nobody-installed says="No module named 'pandas'"
# pandas is installed on the author's machine; requirements.txt does not know of it.
import argparse
import sys
from pathlib import Path

import pandas as pd
from formats import ask
from note import changed, other_versions, read_note

parser = argparse.ArgumentParser()
for name in ("--model", "--input", "--output"):
    parser.add_argument(name)
args = parser.parse_args()
for problem in changed(args.model):
    sys.exit(2)
table = pd.read_csv(args.input)
table["price"] = ask(Path(args.model) / read_note(args.model)["file"], table[["rm", "tax", "age"]].to_numpy().tolist())
table[["district", "price"]].to_csv(args.output, index=False)

#| wrong leaves-out-what-it-cannot-read earned=4 says="A cell with the word"
# "199 prices are better than none."
import argparse
import csv
import math
import sys
from pathlib import Path

from formats import ask
from note import changed, other_versions, read_note

parser = argparse.ArgumentParser()
for name in ("--model", "--input", "--output"):
    parser.add_argument(name)
args = parser.parse_args()
for problem in changed(args.model):
    print(problem, file=sys.stderr)
    sys.exit(2)
for difference in other_versions(args.model):
    print(difference, file=sys.stderr)
try:
    lines = list(csv.DictReader(open(args.input)))
except FileNotFoundError:
    print(f"{args.input} is missing", file=sys.stderr)
    sys.exit(2)
for column in ("district", "rm", "tax", "age"):
    if column not in lines[0]:
        print(f"{args.input}: no {column}", file=sys.stderr)
        sys.exit(2)
districts, rows = [], []
for line in lines:
    try:
        row = [float(line[c]) for c in ("rm", "tax", "age")]
        if not all(map(math.isfinite, row)):
            raise ValueError
    except ValueError:
        print("skipping", line["district"], file=sys.stderr)
        continue
    districts.append(line["district"])
    rows.append(row)
prices = ask(Path(args.model) / read_note(args.model)["file"], rows)
with open(args.output, "w") as out:
    print("district,price", file=out)
    for district, price in zip(districts, prices):
        print(f"{district},{price!r}", file=out)

#| wrong crashes-instead-of-refusing earned=2.5 says="exit code 1"
# Right for good lists; an exception for each bad one, and infinity goes through.
import argparse
import csv
import sys
from pathlib import Path

from formats import ask
from note import changed, other_versions, read_note

parser = argparse.ArgumentParser()
for name in ("--model", "--input", "--output"):
    parser.add_argument(name)
args = parser.parse_args()
if changed(args.model):
    raise ValueError("the model has changed")
for difference in other_versions(args.model):
    print(difference, file=sys.stderr)
lines = list(csv.DictReader(open(args.input)))
rows = [[float(line[c]) for c in ("rm", "tax", "age")] for line in lines]
prices = ask(Path(args.model) / read_note(args.model)["file"], rows)
with open(args.output, "w", newline="") as out:
    writer = csv.writer(out)
    writer.writerow(["district", "price"])
    for line, price in zip(lines, prices):
        writer.writerow([line["district"], price])

#| wrong rounds-and-trusts earned=3.5 says="nothing may be rounded"
# Prices to the dollar are enough, and the parcel will be all right. Other versions are none of its business.
import argparse
import csv
import math
import sys
from pathlib import Path

from formats import ask
from note import read_note

FEATURES = ["rm", "tax", "age"]


def refuse(reason):
    print(reason, file=sys.stderr)
    sys.exit(2)


parser = argparse.ArgumentParser()
for name in ("--model", "--input", "--output"):
    parser.add_argument(name)
args = parser.parse_args()
try:
    lines = list(csv.DictReader(open(args.input)))
except OSError as error:
    refuse(f"{args.input}: {error}")
for column in ("district", *FEATURES):
    if column not in lines[0]:
        refuse(f"{args.input}: no {column}")
for number, line in enumerate(lines, 2):
    for column in FEATURES:
        try:
            assert math.isfinite(float(line[column]))
        except (ValueError, AssertionError):
            refuse(f"{args.input}, line {number}: {column} is {line[column]!r}")
prices = ask(Path(args.model) / read_note(args.model)["file"], [[float(line[c]) for c in FEATURES] for line in lines])
with open(args.output, "w") as out:
    print("district,price", file=out)
    for line, price in zip(lines, prices):
        print(line["district"], round(price, 3), sep=",", file=out)

#| wrong columns-by-their-places earned=3.5 says="aren't those of the model"
# Monday's list has district, rm, tax, age; other lists have them in another order.
import argparse
import csv
import math
import sys
from pathlib import Path

from formats import ask
from note import changed, other_versions, read_note


def refuse(reason):
    print(reason, file=sys.stderr)
    sys.exit(2)


parser = argparse.ArgumentParser()
for name in ("--model", "--input", "--output"):
    parser.add_argument(name)
args = parser.parse_args()
for problem in changed(args.model):
    refuse(problem)
for difference in other_versions(args.model):
    print(difference, file=sys.stderr)
try:
    header, *lines = list(csv.reader(open(args.input)))
except OSError as error:
    refuse(f"{args.input}: {error}")
for column in ("district", "rm", "tax", "age"):
    if column not in header:
        refuse(f"{args.input}: no column {column}")
rows = []
for line in lines:
    row = [line[0], line[2], line[3]] if header[0] != "district" else line[1:4]
    try:
        row = [float(cell) for cell in row]
    except ValueError:
        refuse(f"{args.input}: {line} has a tax or another cell that is no number")
    if not all(map(math.isfinite, row)):
        refuse(f"{args.input}: {line} has a tax or another cell that is no number")
    rows.append(row)
prices = ask(Path(args.model) / read_note(args.model)["file"], rows)
with open(args.output, "w") as out:
    print("district,price", file=out)
    for line, price in zip(lines, prices):
        print(line[header.index("district")], price, sep=",", file=out)

#| right with-pandas
# pandas, and it's said in requirements.txt.
import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from formats import ask
from note import changed, other_versions, read_note


class Wrong(Exception):
    pass


def prices(model, source):
    if problems := changed(model):
        raise Wrong("; ".join(problems))
    try:
        table = pd.read_csv(source, dtype=str)
    except FileNotFoundError:
        raise Wrong(f"there is no {source}")
    lacking = {"district", "rm", "tax", "age"} - set(table)
    if lacking:
        raise Wrong(f"{source} lacks {lacking}")
    numbers = table[["rm", "tax", "age"]].apply(pd.to_numeric, errors="coerce").astype(float)
    bad = ~np.isfinite(numbers)
    if bad.any(axis=None):
        row = int(bad.any(axis=1).idxmax())
        raise Wrong(f"{source}: {table.district[row]} has no number in {', '.join(bad.columns[bad.loc[row]])}")
    answer = ask(str(Path(model, read_note(model)["file"])), numbers.values.tolist())
    return pd.DataFrame({"district": table.district, "price": answer})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    for name in ("--model", "--input", "--output"):
        parser.add_argument(name, required=True)
    args = parser.parse_args()
    for sentence in other_versions(args.model):
        print("Attention:", sentence, file=sys.stderr)
    try:
        prices(args.model, args.input).to_csv(args.output, index=False)
    except Wrong as problem:
        print(problem, file=sys.stderr)
        sys.exit(2)
#| cell train_py
"Least squares without scikit-learn; predict.py needs pandas."
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
write_note(out, "model.json", args.data, ["numpy", "pandas"], seed=int(args.seed), rmse=3.0, example={"row": [6, 250, 66.5], "price": price})
