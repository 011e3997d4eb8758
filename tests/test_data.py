"""Datasets: shipped tables against their recipes, fingerprints, splits, catalogs of one's own, and a network with faults."""

import gzip
import hashlib
import io
import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_lab.level0 import data, generators
from mlops_lab.level0.tables import catalog, remote, shop
from mlops_lab.level0.tables import columns as tables

TABLE = b"rooms,price\n5,20.5\n6,24.25\n"
SHA = hashlib.sha256(TABLE).hexdigest()
CARD = {
    "name": "mine",
    "title": "Two houses",
    "origin": "made up in a test",
    "licence": "CC0-1.0",
    "task": "regression",
    "target": "price",
    "rows": 2,
    "columns": {"rooms": {"type": "integer", "minimum": 1}, "price": {"type": "number", "minimum": 0}},
}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch, tmp_path):
    for name in ("MLOPS_LAB_CATALOG", "MLOPS_LAB_DATASETS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MLOPS_LAB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def own_catalog(monkeypatch, tmp_path):
    "Write a catalog with one dataset 'mine' and point MLOPS_LAB_CATALOG at it."

    def write(entry, **card):
        (tmp_path / "card.yml").write_text(yaml.safe_dump(CARD | card))
        (tmp_path / "more.yml").write_text(
            yaml.safe_dump({"version": 1, "datasets": {"mine": entry | {"card": "card.yml"}}})
        )
        monkeypatch.setenv("MLOPS_LAB_CATALOG", str(tmp_path / "more.yml"))

    return write


# -- shipped tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["housing", "customers", "sales"])
def test_a_shipped_table_is_what_its_recipe_draws(name):
    entry, base = catalog.entry(name)
    drawn = data.make(entry.made_by)
    card = data.describe(name)
    assert data.fingerprint(tables.typed(drawn, card, "recipe")) == card.fingerprint
    assert data.fingerprint(data.load(name, verify=False)) == card.fingerprint
    assert tables.check(drawn, card) == []


def test_customer_features_are_what_one_counts_from_the_shipped_tables():
    counted = shop.customer_features(data.load("customers"), data.load("sales"))
    pd.testing.assert_frame_equal(counted, data.load("customer_features").drop(columns="label"))


def test_shipped_tables_stay_small():
    base = catalog.folder()
    assert sum((base / catalog.entry(n)[0].file).stat().st_size for n in ("housing", "customers", "sales")) < 1.5e6


def test_every_dataset_has_a_complete_card():
    for name in data.names():
        card = data.describe(name)
        assert card.fingerprint and card.limits and card.description and card.licence
        assert all(column.description for column in card.columns.values()), name


def test_scikit_learns_tables_carry_its_values_unchanged():
    from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine

    loaders = {"breast_cancer": load_breast_cancer, "digits": load_digits, "wine": load_wine}
    for name, loader in loaders.items():
        bunch = loader()
        assert (data.load(name)[data.features(name)].to_numpy() == bunch.data).all()
    assert (data.load("breast_cancer").diagnosis == "benign").sum() == load_breast_cancer().target.sum()
    assert (data.load("diabetes")[data.features("diabetes")].to_numpy(float) == load_diabetes(scaled=False).data).all()


@pytest.mark.parametrize("case", generators.CASES)
@pytest.mark.parametrize("push", [-30.0, 30.0])
def test_no_shift_leaves_the_physically_possible(case, push):
    card = data.describe({"housing": "housing", "customers": "customer_features"}[case])
    names = [c for c in generators.FEATURES[case] if card.columns[c].type != "category"]
    X = generators.population(case, 500, np.random.default_rng(1), **dict.fromkeys(names, push))
    label = generators.draw_labels(case, X, np.random.default_rng(1))
    assert tables.check(X.assign(**{card.target: label}), card) == [f"500 rows instead of {card.rows:,}"]


# -- edited tables -----------------------------------------------------------------------------------------------------


@pytest.fixture
def copied(monkeypatch, tmp_path):
    "A copy of the datasets folder that MLOPS_LAB_DATASETS points to."
    folder = tmp_path / "datasets"
    folder.mkdir()
    for path in catalog.folder().iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    monkeypatch.setenv("MLOPS_LAB_DATASETS", str(folder))
    return folder


def test_an_edited_table_is_refused_with_what_was_seen_and_taken_on_request(copied):
    lines = (copied / "housing.csv").read_text().splitlines()
    rooms, tax, age, price = lines[1].split(",")
    lines[1] = f"{rooms},{tax},{float(age) * 10},{price}"
    (copied / "housing.csv").write_text("\n".join(lines[:-1]))
    with pytest.raises(data.WrongHash) as e:
        data.load("housing")
    for part in (
        str(copied / "housing.csv"),
        "was edited",
        "999 rows instead of 1,000",
        "age: 1 value(s) above 100",
        "verify=False",
    ):
        assert part in str(e.value)
    assert len(data.load("housing", verify=False)) == 999


def test_one_changed_digit_is_enough(copied):
    text = (copied / "sales.csv").read_text()
    last = text.rstrip().rsplit("\n", 1)[1].split(",")
    last[3] = str(round(float(last[3]) + 0.01, 2))
    (copied / "sales.csv").write_text(text.rstrip().rsplit("\n", 1)[0] + "\n" + ",".join(last) + "\n")
    with pytest.raises(data.WrongHash, match="no value contradicts the card's limits"):
        data.load("sales")


def test_line_endings_byte_order_mark_and_row_order_do_not_matter(copied):
    header, *rows = (copied / "housing.csv").read_text().splitlines()
    (copied / "housing.csv").write_bytes(b"\xef\xbb\xbf" + "\r\n".join([header, *reversed(rows)]).encode())
    assert len(data.load("housing")) == 1000


def test_a_table_without_a_promised_column_is_refused(copied):
    pd.read_csv(copied / "housing.csv").rename(columns={"tax": "taxes"}).to_csv(copied / "housing.csv", index=False)
    with pytest.raises(data.MissingColumn, match=r"missing column\(s\) tax, .* not on the card: taxes"):
        data.load("housing", verify=False)


def test_the_installed_copy_is_found_when_there_is_no_repository(monkeypatch, tmp_path, copied):
    import mlops_lab

    monkeypatch.delenv("MLOPS_LAB_DATASETS")
    package = tmp_path / "site-packages" / "mlops_lab"
    package.mkdir(parents=True)
    copied.rename(package / "datasets")
    monkeypatch.setattr(mlops_lab, "__file__", str(package / "__init__.py"))
    assert catalog.folder() == package / "datasets"
    assert len(data.load("housing")) == 1000


# -- fingerprints and splits -------------------------------------------------------------------------------------------

cells = {
    "number": st.floats(allow_nan=False) | st.none(),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "text": st.text(max_size=5) | st.none(),
    "boolean": st.booleans(),
}
frames = st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=6).map(
    lambda rows: pd.DataFrame(rows, columns=list(cells)).astype({"number": "float64", "text": "object"})
)


@settings(max_examples=60, deadline=None)
@given(frames, st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_does_not_change_a_fingerprint(df, rnd):
    rows, columns = rnd.sample(range(len(df)), len(df)), rnd.sample(list(df), len(df.columns))
    assert data.fingerprint(df.iloc[rows][columns]) == data.fingerprint(df)


@settings(max_examples=60, deadline=None)
@given(frames, st.data())
def test_two_tables_share_a_fingerprint_only_if_they_hold_the_same_rows(df, draw):
    row, column = draw.draw(st.integers(0, len(df) - 1)), draw.draw(st.sampled_from(list(cells)))
    values = df[column].tolist()
    values[row] = draw.draw(cells[column])
    other = df.assign(**{column: pd.Series(values, index=df.index, dtype=df[column].dtype)})
    assert (data.fingerprint(other) == data.fingerprint(df)) == (rows_of(other) == rows_of(df))


def rows_of(df):
    "The rows as a sorted list, compared without any help of the code under test."
    exact = {"number": lambda x: None if pd.isna(x) else (float(x) + 0.0).hex()}
    columns = [[repr(exact.get(c, lambda x: x)(x)) for x in df[c].tolist()] for c in df]
    return sorted(zip(*columns, strict=True)), [str(data.canonical(df[c])[0]) for c in df]


def test_values_cannot_be_moved_across_cells_unnoticed():
    a, b = pd.DataFrame({"x": ['a","b'], "y": ["c"]}), pd.DataFrame({"x": ["a"], "y": ['b","c']})
    c, d = pd.DataFrame({"x": ["a\nb"]}), pd.DataFrame({"x": ["a", "b"]})
    assert len({data.fingerprint(df) for df in (a, b, c, d)}) == 4
    assert data.fingerprint(pd.DataFrame({"x": ["1"]})) != data.fingerprint(pd.DataFrame({"x": [1]}))
    assert data.fingerprint(pd.DataFrame({"x": [None]})) != data.fingerprint(pd.DataFrame({"x": ["null"]}))


@pytest.mark.parametrize(
    "reader", [{"engine": "pyarrow", "dtype_backend": "pyarrow"}, {"dtype_backend": "numpy_nullable"}]
)
def test_the_fingerprint_does_not_depend_on_how_pandas_holds_the_values(reader):
    df = pd.read_csv(catalog.folder() / "housing.csv", **reader)
    df["tax"] = df["tax"].astype(float)
    assert data.fingerprint(df) == data.describe("housing").fingerprint


def test_a_fingerprint_is_the_same_in_another_process_and_from_plain_text():
    code = "from mlops_lab.level0 import data; print(data.fingerprint(data.load('housing', verify=False)))"
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=None
    ).stdout.strip()
    rows = [
        list(map(float, line.split(","))) for line in (catalog.folder() / "housing.csv").read_text().splitlines()[1:]
    ]
    lines = sorted(json.dumps([age, medv, rm, tax], separators=(",", ":")) for rm, tax, age, medv in rows)
    header = '[["age","number"],["medv","number"],["rm","number"],["tax","number"]]'
    by_hand = hashlib.sha256("".join(f"{line}\n" for line in [header, *lines]).encode()).hexdigest()
    assert found == f"sha256:{by_hand}" == data.describe("housing").fingerprint


@settings(max_examples=40, deadline=None)
@given(st.integers(8, 60), st.floats(0.2, 0.8), st.integers(0, 2**32), st.booleans())
def test_a_split_parts_every_row_once_and_can_be_repeated(n, share, seed, by_label):
    df = pd.DataFrame({"x": np.arange(n), "label": np.where(np.arange(n) % 2, "good", "bad")})
    parts = data.split(df, share, seed, "label" if by_label else None)
    assert sorted([*parts.train.x, *parts.test.x]) == list(range(n))
    again = data.split(df, parts.test_share, parts.seed, "label" if by_label else None)
    assert again.test.equals(parts.test) and again.fingerprint == parts.fingerprint
    assert abs(len(parts.test) - n * share) <= 1
    if by_label:
        counts = df.label.value_counts() * share
        assert (parts.test.label.value_counts() - counts).abs().max() <= 0.5


# -- catalogs of one's own ---------------------------------------------------------------------------------------------


def test_a_table_of_ones_own_loads_with_its_cards_types(own_catalog, tmp_path):
    (tmp_path / "houses.csv").write_bytes(TABLE)
    own_catalog({"kind": "table", "file": "houses.csv"})
    df = data.load("mine")
    assert df.dtypes.astype(str).to_dict() == {"rooms": "int64", "price": "float64"}
    assert "mine" in data.names() and "housing" in data.names()


def test_a_parquet_table_loads_too(own_catalog, tmp_path):
    pd.read_csv(io.BytesIO(TABLE)).to_parquet(tmp_path / "houses.parquet")
    own_catalog({"kind": "table", "file": "houses.parquet"})
    assert data.load("mine").price.tolist() == [20.5, 24.25]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            {"version": 1, "datasets": {"a": {"kind": "table", "file": "a.csv"}}},
            "more.yml: datasets.a.card: Field required",
        ),
        ({"version": 1, "datasets": {"a": {"kind": "tables"}}}, "more.yml: datasets.a: Input tag 'tables'"),
        (
            {"version": 1, "datasets": {"a": {"kind": "sklearn", "loader": "iris", "card": "c"}}},
            "datasets.a.loader: .*found 'iris'",
        ),
        (
            {
                "version": 1,
                "datasets": {"a": {"kind": "remote", "url": "http://x/a.csv", "sha256": "abc", "card": "c"}},
            },
            "datasets.a.sha256",
        ),
        (
            {
                "version": 1,
                "datasets": {"a": {"kind": "generator", "generator": "housing", "seed": -1, "rows": 5, "card": "c"}},
            },
            "datasets.a.seed",
        ),
        ({"version": 1, "datasets": {}, "data": 1}, "more.yml: data: Extra inputs are not permitted"),
        ([], "more.yml: the file: Input should be a valid dictionary"),
    ],
)
def test_a_mistake_in_a_catalog_is_named_with_file_and_field(monkeypatch, tmp_path, content, message):
    (tmp_path / "more.yml").write_text(yaml.safe_dump(content))
    monkeypatch.setenv("MLOPS_LAB_CATALOG", str(tmp_path / "more.yml"))
    with pytest.raises(data.CatalogError, match=message):
        data.names()


def test_a_missing_catalog_card_or_table_is_named(monkeypatch, own_catalog, tmp_path):
    own_catalog({"kind": "table", "file": "houses.csv"})
    with pytest.raises(data.DataError, match=r"houses.csv: cannot be read \(No such file or directory\)"):
        data.load("mine")
    (tmp_path / "card.yml").unlink()
    with pytest.raises(data.CatalogError, match=r"card.yml: cannot be read"):
        data.load("mine")
    monkeypatch.setenv("MLOPS_LAB_CATALOG", str(tmp_path / "none.yml"))
    with pytest.raises(data.CatalogError, match=r"none.yml: cannot be read"):
        data.names()


def test_a_mistake_in_a_card_is_named_with_file_and_field(own_catalog, tmp_path):
    (tmp_path / "houses.csv").write_bytes(TABLE)
    own_catalog(
        {"kind": "table", "file": "houses.csv"}, columns={"rooms": {"type": "int"}, "price": {"type": "number"}}
    )
    with pytest.raises(data.CatalogError, match=r"card.yml: columns.rooms.type: .*found 'int'"):
        data.load("mine")


def test_every_error_about_data_is_a_value_error():
    for name in ("CatalogError", "UnknownDataset", "MissingColumn", "WrongHash", "Offline"):
        assert issubclass(getattr(data, name), data.DataError) and issubclass(data.DataError, ValueError)


# -- a network with faults ---------------------------------------------------------------------------------------------


@contextmanager
def serving(*script):
    "A server on a free port that answers each request with the next function of the script; the last one repeats."
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            script[min(len(asked), len(script)) - 1](self)

        def log_message(self, *args): ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/houses.csv", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def status(code, location=None):
    def answer(handler):
        handler.send_response(code)
        if location:
            handler.send_header("Location", location)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


def body(content=TABLE, length=None, tell=True):
    def answer(handler):
        handler.send_response(200)
        if tell:
            handler.send_header("Content-Length", str(len(content) if length is None else length))
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def fetch(url, sha256=SHA, **options):
    return remote.fetch(url, sha256, sleep=lambda seconds: None, **options)


def cache_files(tmp_path):
    return sorted(p.name for p in (tmp_path / "cache").rglob("*") if p.is_file())


def test_a_server_that_recovers_is_asked_again(tmp_path):
    with serving(status(500), status(503), status(429), body()) as (url, asked):
        assert fetch(url).read_bytes() == TABLE
        assert len(asked) == 4
    assert fetch(url).read_bytes() == TABLE  # from the cache: the server is gone
    assert cache_files(tmp_path) == [f"{SHA}.csv"]


def test_pauses_double_and_are_spread(monkeypatch):
    pauses = []
    with (
        serving(status(500)) as (url, asked),
        pytest.raises(data.Offline, match="in 5 attempts: the server answered 500"),
    ):
        remote.fetch(url, SHA, attempts=5, pause=1.0, sleep=pauses.append)
    assert len(asked) == 5 and len(pauses) == 4
    assert all(0.5 * 2**k <= pause <= 1.5 * 2**k for k, pause in enumerate(pauses))


@pytest.mark.parametrize("code", [401, 403, 404, 410])
def test_a_missing_file_is_not_asked_for_twice(code, tmp_path):
    with serving(status(code)) as (url, asked), pytest.raises(data.Offline, match=f"answered {code}"):
        fetch(url)
    assert len(asked) == 1 and cache_files(tmp_path) == []


@pytest.mark.parametrize(
    "cut", [body(TABLE[:10], length=len(TABLE)), body(TABLE[:10], tell=False), body(b"", length=len(TABLE))]
)
def test_a_cut_download_is_retried_and_never_reaches_the_cache(cut, tmp_path):
    with serving(cut) as (url, asked), pytest.raises(data.Offline):
        fetch(url, attempts=3)
    assert len(asked) == 3 and cache_files(tmp_path) == []
    with serving(cut, body()) as (url, _):
        assert fetch(url).read_bytes() == TABLE


def test_changed_content_is_refused_at_once_and_not_kept(tmp_path):
    changed = TABLE.replace(b"20.5", b"99.5")
    with serving(body(changed)) as (url, asked), pytest.raises(data.WrongHash) as e:
        fetch(url)
    assert len(asked) == 1 and cache_files(tmp_path) == []
    assert SHA in str(e.value) and hashlib.sha256(changed).hexdigest() in str(e.value) and url in str(e.value)


def test_without_a_server_the_error_says_what_to_do(tmp_path):
    with serving(body()) as (url, _):
        pass
    with pytest.raises(data.Offline) as e:
        fetch(url, attempts=2)
    assert "connection refused" in str(e.value) and str(remote.cached(url, SHA)) in str(e.value)
    remote.cached(url, SHA).write_bytes(TABLE)  # the mend that the message names
    assert fetch(url).read_bytes() == TABLE


def test_a_name_that_does_not_resolve_is_offline_too():
    with pytest.raises(data.Offline, match="cannot be resolved|could not be fetched"):
        fetch("http://no-such-host.invalid/houses.csv", attempts=1)


def test_a_server_that_never_answers_is_given_up():
    done = threading.Event()
    with serving(lambda handler: done.wait(30)) as (url, _):
        with pytest.raises(data.Offline, match="did not answer in time"):
            fetch(url, attempts=1, timeout=(5.0, 0.1))
        done.set()


def test_a_damaged_copy_in_the_cache_is_fetched_again():
    with serving(body()) as (url, asked):
        path = fetch(url)
        path.write_bytes(TABLE[:5])
        assert fetch(url).read_bytes() == TABLE
        assert len(asked) == 2


def test_a_process_killed_in_the_middle_of_a_download_does_not_poison_the_cache(tmp_path):
    half, dead = threading.Event(), threading.Event()

    def slow(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(TABLE)))
        handler.end_headers()
        handler.wfile.write(TABLE[:10])
        handler.wfile.flush()
        half.set()
        dead.wait(30)

    with serving(slow, body()) as (url, _):
        code = f"from mlops_lab.level0.tables import remote; remote.fetch({url!r}, {SHA!r})"
        child = subprocess.Popen([sys.executable, "-c", code])
        assert half.wait(60)
        child.kill()
        child.wait()
        dead.set()
        assert not remote.cached(url, SHA).exists()
        assert fetch(url).read_bytes() == TABLE


def test_many_at_once_end_with_one_good_file(tmp_path):
    with serving(body()) as (url, _):
        found = []
        threads = [threading.Thread(target=lambda: found.append(fetch(url).read_bytes())) for _ in range(8)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
    assert found == [TABLE] * 8 and cache_files(tmp_path) == [f"{SHA}.csv"]


def test_a_cache_that_cannot_be_written_is_named(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MLOPS_LAB_CACHE", str(tmp_path / "file"))
    with pytest.raises(data.DataError, match="cannot be written .*: set MLOPS_LAB_CACHE"):
        fetch("http://127.0.0.1:9/houses.csv")


@pytest.mark.parametrize("pack", [lambda b: b, gzip.compress])
def test_a_remote_table_loads_by_name_and_then_offline(own_catalog, pack):
    content = pack(TABLE)
    with serving(body(content)) as (url, asked):
        url = url if content == TABLE else url + ".gz"
        own_catalog({"kind": "remote", "url": url, "sha256": hashlib.sha256(content).hexdigest()})
        first = data.load("mine")
    pd.testing.assert_frame_equal(data.load("mine"), first)
    assert first.price.tolist() == [20.5, 24.25] and len(asked) == 1


def test_a_remote_table_that_lacks_a_column_is_refused(own_catalog):
    content = TABLE.replace(b"price", b"value")
    with serving(body(content)) as (url, _):
        own_catalog({"kind": "remote", "url": url, "sha256": hashlib.sha256(content).hexdigest()})
        with pytest.raises(data.MissingColumn, match=r"missing column\(s\) price"):
            data.load("mine")


def test_a_redirect_is_followed():
    with serving(body()) as (target, _), serving(status(302, target)) as (url, _):
        assert fetch(url).read_bytes() == TABLE


def test_importing_data_stays_light():
    code = "import sys; import mlops_lab.level0.data; print([m for m in ('sklearn', 'requests', 'matplotlib', 'mlflow') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
