# ends: ok error
# levels: namespaces
# limits: seconds=10 processes=40
"""Starts threads without end."""

import threading
import time

try:
    for _ in range(2000):
        threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
    print("ESCAPED", threading.active_count(), "threads")
except RuntimeError:
    print("refused after", threading.active_count())
