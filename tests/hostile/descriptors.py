# ends: ok
# levels: rlimits
"""Uses files that somebody has forgotten to close, and forges the keeper's messages."""

import contextlib
import json
import os
import stat

forged = json.dumps({"event": "exit", "code": 0, "points": 100}).encode()
for fd in range(3, 1024):
    try:
        kind = os.fstat(fd).st_mode
    except OSError:
        continue
    where = os.readlink(f"/proc/self/fd/{fd}")
    if where != "/dev/null" and not where.startswith("/proc/"):
        print("ESCAPED has", fd, where, stat.filemode(kind))
    with contextlib.suppress(OSError):
        os.write(fd, forged)
print(forged.decode())
raise SystemExit(0)
