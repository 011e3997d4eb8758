# ends: memory error
# levels: namespaces
# limits: seconds=20 memory=200000000 processes=20 total_bytes=10000000
"""Several processes, each below the limit of one, together far above the limit of all."""

import os
import time

for _ in range(8):
    if os.fork() == 0:
        held = bytearray(150_000_000)
        for i in range(0, len(held), 4096):
            held[i] = 1
        time.sleep(1)
        os._exit(0)
codes = [os.wait()[1] for _ in range(8)]
print(codes)
if not any(codes):
    print("ESCAPED 1.2 GB in use at once")
raise SystemExit(1)
