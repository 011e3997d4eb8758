#| wrong joined-with-commas earned=0.5 says="csv.DictWriter"
# No quoting.
"What happened, and when: lines in a CSV file."
import csv
from datetime import UTC, datetime
from pathlib import Path


def write_down(path, row):
    "One more line."
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}
    begins = not path.exists()
    with open(path, "a", encoding="utf-8", newline="") as file:
        if begins:
            file.write(",".join(row) + "\n")
        file.write(",".join(map(str, row.values())) + "\n")

#| wrong overwrites says="append" earned<1
# Opens with "w".
"What happened, and when: lines in a CSV file."
import csv
from datetime import UTC, datetime
from pathlib import Path


def write_down(path, row):
    "One more line."
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}
    begins = not path.exists()
    with open(path, "w", newline="", encoding="utf-8") as file:
        lines = csv.DictWriter(file, row)
        lines.writeheader()
        lines.writerow(row)

#| wrong header-every-time earned=1.5 says="only into a new file"
# A header above every line.
"What happened, and when: lines in a CSV file."
import csv
from datetime import UTC, datetime
from pathlib import Path


def write_down(path, row):
    "One more line."
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}
    begins = not path.exists()
    with open(path, "a", newline="", encoding="utf-8") as file:
        lines = csv.DictWriter(file, row)
        lines.writeheader()
        lines.writerow(row)

#| wrong no-header says="writeheader"
# Just the rows.
"What happened, and when: lines in a CSV file."
import csv
from datetime import UTC, datetime
from pathlib import Path


def write_down(path, row):
    "One more line."
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}
    begins = not path.exists()
    with open(path, "a", newline="", encoding="utf-8") as file:
        lines = csv.DictWriter(file, row)
        lines.writerow(row)

#| wrong quotes-around-but-not-inside earned<1.5 says="come back as they were"
# Puts marks around each field by hand; marks inside end the field.
"What happened, and when: lines in a CSV file."
import csv
from datetime import UTC, datetime
from pathlib import Path


def write_down(path, row):
    "One more line."
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}
    begins = not path.exists()
    with open(path, "a", encoding="utf-8", newline="") as file:
        if begins:
            file.write(",".join(row) + "\n")
        file.write(",".join(f'"{value}"' for value in row.values()) + "\n")

#| wrong time-forgotten says="begins with"
# Leaves out what was put in front.
"What happened, and when: lines in a CSV file."
import csv
from datetime import UTC, datetime
from pathlib import Path


def write_down(path, row):
    "One more line."
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}
    begins = not path.exists()
    with open(path, "a", newline="", encoding="utf-8") as file:
        del row["time"]
        lines = csv.DictWriter(file, row)
        if begins:
            lines.writeheader()
        lines.writerow(row)

#| right with-pandas
# A table of one row, appended.
"What happened, and when: lines in a CSV file."
import csv
from datetime import UTC, datetime
from pathlib import Path


def write_down(path, row):
    "One more line."
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}
    import pandas as pd

    pd.DataFrame([row]).to_csv(path, mode="a", header=not path.exists(), index=False)

#| right with-csv-writer
# Everything quoted.
"What happened, and when: lines in a CSV file."
import csv
from datetime import UTC, datetime
from pathlib import Path


def write_down(path, row):
    "One more line."
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), **row}
    new = not path.is_file() or path.stat().st_size == 0
    with path.open("a", newline="", encoding="utf8") as f:
        out = csv.writer(f, quoting=csv.QUOTE_ALL)
        if new:
            out.writerow(row.keys())
        out.writerow(row.values())
