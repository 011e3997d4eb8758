# ends: ok killed error
# levels: landlock
"""Signals its parents, the grader and every number there is; with a signal that harms nobody, unless it is surely alone."""

import os
import signal

me, grader = os.getpid(), int(os.environ["CANARY_PID"])
for target in (os.getppid(), 1, grader):
    try:
        os.kill(target, signal.SIGKILL if me < 50 else 0)
        if target == grader or me >= 50:
            print("ESCAPED signalled", target, flush=True)
    except OSError:
        pass
reached = []
for target in range(2, 70_000):
    if target != me:
        try:
            os.kill(target, 0)
            reached.append(target)
        except OSError:
            pass
if reached:
    print("ESCAPED could signal", reached[:5])
if me < 50:
    os.kill(-1, signal.SIGTERM)
