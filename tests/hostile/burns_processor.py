# ends: timeout error
# levels: rlimits
# limits: seconds=30 cpu_seconds=1
"""Uses up its processor time; it may not raise its own limit."""

import resource

try:
    resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print("ESCAPED raised the limit")
except (ValueError, OSError):
    pass
while True:
    pass
