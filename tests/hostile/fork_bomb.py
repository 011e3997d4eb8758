# ends: error timeout killed memory
# levels: namespaces
# limits: seconds=2 processes=40
"""Doubles itself until something gives way; its children ignore what would end them."""

import os
import signal

for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)
made = 0
while True:
    try:
        os.fork()
        made += 1
    except OSError:
        if made > 60:
            print("ESCAPED", made, "generations")
