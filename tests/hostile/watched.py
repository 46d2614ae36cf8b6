"""Runs commands of geoposture one after the other and prints every audit event of Python that touches the world outside.

    python watched.py FOLDER COMMANDS.json > EVENTS.json

Python reports what Python opens. What libraries in C open by themselves (Arrow its Parquet files, GDAL, PROJ, SQLite) it does
not report, but for SQLite's connections; strace does.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

EVENTS = []
_KINDS = (
    *(
        "open",
        "os.rename",
        "os.remove",
        "os.mkdir",
        "os.rmdir",
        "os.link",
        "os.symlink",
        "os.truncate",
        "os.chmod",
        "os.chown",
        "os.utime",
    ),
    *(
        "os.system",
        "os.exec",
        "os.fork",
        "os.forkpty",
        "os.posix_spawn",
        "os.spawn",
        "os.startfile",
        "subprocess.Popen",
        "pty.spawn",
    ),
    *(
        "socket.__new__",
        "socket.bind",
        "socket.connect",
        "socket.getaddrinfo",
        "socket.gethostbyname",
        "socket.sendto",
        "urllib.Request",
    ),
    *(
        "http.client.connect",
        "ftplib.connect",
        "smtplib.connect",
        "webbrowser.open",
        "sqlite3.connect",
        "mmap.__new__",
        "shutil.rmtree",
    ),
)


def watch(event, arguments):
    if event in _KINDS:
        EVENTS.append([event, [str(os.fsdecode(one)) if isinstance(one, bytes) else str(one) for one in arguments]])


def main():
    os.chdir(sys.argv[1])
    commands = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    # Nothing is written beside the sources, and what Python itself loads is not what is looked for.
    sys.dont_write_bytecode = True
    sys.addaudithook(watch)
    from tests.hostile.asking import run

    endings = []
    for command in commands:
        EVENTS.append(["command", command])
        found = run(command)
        endings.append([found.status, found.err, found.crash])
    json.dump({"events": EVENTS, "endings": endings}, sys.stdout)


if __name__ == "__main__":
    main()
