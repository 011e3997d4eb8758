# ruff: noqa: B023
# ends: ok
# levels: landlock
"""Writes, renames, deletes and changes modes wherever it sees something; what works is undone at once, should there be no sandbox."""

import os
import sys

import mlops_lab

package = os.path.dirname(mlops_lab.__file__)
places = [
    "/usr/bin",
    "/usr/lib",
    "/etc",
    sys.prefix,
    sys.base_prefix,
    package,
    os.path.dirname(package),
    "/",
    "/proc/sys/kernel",
    "/sys",
    "/boot",
]
places += [os.path.dirname(os.environ["CANARY_FILE"]), "/root", "/home", "/run", "/srv", "/opt", "/mnt"]


def undone(do, undo):
    do()
    undo()


for place in places:
    new = place + "/hostile"
    for action in (
        lambda p: undone(lambda: open(new, "x").close(), lambda: os.unlink(new)),
        lambda p: undone(lambda: os.mkdir(new), lambda: os.rmdir(new)),
        lambda p: undone(lambda: os.symlink("/etc/passwd", new), lambda: os.unlink(new)),
        lambda p: undone(lambda: os.rename(p, p + "2"), lambda: os.rename(p + "2", p)),
    ):
        try:
            action(place)
            print("ESCAPED changed", place)
        except OSError:
            pass
    try:
        before = os.stat(place)
        os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns + 1))
        os.chmod(place, before.st_mode ^ 0o001)
        after = os.stat(place)
        os.chmod(place, before.st_mode)
        os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
        if (after.st_mode, after.st_mtime_ns) != (before.st_mode, before.st_mtime_ns):
            print("ESCAPED changed the mode or time of", place)
    except OSError:
        pass
files = (package + "/__init__.py", "/etc/passwd", "/etc/shadow", "/proc/sysrq-trigger", "/proc/sys/kernel/core_pattern")
for file in (*files, "/proc/1/oom_score_adj", sys.executable, os.environ["CANARY_FILE"]):
    for mode in ("a", "r+"):
        try:
            open(file, mode).close()
            print("ESCAPED may write", file)
        except OSError:
            pass
