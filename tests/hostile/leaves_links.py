# ends: ok
# levels: landlock
"""Leaves traps in its folder for whoever reads it afterwards."""

import os
import socket

os.symlink("/etc/passwd", "result.json")
os.symlink(os.environ["CANARY_FILE"], "answer.txt")
os.symlink("/", "folder")
os.symlink("loop", "loop")
os.mkfifo("gradebook.db")
with socket.socket(socket.AF_UNIX) as s:
    s.bind("socket")
try:
    os.link("/etc/passwd", "hardlink")
    print("ESCAPED linked")
except OSError:
    pass
with open("sparse", "wb") as file:
    try:
        file.truncate(1 << 40)
    except OSError:
        file.truncate(100_000_000)
here = os.getcwd()
for _ in range(300):
    os.mkdir("d" * 200)
    os.chdir("d" * 200)
os.chdir(here)
with open("honest.txt", "w") as file:
    file.write("42")
