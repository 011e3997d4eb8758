# ends: ok
# levels: landlock
"""Looks for the solution by its path, through every process and everywhere else."""

import contextlib
import glob
import os

target = os.environ["CANARY_FILE"]
name = os.path.basename(target)
guesses = [target]
with contextlib.suppress(OSError):
    guesses += [f"/proc/{p}/root{target}" for p in os.listdir("/proc") if p.isdigit()]
guesses += [f"/proc/self/root{target}", f"/proc/self/cwd/..{target}", "../" * 20 + target]
guesses += glob.glob(f"/tmp/**/{name}", recursive=True) + glob.glob(f"../../**/{name}", recursive=True)
for guess in guesses:
    try:
        with open(guess) as file:
            print("ESCAPED read", guess, file.read(20))
    except OSError:
        pass
for folder in ("solutions", "labs", "tests", ".git"):
    import mlops_lab

    path = os.path.join(os.path.dirname(os.path.dirname(mlops_lab.__file__)), folder)
    with contextlib.suppress(OSError):
        print("ESCAPED listed", path, os.listdir(path)[:3])
