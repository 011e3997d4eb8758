# ends: ok
# levels: landlock
"""System calls that lead out: namespaces, mounts, tracing, keys, io_uring, bpf."""

import ctypes
import os
import platform

libc = ctypes.CDLL(None, use_errno=True)
x86 = platform.machine() == "x86_64"
NEWUSER = 0x10000000
calls = {
    "unshare user": (272 if x86 else 97, NEWUSER),
    "unshare mount": (272 if x86 else 97, 0x20000),
    "unshare net": (272 if x86 else 97, 0x40000000),
    "clone user": (56 if x86 else 220, NEWUSER | 17, 0, 0, 0, 0),
    "ptrace traceme": (101 if x86 else 117, 0, 0, 0, 0),
    "ptrace attach": (101 if x86 else 117, 16, os.getppid(), 0, 0),
    "process_vm_readv": (310 if x86 else 270, os.getppid(), 0, 0, 0, 0, 0),
    "keyctl session": (250 if x86 else 219, 1, 0),
    "bpf": (321 if x86 else 280, 0, 0, 0),
    "perf": (298 if x86 else 241, 0, 0, -1, -1, 0),
    "userfaultfd": (323 if x86 else 282, 0),
    "open_by_handle_at": (304 if x86 else 265, -100, 0, 0),
    "io_uring": (425, 8, 0),
    "fsopen": (430, b"tmpfs", 0),
    "open_tree": (428, -100, b"/", 1),
    "mount_setattr": (442, -100, b"/", 0, 0, 0),
    "chroot": (161 if x86 else 51, b"/"),
    "personality": (135 if x86 else 92, 0x0040000),
    "memfd_secret": (447, 0),
}
for name, (number, *values) in calls.items():
    ctypes.set_errno(0)
    result = libc.syscall(
        ctypes.c_long(number), *(ctypes.c_char_p(v) if isinstance(v, bytes) else ctypes.c_long(v) for v in values)
    )
    if result >= 0 or ctypes.get_errno() not in (1, 38):
        print("ESCAPED", name, result, ctypes.get_errno())
if libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) == 0:
    print("ESCAPED mounted")
if libc.setns(os.open("/proc/self/ns/mnt", os.O_RDONLY), 0) == 0:
    print("ESCAPED setns")
