"""Whatever goes wrong while a file is written, the old one stays whole, and the same input gives the same bytes."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys

import pytest

from geoposture import files
from geoposture.files import WriteError
from geoposture.formats import FORMATS
from geoposture.layers import export
from geoposture.reading import read
from geoposture.resolution import resolve

NAMES = [f"all.{form}" for form in FORMATS] + ["all.lpf.json", "all.jsonld"]


@pytest.fixture
def episodes(worked):
    return resolve(read(worked(9)))


@contextlib.contextmanager
def full_disk(room):
    """No file can grow beyond `room` bytes, as on a disk that is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)


def old_file(tmp_path, name):
    target = tmp_path / "out" / name
    target.parent.mkdir()
    target.write_bytes(b"old")
    return target


def assert_untouched(target):
    assert target.read_bytes() == b"old"
    assert [file.name for file in target.parent.iterdir()] == [target.name]


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_is_one_line_and_leaves_the_old_file(name, episodes, tmp_path):
    target = old_file(tmp_path, name)
    with full_disk(1000), pytest.raises(WriteError, match="cannot be written") as caught:
        export(episodes, target)
    assert "\n" not in str(caught.value)
    assert_untouched(target)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("share", [0, 0.5, 0.99])
def test_half_a_file_that_nobody_complained_of_is_found_by_reading_it_back(name, share, episodes, tmp_path, monkeypatch):
    target = old_file(tmp_path, name)
    monkeypatch.setattr(files, "_write_synced", lambda path, content: path.write_bytes(content[: int(len(content) * share)]))
    with pytest.raises(WriteError, match="read back"):
        export(episodes, target)
    assert_untouched(target)


@pytest.mark.parametrize("name", NAMES)
def test_a_symbolic_link_is_refused(name, episodes, tmp_path):
    target = old_file(tmp_path, name)
    link = tmp_path / f"link-{name}"
    link.symlink_to(target)
    with pytest.raises(WriteError, match="symbolic link"):
        export(episodes, link)
    assert_untouched(target)


def test_a_missing_folder_is_one_line_for_every_format(episodes, tmp_path):
    for name in NAMES:
        with pytest.raises(WriteError) as caught:
            export(episodes, tmp_path / "nowhere" / name)
        assert "\n" not in str(caught.value)


SCRIPT = """
import hashlib, sys
from pathlib import Path
from geoposture.layers import export
from geoposture.reading import read
from geoposture.resolution import resolve
episodes = resolve(read(sys.argv[1]))
for name in sys.argv[3:]:
    path = Path(sys.argv[2]) / name
    export(episodes, path)
    print(name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_in_every_zone_locale_and_folder(worked, tmp_path):
    data, seen = worked(9), set()
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "C.UTF-8", "Asia/Baghdad"), ("2", "C", "America/New_York")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        folder = tmp_path / f"out-{seed}"
        folder.mkdir()
        command = [sys.executable, "-c", SCRIPT, str(data), str(folder), *NAMES]
        seen.add(subprocess.run(command, capture_output=True, check=True, env=environment).stdout)
    assert len(seen) == 1
