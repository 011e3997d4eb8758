# ends: timeout
# levels: rlimits
# limits: seconds=1
"""Waits for ever, in a child of a child of its own session, with its parent gone."""

import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(10_000)
    os._exit(0)
time.sleep(10_000)
