"""Watching: a change shows without a reload, problems show as text above the last good page, and nobody else gets an answer."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from contextlib import contextmanager

import pyarrow.parquet as pq
import pytest

import geoposture
from tests.conftest import ROOT, WORKED

DEADLINE = 60
HOSTILE = "<img src=x onerror=document.title=1><script>document.title=2</script>"


class Watched:
    """A server in a process of its own, about a copy of a worked example."""

    def __init__(self, folder, *options, recipe="maps/one.yaml", program=("-m", "geoposture")):
        self.recipe, self.report = folder / recipe, next((folder / "data" / "reports").iterdir())
        command = [sys.executable, "-u", "-W", "error", *program, "map", recipe, "--watch", *options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder)
        self.url = self.process.stdout.readline().split(" ", 1)[0].rstrip("/")

    def get(self, path, **headers):
        request = urllib.request.Request(self.url + path, headers=headers)
        with urllib.request.urlopen(request, timeout=DEADLINE) as answer:
            return answer.read(), answer.headers

    def state(self, after=-1):
        """The state as soon as its version is another than `after`: the answer comes when there is news."""
        while True:
            state = json.loads(self.get(f"/state?after={after}")[0])
            if state["version"] != after:
                return state

    def first(self):
        """The first state that has something to show."""
        state = self.state()
        return state if state["version"] else self.state(state["version"])

    def end(self):
        self.process.send_signal(signal.SIGINT)
        out, err = self.process.communicate(timeout=DEADLINE)
        return self.process.returncode, out, err


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(WORKED / "base", tmp_path / "data")
    example = next(WORKED.glob("1-*"))
    shutil.copytree(example / "reports", tmp_path / "data" / "reports")
    (tmp_path / "maps").mkdir()
    (tmp_path / "maps" / "one.yaml").write_text("title: First title\ndata: ../data\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def watched(folder):
    started = Watched(folder)
    yield started
    started.process.kill()
    started.process.communicate()


def test_a_change_gives_a_new_page_and_ctrl_c_ends_with_0(watched, folder):
    state = watched.first()
    assert (state["page"], state["problems"]) == (1, [])
    content, headers = watched.get("/page")
    assert b"First title" in content
    assert content == (folder / "maps" / "one.html").read_bytes()
    assert headers["Content-Security-Policy"] == "frame-ancestors 'self'"
    watched.recipe.write_text("title: Second title\ndata: ../data\n", encoding="utf-8")
    assert watched.state(state["version"])["page"] == 2
    assert b"Second title" in watched.get("/page")[0]
    code, _, err = watched.end()
    assert (code, err) == (0, "")


def test_problems_are_told_line_by_line_and_the_last_good_page_stays(watched):
    state = watched.first()
    good, _ = watched.get("/page")
    whole = watched.report.read_text(encoding="utf-8")
    watched.report.write_text(whole + "\nnonsense: true\n", encoding="utf-8")
    broken = watched.state(state["version"])
    assert broken["page"] == 1
    assert any("nonsense" in line and re.match(r"data/reports/.*:\d+:\d+ ", line) for line in broken["problems"])
    assert not any("\n" in line for line in broken["problems"])
    assert watched.get("/page")[0] == good
    watched.report.write_text(whole, encoding="utf-8")
    mended = watched.state(broken["version"])
    assert (mended["page"], mended["problems"]) == (1, [])


def test_warnings_are_told_beside_a_page_that_could_be_built(folder, browser):
    stray = folder / "data" / "reports" / "stray.yml"
    stray.write_text("title: nobody reads this\n", encoding="utf-8")
    watched = Watched(folder)
    context = browser.new_context()
    try:
        state = watched.first()
        assert (state["page"], state["problems"]) == (1, [])
        (warning,) = (line for line in state["warnings"] if "stray.yml" in line)
        assert re.match(r"data/reports/stray\.yml.* warning ", warning)
        page = context.new_page()
        page.goto(watched.url, timeout=DEADLINE * 1000)
        summary = page.get_by_text(re.compile("^[0-9]+ warnings?$"))
        summary.wait_for(timeout=DEADLINE * 1000)
        count = int(summary.inner_text().split()[0])
        assert page.get_by_role("listitem").count() == 0
        summary.click()
        assert page.get_by_role("listitem").count() == count == len(state["warnings"])
        assert page.get_by_role("listitem").filter(has_text="stray.yml").is_visible()
        stray.unlink()
        watched.recipe.write_text("title: Second title\ndata: ../data\n", encoding="utf-8")
        state = watched.state(state["version"])
        assert not any("stray.yml" in line for line in state["warnings"])
        page.get_by_text("stray.yml").wait_for(state="detached", timeout=DEADLINE * 1000)
        code, out, _ = watched.end()
        assert (code, out.count("stray.yml")) == (0, 1)
    finally:
        context.close()
        watched.process.kill()
        watched.process.communicate()


def test_a_page_that_never_was_good(folder):
    (folder / "data" / "forces.yaml").write_text("forces: [", encoding="utf-8")
    watched = Watched(folder)
    try:
        assert watched.first()["problems"]
        with pytest.raises(urllib.error.HTTPError) as refused:
            watched.get("/page")
        assert refused.value.code == 503
        refused.value.close()
        shutil.copy(WORKED / "base" / "forces.yaml", folder / "data" / "forces.yaml")
        assert watched.state(watched.state()["version"])["page"] == 1
        assert watched.end()[0] == 0
    finally:
        watched.process.kill()
        watched.process.communicate()


def test_a_new_report_and_a_data_folder_that_comes_back(watched, folder):
    state = watched.first()
    (folder / "data").rename(folder / "away")
    state = watched.state(state["version"])
    assert state["problems"]
    (folder / "away").rename(folder / "data")
    state = watched.state(state["version"])
    while state["problems"]:
        state = watched.state(state["version"])
    shutil.copy(watched.report, watched.report.with_name("another.yaml"))
    while state["page"] == 1:
        state = watched.state(state["version"])
    assert b"another" in watched.get("/page")[0]


def pack(folder, form):
    """Pack the folder's data into one file or a folder of parts."""
    single, parts = folder / "claims.parquet", folder / "parts"
    geoposture.pack(geoposture.read(folder / "data"), single)
    if form == "file":
        return single
    parts.mkdir(exist_ok=True)
    table = pq.read_table(single)
    (parts / "_geoposture.json").write_bytes(table.schema.metadata[b"geoposture"])
    pq.write_table(table, parts / "part-0.parquet")
    return parts


@contextmanager
def watching(folder, *options, **chosen):
    started = Watched(folder, *options, **chosen)
    try:
        yield started
    finally:
        started.process.kill()
        started.process.communicate()


@pytest.mark.parametrize("form", ["file", "parts"])
def test_a_table_that_is_packed_anew_gives_a_new_page(folder, form):
    table = pack(folder, form)
    with watching(folder, "--data", str(table)) as watched:
        state = watched.first()
        assert (state["page"], state["problems"]) == (1, [])
        shutil.copy(watched.report, watched.report.with_name("another.yaml"))
        pack(folder, form)
        while state["page"] == 1:
            state = watched.state(state["version"])
        assert b"another" in watched.get("/page")[0]
        assert watched.end()[0] == 0


def test_the_places_of_another_gazetteer_are_used_and_watched(folder):
    table = pack(folder, "file")
    gazetteer = folder / "elsewhere" / "places.yaml"
    gazetteer.parent.mkdir()
    with watching(folder, "--data", str(table), "--gazetteer", str(gazetteer)) as watched:
        state = watched.first()
        assert (state["page"], len(state["problems"])) == (0, 1)
        assert "elsewhere/places.yaml" in state["problems"][0]
        places = (folder / "data" / "gazetteer.yaml").read_text(encoding="utf-8")
        gazetteer.write_text(places.replace("Camp Dun", "Camp Grau"), encoding="utf-8")
        state = watched.state(state["version"])
        assert (state["page"], state["problems"]) == (1, [])
        assert b"Camp Grau" in watched.get("/page")[0]
        gazetteer.write_text(places.replace("Camp Dun", "Camp Noir"), encoding="utf-8")
        assert watched.state(state["version"])["page"] == 2
        assert b"Camp Noir" in watched.get("/page")[0]


def test_a_folder_has_its_own_gazetteer(folder):
    with watching(folder, "--gazetteer", "data") as watched:
        assert watched.first()["problems"] == ["data: is a data folder and has its own gazetteer. Leave --gazetteer out."]


LONG = "a" * 300


def test_no_data_that_a_recipe_names_ends_the_watch(watched):
    state = watched.first()
    for name in (LONG, f"{LONG}/..", '"a\\0b"', "one.yaml", "/dev/null", "."):
        watched.recipe.write_text(f"title: First title\ndata: {name}\n", encoding="utf-8")
        state = watched.state(state["version"])
        assert (state["page"], bool(state["problems"])) == (1, True)
    watched.recipe.write_text("title: Second title\ndata: ../data\n", encoding="utf-8")
    assert watched.state(state["version"])["page"] == 2
    code, _, err = watched.end()
    assert (code, err) == (0, "")


def test_nor_does_the_data_that_the_command_names(folder):
    with watching(folder, "--data", LONG) as watched:
        (problem,) = watched.first()["problems"]
        assert "folder-missing" in problem
        code, _, err = watched.end()
        assert (code, err) == (0, "")


FAULTY = """
import sys
from pathlib import Path
from geoposture import mapping
from geoposture.cli import main
from geoposture.watching import rebuilding
def build(recipes, **options):
    if "Broken" in Path(recipes[0]).read_text():
        raise RuntimeError("two\\nlines")
    return mapping.build(recipes, **options)
rebuilding.build = build
folders = rebuilding.Inputs.folders
rebuilding.Inputs.folders = lambda inputs: [*folders(inputs), Path("away")]
main()
"""


def test_neither_a_fault_of_the_program_nor_a_folder_that_cannot_be_watched_ends_it(folder):
    with watching(folder, program=("-c", FAULTY)) as watched:
        state = watched.first()
        assert (state["page"], state["problems"]) == (1, [])
        watched.recipe.write_text("title: Broken title\ndata: ../data\n", encoding="utf-8")
        state = watched.state(state["version"])
        told = r"maps/one.yaml: no page, by a fault of geoposture itself: RuntimeError: two\nlines"
        assert (state["page"], state["problems"]) == (1, [told])
        watched.recipe.write_text("title: Second title\ndata: ../data\n", encoding="utf-8")
        assert watched.state(state["version"])["page"] == 2
        code, out, err = watched.end()
        assert (code, err) == (0, "")
        assert told in out.splitlines()


def test_a_watch_ends_quietly_when_nobody_reads_what_it_tells(folder):
    watched = Watched(folder)
    try:
        watched.first()
        watched.process.stdout.close()
        watched.recipe.write_text("title: Second title\ndata: ../data\n", encoding="utf-8")
        watched.process.wait(timeout=DEADLINE)
        assert watched.process.stderr.read() == ""
    finally:
        watched.process.kill()
        watched.process.wait()
        watched.process.stderr.close()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80", "10.0.0.1"])
@pytest.mark.parametrize("path", ["/", "/page", "/state", "/watch.js"])
def test_a_foreign_host_is_refused(watched_once, host, path):
    with pytest.raises(urllib.error.HTTPError) as refused:
        watched_once.get(path, Host=host)
    assert refused.value.code == 400
    refused.value.close()


@pytest.fixture(scope="module")
def watched_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("watched")
    (folder / "maps").mkdir()
    (folder / "data" / "reports").mkdir(parents=True)
    (folder / "data" / "reports" / "r.yaml").write_text("id: r\n", encoding="utf-8")
    (folder / "maps" / "one.yaml").write_text("title: T\ndata: ../data\n", encoding="utf-8")
    started = Watched(folder)
    yield started
    started.process.kill()
    started.process.communicate()


def test_the_frame_may_run_one_script_and_ask_this_server_only(watched_once):
    content, headers = watched_once.get("/")
    policy = dict(rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["connect-src"] == policy["frame-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert content.count(b"<script") == 1
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    _, headers = watched_once.get("/state")
    assert headers["Content-Type"] == "application/json"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_only_this_machine_is_served(watched_once):
    port = int(watched_once.url.rpartition(":")[2])
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.settimeout(DEADLINE)
        # All of 127/8 is this machine, but only 127.0.0.1 is listened on.
        assert other.connect_ex(("127.0.0.2", port)) != 0


def test_no_script_puts_text_into_the_frame_as_markup():
    script = (ROOT / "geoposture" / "watching" / "browser" / "watch.js").read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|srcdoc", script)


def test_a_browser_shows_hostile_problems_as_text_and_the_new_page(watched, browser):
    whole = watched.report.read_text(encoding="utf-8")
    watched.first()
    context = browser.new_context()
    try:
        page = context.new_page()
        faults = []
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(watched.url, timeout=DEADLINE * 1000)
        title = page.frame_locator("#page").locator("h1", has_text="First title")
        title.wait_for(timeout=DEADLINE * 1000)
        watched.report.write_text(f"{whole}\n? {json.dumps(HOSTILE)}\n: x\n", encoding="utf-8")
        problem = page.locator("#list li", has_text="<img src=x")
        problem.first.wait_for(timeout=DEADLINE * 1000)
        assert page.locator("#problems img, #problems script").count() == 0
        assert page.title() == "geoposture: watching"
        assert title.count() == 1
        watched.recipe.write_text("title: Second title\ndata: ../data\n", encoding="utf-8")
        watched.report.write_text(whole, encoding="utf-8")
        page.frame_locator("#page").locator("h1", has_text="Second title").wait_for(timeout=DEADLINE * 1000)
        page.locator("#problems").wait_for(state="hidden", timeout=DEADLINE * 1000)
        assert faults == []
    finally:
        context.close()


def run(folder, *arguments, program=("-m", "geoposture")):
    command = [sys.executable, *program, "map", str(folder / "maps" / "one.yaml"), "--watch", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE, check=False, env={**os.environ})


def test_a_port_that_is_taken(folder):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = run(folder, "--port", port)
    assert (result.returncode, result.stderr.count("\n")) == (2, 1)
    assert f"--port {port}" in result.stderr


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "watchfiles"])
def test_without_the_extra_the_command_says_what_to_install(folder, missing):
    program = f"import sys; sys.modules['{missing}'] = None; from geoposture.cli import main; main()"
    result = run(folder, program=("-c", program))
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
    assert "pip install 'geoposture[watch]'" in result.stderr
