# ends: ok
# levels: namespaces
"""Learns about the machine: nothing that names the grader, the course or another student."""

import os

text = "\n".join(f"{k}={v}" for k, v in os.environ.items() if not k.startswith("CANARY"))
for path in ("/proc/1/cmdline", "/proc/1/environ", "/proc/self/cgroup", "/etc/hostname", "/proc/version"):
    try:
        with open(path, errors="replace") as file:
            text += file.read()
    except OSError:
        pass
for word in ("solutions", "gradebook", "submission", "GRADER", os.path.basename(os.environ["CANARY_FILE"])):
    if word in text:
        print("ESCAPED found", word)
if os.getpid() > 1000:
    print("ESCAPED sees the machine's process numbers", os.getpid())
