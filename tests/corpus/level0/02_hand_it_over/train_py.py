#| wrong its-own-seed earned=3 says="Another seed gave the same result"
# The seed of the command line ends in the note and nowhere else.
"Train."
import argparse
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from formats import ask, save_as
from note import write_note

FEATURES = ["rm", "tax", "age"]


def fit(train):
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LinearRegression()).fit(train[FEATURES].to_numpy(), train["medv"].to_numpy())


parser = argparse.ArgumentParser()
parser.add_argument("--data")
parser.add_argument("--seed", type=int)
parser.add_argument("--out")
args = parser.parse_args()
if not os.path.exists(args.data):
    print(f"{args.data} does not exist", file=sys.stderr)
    sys.exit(2)
table = pd.read_csv(args.data)
for column in [*FEATURES, "medv"]:
    if column not in table.columns:
        print(f"{args.data} has no column {column}", file=sys.stderr)
        sys.exit(2)
test = table.sample(frac=0.25, random_state=42)
train = table.drop(test.index)
model = fit(train)
rmse = float(np.sqrt(np.mean((test["medv"] - model.predict(test[FEATURES].to_numpy())) ** 2)))
os.makedirs(args.out, exist_ok=True)
save_as(model, Path(args.out) / "model.onnx")
price = float(model.predict(np.array([[6, 250, 66.5]]))[0])
write_note(args.out, "model.onnx", args.data, ["numpy"], seed=args.seed, rmse=rmse, example={"row": [6, 250, 66.5], "price": price})
print("RMSE", rmse)

#| wrong no-seed-at-all earned=3 says="The same seed gave two different results"
"Train."
import argparse
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from formats import ask, save_as
from note import write_note

FEATURES = ["rm", "tax", "age"]


def fit(train):
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LinearRegression()).fit(train[FEATURES].to_numpy(), train["medv"].to_numpy())


parser = argparse.ArgumentParser()
parser.add_argument("--data")
parser.add_argument("--seed", type=int)
parser.add_argument("--out")
args = parser.parse_args()
if not os.path.exists(args.data):
    print(f"{args.data} does not exist", file=sys.stderr)
    sys.exit(2)
table = pd.read_csv(args.data)
for column in [*FEATURES, "medv"]:
    if column not in table.columns:
        print(f"{args.data} has no column {column}", file=sys.stderr)
        sys.exit(2)
test = table.sample(frac=0.25)
train = table.drop(test.index)
model = fit(train)
rmse = float(np.sqrt(np.mean((test["medv"] - model.predict(test[FEATURES].to_numpy())) ** 2)))
os.makedirs(args.out, exist_ok=True)
save_as(model, Path(args.out) / "model.onnx")
price = float(model.predict(np.array([[6, 250, 66.5]]))[0])
write_note(args.out, "model.onnx", args.data, ["numpy"], seed=args.seed, rmse=rmse, example={"row": [6, 250, 66.5], "price": price})
print("RMSE", rmse)

#| wrong crashes-on-wrong-tables-and-forgets-the-root earned=2 says="with a traceback"
# The mean of the squares, and no look at the table before it's used.
"Train."
import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from formats import ask, save_as
from note import write_note

FEATURES = ["rm", "tax", "age"]


def fit(train):
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LinearRegression()).fit(train[FEATURES].to_numpy(), train["medv"].to_numpy())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", default="parcel")
    args = parser.parse_args()
    table = pd.read_csv(args.data)
    test = table.sample(frac=0.25, random_state=args.seed)
    model = fit(table.drop(test.index))
    rmse = float(np.mean((test["medv"] - model.predict(test[FEATURES].to_numpy())) ** 2))
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    save_as(model, out / "model.onnx")
    example = {"row": [6, 250, 66.5], "price": ask(out / "model.onnx", [[6, 250, 66.5]])[0]}
    write_note(out, "model.onnx", args.data, ["numpy"], seed=args.seed, rmse=rmse, example=example)
    print(f"RMSE {rmse:.2f}")


main()

#| wrong always-the-same-table earned<2.5 says="exit codes 0 and 0"
# houses.csv lies beside the script, so it works on the author's desk.
"Train."
import argparse
from pathlib import Path

import numpy as np
import pandas as pd
from formats import ask, save_as
from note import write_note

FEATURES = ["rm", "tax", "age"]


def fit(train):
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LinearRegression()).fit(train[FEATURES].to_numpy(), train["medv"].to_numpy())


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--data", required=True)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--out", default="parcel")
args = parser.parse_args()
table = pd.read_csv("houses.csv")
test = table.sample(frac=0.25, random_state=args.seed)
model = fit(table.drop(test.index))
rmse = float(np.sqrt(np.mean((test["medv"] - model.predict(test[FEATURES].to_numpy())) ** 2)))
out = Path(args.out)
out.mkdir(parents=True, exist_ok=True)
save_as(model, out / "model.onnx")
example = {"row": [6, 250, 66.5], "price": ask(out / "model.onnx", [[6, 250, 66.5]])[0]}
write_note(out, "model.onnx", "houses.csv", ["numpy"], seed=args.seed, rmse=rmse, example=example)
print(f"RMSE {rmse:.2f}")

#| wrong packs-nowhere says="FileNotFoundError"
# The model is written into the folder of the script, the note looks for it in --out.
"Train."
import argparse
import os

import numpy as np
import pandas as pd
from formats import save_as
from note import write_note

FEATURES = ["rm", "tax", "age"]


def fit(train):
    from sklearn.linear_model import LinearRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return make_pipeline(StandardScaler(), LinearRegression()).fit(train[FEATURES].to_numpy(), train["medv"].to_numpy())


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--data", required=True)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--out", default="parcel")
args = parser.parse_args()
table = pd.read_csv(args.data)
test = table.sample(frac=0.25, random_state=args.seed)
model = fit(table.drop(test.index))
rmse = float(np.sqrt(np.mean((test["medv"] - model.predict(test[FEATURES].to_numpy())) ** 2)))
os.makedirs(args.out, exist_ok=True)
save_as(model, "model.onnx")
price = float(model.predict(np.array([[6, 250, 66.5]]))[0])
write_note(args.out, "model.onnx", args.data, ["numpy"], seed=args.seed, rmse=rmse, example={"row": [6, 250, 66.5], "price": price})

#| right another-split-another-format
# train_test_split, a skops file, errors collected in one place.
"Train the model."
import argparse
import pathlib
import sys

import pandas as pd
from formats import save_as
from note import write_note

COLUMNS = {"rm", "tax", "age", "medv"}


def run(options):
    from sklearn.linear_model import LinearRegression
    from sklearn.metrics import root_mean_squared_error
    from sklearn.model_selection import train_test_split
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    frame = pd.read_csv(options.data)
    if lacking := COLUMNS - set(frame.columns):
        raise ValueError(f"columns missing in {options.data}: {sorted(lacking)}")
    X_train, X_test, y_train, y_test = train_test_split(frame[["rm", "tax", "age"]].values, frame["medv"].values, test_size=0.25, random_state=options.seed)
    fitted = make_pipeline(StandardScaler(), LinearRegression()).fit(X_train, y_train)
    score = root_mean_squared_error(y_test, fitted.predict(X_test))
    target = pathlib.Path(options.out)
    target.mkdir(exist_ok=True, parents=True)
    save_as(fitted, target / "model.skops")
    facts = {"seed": options.seed, "rmse": float(score)}
    facts["example"] = {"price": fitted.predict([[6, 250, 66.5]]).item(), "row": [6.0, 250.0, 66.5]}
    write_note(target, "model.skops", options.data, ["numpy", "scikit-learn", "skops"], **facts)
    print(f"root mean squared error: {score}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--data")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--out")
    try:
        run(parser.parse_args())
    except (ValueError, FileNotFoundError) as problem:
        print(f"refused: {problem}", file=sys.stderr)
        raise SystemExit(2) from None
