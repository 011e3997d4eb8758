"""The command line answers: results on success, one line on an ordinary mistake."""

import pytest
from typer.testing import CliRunner

from mlops_lab import cli


@pytest.fixture
def run(monkeypatch, capsys):
    def command(*args):
        monkeypatch.setattr("sys.argv", ["mlops-lab", *map(str, args)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        out, err = capsys.readouterr()
        return stop.value.code or 0, out, err

    return command


@pytest.mark.parametrize(("case", "model"), [("housing", "linear"), ("customers", "logistic")])
def test_train_saves_a_model_that_can_be_served(run, tmp_path, case, model):
    code, out, _ = run("train", case, "--model", model, "--out", tmp_path / "model")
    assert code == 0 and "mlops-lab serve" in out
    assert (tmp_path / "model" / "serving.onnx").exists() and (tmp_path / "model" / "requirements.txt").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("train", "houses", "--out", "x"), "housing, customers"),
        (("train", "housing", "--model", "forest", "--out", "x"), "linear"),
        (("data", "card", "boston"), "housing"),
        (("serve", "no/such/model"), "no/such/model"),
        (("fly", "--scenario", "nowhere"), "stationary"),
        (("check", "no-such.ipynb"), "no-such.ipynb"),
        (("gradebook", "statistics", "no.sqlite"), "no.sqlite"),
        (("lab", "kafka"), "01_model_by_hand"),
    ],
)
def test_an_ordinary_mistake_gets_one_line_that_says_what_is_allowed(run, tmp_path, monkeypatch, args, said):
    code, _, err = run(*args)
    assert code == 2 and said in err and "Traceback" not in err


def test_data_lists_every_dataset(run):
    code, out, _ = run("data", "list")
    assert code == 0 and len(out.splitlines()) >= 8


def test_a_flight_leaves_a_report_and_a_score(run, tmp_path):
    code, out, _ = run("fly", "--scenario", "housing", "--days", 3, "--out", tmp_path)
    assert code == 0 and "report.html" in out
    assert {"report.html", "score.json"} <= {p.name for p in tmp_path.iterdir()}


def test_help_names_every_command():
    out = CliRunner().invoke(cli.app, ["--help"]).output
    for name in ("lab", "train", "serve", "release", "check", "grade", "data", "doctor", "fly", "tour", "gradebook"):
        assert name in out
