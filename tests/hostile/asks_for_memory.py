# ends: ok
# levels: rlimits
# limits: memory=300000000
"""One array of five gigabytes, an honest mistake too: a MemoryError that can be read."""

try:
    held = bytearray(5_000_000_000)
    print("ESCAPED", len(held))
except MemoryError:
    print("MemoryError")
