# ends: output
# levels: rlimits
# limits: seconds=20 output_bytes=100000
"""Prints without end, to both streams."""

import sys

while True:
    print("x" * 10_000)
    print("y" * 10_000, file=sys.stderr)
