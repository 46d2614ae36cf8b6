"""Reading touches nothing outside the input folder, writing nothing outside the output's; no socket, no other program."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import pytest

from geoposture.formats import FORMATS

from .asking import run
from .kinds import BASE, IMPORTS, ROOT

WRITERS = [
    *(["export", "-o", f"out/all.{form}"] for form in (*FORMATS, "lpf.json", "jsonld")),
    *(["at", "2025-05-20", "-o", f"out/at.{form}"] for form in ("csv", "json", "geojson", "gpkg", "parquet", "kml")),
    *(["figure", "maps/base.yaml", "-o", f"out/figure.{form}"] for form in ("svg", "pdf", "png")),
    ["map", "maps/base.yaml", "-o", "out/page.html"],
    ["new", "report", "out/new.yaml"],
]
READERS = [
    ["check"],
    ["at", "2025-05-20"],
    ["posture", "2025-05-20", "--format", "geojson"],
    ["compare", "2025-04-01", "2025-06-01"],
    ["totals", "marland", "2025-05-20"],
    ["timeline", "dun"],
    ["place", "Ox Field"],
    ["schema"],
]
IMPORTERS = [
    ["import", f"table.{kind}", "--map", "mapping.yaml", "-o", f"out/{kind}", "--published", "2007-01-31"]
    for kind in ("csv", "parquet", "xlsx")
]
LIBRARIES = sorted(
    {
        str(Path(path).resolve())
        for path in (
            sys.prefix,
            sys.base_prefix,
            ROOT / "geoposture",
            ROOT / "tests",
            ROOT / ".venv",
            *sysconfig.get_paths().values(),
        )
    }
)
SYSTEM = (
    "/proc/",
    "/sys/",
    "/usr/share/",
    "/usr/lib",
    "/lib",
    "/usr/local/share/fonts",
    "/etc/fonts",
    "/var/cache/fontconfig",
    "/dev/null",
)
SYSTEM_FILES = (
    "/etc/localtime",
    "/etc/mime.types",
    "/etc/ld.so.cache",
    "/etc/ssl/openssl.cnf",
    "/dev/urandom",
    "/etc/os-release",
)
NETWORK = re.compile(r"socket\.|urllib\.|http\.|ftplib\.|smtplib\.|webbrowser\.")
PROGRAMS = re.compile(r"os\.(system|exec|fork|forkpty|posix_spawn|spawn|startfile)|subprocess\.|pty\.")


def is_known(event, arguments):
    """What libraries do as they load: urllib3, which Folium brings, asks whether the machine knows IPv6, by a socket that it
    binds to the loopback for a moment and closes; Matplotlib asks fontconfig for fonts, once on each machine.
    """
    if event.startswith("socket."):
        return (event == "socket.__new__" and "10" in arguments) or (event == "socket.bind" and arguments[1] == "('::1', 0)")
    return event == "subprocess.Popen" and arguments[0] == "fc-list"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A good folder to work in, with tables to import, beside a folder that nothing may touch."""
    from .kinds import _excel_seeds, _parquet_seeds

    work = tmp_path / "work"
    shutil.copytree(BASE, work)
    (work / "out").mkdir()
    shutil.copy(IMPORTS / "counts.csv", work / "table.csv")
    shutil.copy(IMPORTS / "counts.yaml", work / "mapping.yaml")
    (work / "table.parquet").write_bytes(_parquet_seeds()[0])
    (work / "table.xlsx").write_bytes(_excel_seeds()[0])
    shutil.copytree(BASE, tmp_path / "outside")
    monkeypatch.chdir(work)
    return work


def environment(home):
    """A home of its own, where libraries may keep what they know of the machine's fonts."""
    home.mkdir(exist_ok=True)
    return os.environ | {"HOME": str(home), "MPLCONFIGDIR": str(home), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def watched(work, commands):
    script = Path(__file__).with_name("watched.py")
    (work.parent / "commands.json").write_text(json.dumps(commands), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script), str(work), str(work.parent / "commands.json")],
        capture_output=True,
        check=True,
        env=environment(work.parent / "home"),
    )
    return json.loads(done.stdout)


def is_ours(path, work):
    """Whether the path may be read: in the folder that was named, or part of Python, its libraries and the system."""
    real = os.path.realpath(path)
    home = os.path.realpath(work.parent / "home")
    return (
        real.startswith((f"{os.path.realpath(work)}/", f"{home}/", *SYSTEM, *(f"{folder}/" for folder in LIBRARIES)))
        or os.path.normpath(path).startswith(SYSTEM)
        or real in (os.path.realpath(work), home, *SYSTEM_FILES, *(os.path.realpath(one) for one in SYSTEM_FILES))
        or real in LIBRARIES
    )


def is_output(path, work):
    home = os.path.realpath(work.parent / "home")
    real = os.path.realpath(path)
    return real.startswith((f"{os.path.realpath(work / 'out')}/", f"{home}/")) or real in ("/dev/null", home)


def test_python_opens_writes_and_calls_nothing_but_what_it_was_asked_for(place):
    found = watched(place, [*READERS, *WRITERS, *IMPORTERS])
    assert [ending[0] for ending in found["endings"]] == [0] * len(found["endings"]), found["endings"]
    strange, opened = [], set()
    for event, arguments in found["events"]:
        if event == "command":
            continue
        if NETWORK.match(event) or PROGRAMS.match(event):
            if not is_known(event, arguments):
                strange.append((event, arguments))
        elif event == "open":
            opened.add(arguments[0])
            writes = int(arguments[2]) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
            if not arguments[0].isdigit() and not (is_output if writes else is_ours)(arguments[0], place):
                strange.append((event, arguments))
        elif event == "sqlite3.connect":
            if arguments[0] != ":memory:":
                strange.append((event, arguments))
        elif event != "mmap.__new__" and not all(is_output(path, place) for path in arguments if "/" in path):
            strange.append((event, arguments))
    assert not strange
    assert any(path.endswith("gazetteer.yaml") for path in opened), "the hook must see what is read"
    assert any(path.endswith(".tmp") for path in opened), "and what is written"
    assert not [path.name for path in place.parent.iterdir() if path.name not in ("work", "outside", "home", "commands.json")]


def test_the_hook_sees_a_socket_a_program_and_a_file_elsewhere(place):
    script = (
        "import sys; sys.argv = ['x', '.', 'x']; from tests.hostile import watched as w; sys.addaudithook(w.watch)\n"
        "import socket, subprocess; socket.socket().close(); subprocess.run(['true']); open('/etc/passwd').close()\n"
        "print([name for name, _ in w.EVENTS])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=environment(place.parent / "home"))
    assert {"socket.__new__", "subprocess.Popen", "open"} <= set(json.loads(done.stdout.decode().replace("'", '"')))


STRACE = shutil.which("strace")


@pytest.mark.skipif(STRACE is None, reason="strace is not installed: what libraries in C open is looked at where it is")
def test_libraries_in_c_open_nothing_else_either(place):
    log = place.parent / "trace"
    for command in (
        ["map", "maps/base.yaml", "-o", "out/page.html"],
        *IMPORTERS[1:2],
        ["export", "-o", "out/all.gpkg"],
        ["figure", "-o", "out/f.png"],
    ):
        arguments = [
            STRACE,
            "-f",
            "-qq",
            "-e",
            "trace=%file,%network,execve",
            "-o",
            str(log),
            sys.executable,
            "-m",
            "geoposture",
            *command,
        ]
        subprocess.run(arguments, capture_output=True, check=True, env=environment(place.parent / "home"))
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        calls = [line for line in lines if re.search(r"\b(socket|connect|bind|listen|sendto)\(", line) and "AF_UNIX" not in line]
        assert all(re.search(r'socket\(AF_INET6, SOCK_STREAM|bind\(.*sin6_port=htons\(0\).*"::1"', line) for line in calls), calls
        programs = {found[1] for line in lines if (found := re.search(r'execve\("([^"]*)".* = 0$', line))}
        assert {Path(program).name for program in programs} <= {Path(sys.executable).name, "fc-list"}
        strange = []
        for line in lines:
            opened = re.search(r'open(?:at)?\((?:AT_FDCWD, )?"((?:[^"\\]|\\.)*)", ([A-Z_|]+).* = \d+$', line)
            if opened:
                path = str(place / opened[1])
                is_fine = is_output if re.search("O_WRONLY|O_RDWR|O_CREAT", opened[2]) else is_ours
                # The folder of Python's program itself, and those above the folders that are used, are looked at on the way.
                if not is_fine(path, place) and not Path(path).is_dir():
                    strange.append(line)
        assert not strange, command
        assert any("table.parquet" in line or "countries.parquet" in line or "gazetteer.yaml" in line for line in lines)


def refused(*command):
    """The codes that a command ends with, or its one line."""
    found = run(command)
    assert found.status in (1, 2), found
    assert not found.crash
    lines = (found.out if command[0] == "check" else found.err).splitlines()
    return sorted({code[1] for line in lines if (code := re.search(r":\d+:\d+ (?:warning )?([a-z-]+): ", line))} or lines)


def trap(path, kind, elsewhere):
    """Put something in a file's place that must not be read."""
    path.unlink(missing_ok=True) if not path.is_dir() else shutil.rmtree(path)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "socket":
        # The address of a socket may not be long.
        with tempfile.TemporaryDirectory() as short, socket.socket(socket.AF_UNIX) as server:
            server.bind(f"{short}/s")
            shutil.move(f"{short}/s", path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to({"outside": elsewhere, "device": "/dev/zero", "loop": path, "system": "/etc/passwd"}[kind])


@pytest.mark.parametrize("kind", ["outside", "device", "loop", "system", "fifo", "socket", "folder"])
@pytest.mark.parametrize("name", ["data/gazetteer.yaml", "data/sources.yaml", "data/reports/a.yaml", "maps/base.yaml"])
def test_files_that_lead_elsewhere_are_refused(place, name, kind):
    trap(place / name, kind, place.parent / "outside" / name)
    code = {"fifo": "file-kind", "socket": "file-kind", "folder": "file-kind", "loop": "file-unreadable"}.get(kind, "file-link")
    assert code in refused("check")
    if name.startswith("data"):
        assert code in refused("at", "2025-05-20")
        assert code in refused("map", "maps/base.yaml", "-o", "out/page.html")
    assert not list((place / "out").iterdir())


def test_a_reports_folder_that_leads_elsewhere_is_refused(place):
    shutil.rmtree(place / "data" / "reports")
    (place / "data" / "reports").symlink_to(place.parent / "outside" / "data" / "reports")
    assert "file-link" in refused("check")


@pytest.mark.parametrize("name", ["../outside/data/gazetteer.yaml", "/etc/passwd", "..\\x", "C:\\x", "texts/../../outside/x"])
def test_a_text_that_leads_elsewhere_is_refused(place, name):
    (place / "texts").mkdir()
    report = place / "data" / "reports" / "a.yaml"
    report.write_text(f"text: {json.dumps(name)}\n" + report.read_text(encoding="utf-8"), encoding="utf-8")
    assert "text-path" in refused("check", "--texts", "texts")


@pytest.mark.parametrize(
    "data",
    ["http://127.0.0.1/", "/vsicurl/http://127.0.0.1/", "/vsizip/x.zip", "/dev/zero", "file:///etc", "../data/gazetteer.yaml"],
)
def test_a_recipe_names_a_folder_and_nothing_else(place, data):
    recipe = place / "maps" / "base.yaml"
    recipe.write_text(f"title: x\ndata: {data}\n", encoding="utf-8")
    assert refused("check") == ["data-missing"]
    assert "folder-missing" in refused("map", "maps/base.yaml", "-o", "out/page.html")


@pytest.mark.parametrize("command", [*WRITERS[:-1]], ids=" ".join)
@pytest.mark.parametrize("kind", ["link", "device", "fifo", "folder", "nowhere"])
def test_outputs_that_are_no_plain_file_are_refused(place, command, kind):
    target = place / command[-1]
    outside = place.parent / "outside" / "victim"
    outside.write_bytes(b"old")
    if kind == "fifo":
        os.mkfifo(target)
    elif kind == "folder":
        target.mkdir()
    elif kind == "nowhere":
        target.parent.rmdir()
    else:
        target.symlink_to({"link": outside, "device": "/dev/full"}[kind])
    before = sorted(path.name for path in place.rglob("*"))
    found = run(command)
    assert (found.status, found.crash, found.err.count("\n")) == (1, "", 1), found
    assert outside.read_bytes() == b"old"
    assert sorted(path.name for path in place.rglob("*")) == before


VRT = '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("http://127.0.0.1:9/t.csv", None, "table-missing"),
        ("/vsicurl/http://127.0.0.1:9/t.csv", None, "table-missing"),
        ("/vsizip/x.zip/t.csv", None, "table-missing"),
        ("../outside/none.csv", None, "table-missing"),
        ("/dev/zero", None, "table-missing"),
        ("pipe.csv", "fifo", "table-missing"),
        ("t.vrt", VRT, "table-kind"),
        ("t.geojson", VRT, "table-kind"),
        ("t.gpkg", VRT, "table-kind"),
        ("t.parquet", VRT, "table-kind"),
        ("t.xlsx", VRT, "table-kind"),
        ("t.csv", VRT, "column-unknown"),
    ],
)
def test_tables_of_other_kinds_and_from_elsewhere_are_refused(place, name, content, code):
    if content == "fifo":
        os.mkfifo(place / name)
    elif content:
        (place / name).write_text(content, encoding="utf-8")
    assert code in refused("import", name, "--map", "mapping.yaml", "-o", "out/made", "--published", "2007")
    assert not list((place / "out").iterdir())


@pytest.mark.parametrize("mapping", ["http://127.0.0.1/m.yaml", "/dev/zero", "../outside/none.yaml", "pipe.yaml"])
def test_mappings_from_elsewhere_are_refused(place, mapping):
    if mapping == "pipe.yaml":
        os.mkfifo(place / mapping)
    assert refused("import", "table.csv", "--map", mapping, "-o", "out/made", "--published", "2007")
    assert not list((place / "out").iterdir())


def test_no_library_that_opens_spatial_files_is_called():
    """GDAL reads by content, whatever a file is called; Python's hook does not see it. So nothing here asks it to read."""
    for path in sorted((ROOT / "geoposture").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(pyogrio|fiona|osgeo)\b|\bread_file\(|\bread_dataframe\(|\bto_file\(", text), path


def test_watching_listens_on_the_loopback_alone():
    from geoposture.watching.server import _listener

    with _listener(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
