# ruff: noqa: SIM115
# ends: ok
# levels: user
"""Wants to be root again."""

import ctypes
import os
import resource
import subprocess

for action in (
    lambda: os.setuid(0),
    lambda: os.setgid(0),
    lambda: os.setgroups([0]),
    lambda: os.setresuid(0, 0, 0),
    lambda: os.nice(-10),
    lambda: open("/proc/self/uid_map", "wb", buffering=0).write(b"0 0 1"),
    lambda: open("/proc/self/oom_score_adj", "wb", buffering=0).write(b"-1000"),
    lambda: resource.setrlimit(resource.RLIMIT_NPROC, (100_000, 100_000)),
    lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 50, 1 << 50)),
    lambda: os.mknod("device", 0o600 | 0o060000, os.makedev(254, 0)),
    lambda: open("/dev/mem", "rb"),
    lambda: open("/dev/kmsg", "rb"),
    lambda: open("/dev/vda", "rb"),
):
    try:
        action()
        print("ESCAPED", action.__code__.co_names, action.__code__.co_consts)
    except (OSError, ValueError):
        pass
for words in (["su", "-c", "id"], ["sudo", "-n", "id"], ["mount", "-t", "tmpfs", "x", "/tmp"]):
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=5, stdin=subprocess.DEVNULL)
        if done.returncode == 0:
            print("ESCAPED", words, done.stdout)
    except (OSError, subprocess.TimeoutExpired):
        pass
status = dict(line.split(":\t", 1) for line in open("/proc/self/status").read().splitlines() if ":\t" in line)
if int(status["CapEff"], 16) or int(status["CapPrm"], 16):
    print("ESCAPED has capabilities", status["CapEff"])
if ctypes.CDLL(None).prctl(23, 21, 0, 0, 0) == 1 and status["NoNewPrivs"].strip() == "0":
    print("ESCAPED could get CAP_SYS_ADMIN")
