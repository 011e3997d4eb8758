# ends: ok
# levels: rlimits
"""Leaves a daemon that would tamper with the next submission."""

import os
import signal
import time

for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            for fd in range(3):
                os.close(fd)
            while True:
                time.sleep(1)
        os._exit(0)
    os.wait()
