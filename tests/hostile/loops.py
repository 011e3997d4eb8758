# ends: timeout
# levels: rlimits
# limits: seconds=1
"""Never ends, and does not listen."""

import contextlib
import signal

for number in range(1, 32):
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)
while True:
    pass
