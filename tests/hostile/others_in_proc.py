# ends: ok
# levels: landlock
"""Reads what other processes have in memory, in their environment and open."""

import os

mine = {os.getpid()}
try:
    pids = [int(p) for p in os.listdir("/proc") if p.isdigit()]
except OSError:
    pids = [1, os.getppid(), int(os.environ["CANARY_PID"])]
for pid in [*pids, int(os.environ["CANARY_PID"])]:
    if pid in mine:
        continue
    for what in ("environ", "mem", "maps", "fd/3", "root/etc/passwd", "cwd/."):
        try:
            with open(f"/proc/{pid}/{what}", "rb") as file:
                print("ESCAPED opened", pid, what, file.read(10))
        except OSError:
            pass
    for what in ("mem", "oom_score_adj"):
        try:
            with open(f"/proc/{pid}/{what}", "r+b") as file:
                print("ESCAPED opened for writing", pid, what)
        except OSError:
            pass
if len(pids) > 20:
    print("ESCAPED sees", len(pids), "processes")
