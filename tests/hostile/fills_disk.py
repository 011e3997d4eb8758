# ends: ok error output
# levels: namespaces
# limits: seconds=20 total_bytes=8000000 file_bytes=4000000 memory=500000000
"""Writes wherever it can: one large file, many files, many empty files, in all its folders."""

import os
import tempfile

total = 0
for folder in (".", os.environ["HOME"], tempfile.gettempdir(), "/dev/shm", "/var/tmp", "/run", "/"):
    for i in range(40):
        try:
            with open(f"{folder}/fill{i}", "wb", buffering=0) as file:
                while True:
                    total += file.write(b"x" * 500_000)
        except OSError:
            pass
if total > 9_000_000:
    print("ESCAPED", total, "bytes")
made = 0
try:
    for i in range(200_000):
        os.close(os.open(f"empty{i}", os.O_CREAT | os.O_WRONLY))
        made += 1
except OSError:
    pass
if made > 100_000:
    print("ESCAPED", made, "files")
