"""Killed at any moment, and on full disks: the old file or the new one, never another, and no success that is none.

`make faults` kills 500 writers; the disk is a tmpfs where one can be mounted, else the size of files is limited.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter

import pytest

from . import trial
from .asking import run
from .kinds import ROOT
from .writers import OLD, WRITERS, is_leftover, lay_out, leftovers, put_old, state, verdict

KILLS = int(os.environ.get("GEOPOSTURE_KILLS", "50"))
SIZES = int(os.environ.get("GEOPOSTURE_DISK_SIZES", "20"))
NAMES = [writer.name for writer in WRITERS]


@pytest.mark.parametrize("half", [0, 1])
def test_a_writer_killed_at_any_moment_leaves_the_old_or_the_new(half, tmp_path):
    command = [sys.executable, "-m", "tests.hostile.killing", str(half), "2", str(KILLS // 2), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert not [one for one in found if one["fault"]]
    killed = Counter(one["became"] for one in found if one["killed"])
    assert killed.total() == KILLS // 2
    # Moments of every kind: before the file is put in its place, with bytes on their way, and after.
    assert killed["old"]
    assert killed["new"]
    assert any(one["left"] for one in found)


def test_the_verdict_sees_half_a_file_and_a_leftover(tmp_path):
    writer, folder = WRITERS[0], tmp_path / "ground"
    lay_out(folder)
    put_old(writer, folder)
    (folder / writer.target).write_bytes(b"half")
    (folder / "out" / "core").write_bytes(b"")
    assert "neither the old nor the new" in verdict(writer, state(writer, folder), {"": OLD}, {"": b"half a file"})
    assert leftovers(writer, folder) == ["core"]
    assert not is_leftover("core")
    assert is_leftover(".all.csv.0a1b2c3d.tmp")


@contextlib.contextmanager
def limited(room, _folder):
    """No file can grow beyond `room` bytes."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)


@contextlib.contextmanager
def mounted(folder, kilobytes):
    """A file system of so many kilobytes in the folder's place."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)], check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


@functools.cache
def can_mount():
    # Several runs ask at once: each has a folder of its own.
    with tempfile.TemporaryDirectory() as folder:
        try:
            with mounted(folder, 64):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


@pytest.fixture
def ground(tmp_path, monkeypatch):
    folder = tmp_path / "ground"
    lay_out(folder)
    monkeypatch.chdir(folder)
    # The base map is cut once and not at every size.
    trial._keep_base_map()
    return folder


def whole(writer, folder):
    put_old(writer, folder)
    old = state(writer, folder)
    assert run(writer.command).status == 0
    return old, state(writer, folder)


def assert_in_order(writer, folder, done, old, new):
    assert done.crash == ""
    found = state(writer, folder)
    assert verdict(writer, found, old, new) is None
    if done.status == 0:
        assert found == new, "success, but not the new one"
    else:
        assert done.status == 1
        assert found == old or writer.grows, "a failure, but not the old one"
        assert done.err.count("\n") == 1, done.err
        assert "cannot be written" in done.err
    assert not leftovers(writer, folder)


@pytest.mark.parametrize("writer", WRITERS, ids=NAMES)
def test_files_that_cannot_grow_at_many_sizes(writer, ground):
    old, new = whole(writer, ground)
    largest = max(map(len, new.values()))
    endings = set()
    for step in range(SIZES):
        put_old(writer, ground)
        with limited(largest * step // (SIZES - 1), ground):
            done = run(writer.command)
        assert_in_order(writer, ground, done, old, new)
        endings.add(done.status)
    assert endings == {0, 1}


@pytest.mark.skipif(not can_mount(), reason="no file system can be mounted here: the size of files is limited instead, above")
@pytest.mark.parametrize("writer", WRITERS, ids=NAMES)
def test_a_file_system_that_is_full_at_many_sizes(writer, ground):
    old, new = whole(writer, ground)
    put_old(writer, ground)
    before = ground.parent / "before"
    shutil.copytree(ground / "out", before)
    needed = sum(-len(content) // 4096 * -4 for content in (*new.values(), *old.values())) * (2 if writer.is_folder else 1) + 40
    endings = set()
    steps = max(SIZES // 4, 5)
    for step in range(1, steps + 1):
        with mounted(ground / "out", max(needed * step // steps, 8) // 4 * 4):
            try:
                shutil.copytree(before, ground / "out", dirs_exist_ok=True)
            except shutil.Error:
                continue  # too small for what stood there before
            done = run(writer.command)
            assert_in_order(writer, ground, done, old, new)
            endings.add(done.status)
    assert 0 in endings
    assert 1 in endings or needed < 200, "a small file may find room wherever the old one does"
