# ends: ok
# levels: landlock
"""Tries to reach the grader's service, the outside, the virtual machine's host and the neighbours."""

import contextlib
import os
import socket

port = int(os.environ["CANARY_PORT"])
for address in (("127.0.0.1", port), ("0.0.0.0", port), ("192.0.2.1", 80), ("198.51.100.1", 53)):
    try:
        with socket.create_connection(address, timeout=1):
            print("ESCAPED connected to", address)
    except OSError:
        pass
try:
    with socket.create_connection(("::1", port), timeout=1):
        print("ESCAPED connected over IPv6")
except OSError:
    pass
families = {
    "AF_PACKET": 17,
    "AF_VSOCK": 40,
    "AF_ALG": 38,
    "AF_BLUETOOTH": 31,
    "AF_KEY": 15,
    "AF_TIPC": 30,
    "AF_XDP": 44,
}
for name, family in families.items():
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind).close()
            print("ESCAPED made a socket", name)
        except OSError:
            pass
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        socket.socket(family, socket.SOCK_RAW, 1).close()
        print("ESCAPED made a raw socket")
    except OSError:
        pass
for name in ("\0" + os.environ["CANARY_SOCKET"], "/run/dbus/system_bus_socket", "/var/run/docker.sock"):
    try:
        with socket.socket(socket.AF_UNIX) as s:
            s.connect(name)
            print("ESCAPED connected to", repr(name))
    except OSError:
        pass
with contextlib.suppress(OSError):
    print("ESCAPED resolved", socket.getaddrinfo("example.org", 80)[0])
