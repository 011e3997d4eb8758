"""How fast the simulated production flies, and which share of the time is the world's own.

python benchmarks/world.py                    # 180 days x 1,000 requests, level 0 in process
python benchmarks/world.py --http             # the same also over HTTP, against the real server
python benchmarks/world.py --large 1000000    # also days of a million requests, world alone: time and memory
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

from mlops_lab.world.flight import Flight
from mlops_lab.world.production import drive
from mlops_lab.world.scenario import load

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")  # for the server's processes


def flown(scenario, days: int, http: bool) -> dict:
    "One flight of level 0: seconds, the world's share, the score's bytes."
    with tempfile.TemporaryDirectory() as folder:
        began, busy = time.perf_counter(), time.process_time()
        flight = Flight(scenario, days=days, seed=1, out=folder, http=http)
        for _ in flight.run():
            pass
        seconds, cpu = time.perf_counter() - began, time.process_time() - busy
        timing = flight.productions[0].timing
        made = sum(r["requests"] + r["scraped"][1] for r in flight.productions[0].records)
        system = sum(t["system"] for t in timing)
        days_alone = sum(t["all"] for t in timing)
        score = Path(folder, "score.json").read_bytes()
    return {"requests": made, "seconds": seconds, "cpu": cpu, "system": system, "play": days_alone, "score": score}


class Nobody:
    "A system that costs nothing."

    def predict(self, requests):
        return [None] * len(requests)

    def labels(self, batch):
        pass

    def end_of_day(self, day):
        pass


def alone(scenario, days: int) -> tuple[int, float]:
    "The world without a system: requests, seconds."
    began = time.perf_counter()
    records = drive(scenario, Nobody(), seed=1, days=days)["records"]
    return sum(r["requests"] for r in records), time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", default="customers")
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--http", action="store_true", help="also over HTTP")
    parser.add_argument("--large", type=int, default=0, metavar="N", help="also days of N requests, world alone")
    given = parser.parse_args()
    scenario, table = load(given.scenario), Table(title=f"{given.scenario}, {given.days} days, level 0")
    for head in ("", "requests", "seconds", "requests/s", "world's share"):
        table.add_column(head, justify="left" if not head else "right")
    inside = flown(scenario, given.days, http=False)
    ways = {"in process": inside} | ({"over HTTP": flown(scenario, given.days, http=True)} if given.http else {})
    n, seconds = alone(scenario, given.days)
    for name, f in ways.items():
        share = seconds * f["requests"] / n / f["seconds"]
        row = (f"{f['requests']:,}", f"{f['seconds']:.1f}", f"{f['requests'] / f['seconds']:,.0f}", f"{share:.1%}")
        table.add_row(f"level 0 {name}", *row)
    table.add_row("world alone", f"{n:,}", f"{seconds:.1f}", f"{n / seconds:,.0f}", "")
    if given.large:
        busy = scenario.model_copy(update={"traffic": scenario.traffic.model_copy(update={"per_day": given.large})})
        for days in (1, 3):
            n, seconds = alone(busy, days)
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
            name = f"world alone, {days} x {given.large:,} a day ({most:,.0f} MB)"
            table.add_row(name, f"{n:,}", f"{seconds:.1f}", f"{n / seconds:,.0f}", "")
    Console(width=110).print(table)
    if given.http:
        same = "the same" if ways["over HTTP"]["score"] == inside["score"] else "another"
        ratio = ways["over HTTP"]["seconds"] / inside["seconds"]
        print(f"over HTTP: {ratio:.1f} times the time, {same} score")


if __name__ == "__main__":
    main()
