"""Writing a file: the old one or the new one, whatever goes wrong."""

from __future__ import annotations

import resource
import signal

import pytest

from geoposture.files import WriteError, spare, write, write_folder


def test_writes_over_the_old_file_and_leaves_nothing_beside_it(tmp_path):
    target = tmp_path / "page.html"
    write(target, b"old")
    write(target, b"new")
    assert target.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


def test_sweeps_what_a_killed_run_left(tmp_path):
    (tmp_path / ".page.html.0a1b2c3d.tmp").write_bytes(b"half")
    (tmp_path / ".other.html.0a1b2c3d.tmp").write_bytes(b"not ours")
    write(tmp_path / "page.html", b"new")
    assert sorted(file.name for file in tmp_path.iterdir()) == [".other.html.0a1b2c3d.tmp", "page.html"]


@pytest.mark.parametrize("name", ["*", "**", "page?", "[a-z]", "a*"])
def test_a_name_is_not_a_pattern(name, tmp_path):
    others = {".page.0a1b2c3d.tmp", ".page1.0a1b2c3d.tmp", ".b.0a1b2c3d.tmp", ".a1.0a1b2c3d.tmp", ".a.0a1b2c3d.tmp"}
    for other in others:
        (tmp_path / other).write_bytes(b"not ours")
    (tmp_path / f".{name}.0a1b2c3d.tmp").write_bytes(b"half")
    (tmp_path / f".{name}.my-notes.tmp").write_bytes(b"not ours")
    write(tmp_path / name, b"new")
    assert {file.name for file in tmp_path.iterdir()} == {*others, f".{name}.my-notes.tmp", name}


def test_refuses_a_symlink_and_a_folder(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(WriteError, match="symbolic link"):
        write(tmp_path / "link", b"new")
    assert (tmp_path / "real").read_bytes() == b"old"
    with pytest.raises(WriteError, match="not a file"):
        write(tmp_path, b"new")


def test_a_missing_folder_is_one_line(tmp_path):
    with pytest.raises(WriteError) as caught:
        write(tmp_path / "nowhere" / "page.html", b"new")
    assert "\n" not in str(caught.value)


def test_a_full_disk_leaves_the_old_file(tmp_path):
    target = tmp_path / "page.html"
    write(target, b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(WriteError, match="cannot be written"):
            write(target, b"x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)
    assert target.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["page.html"]


@pytest.mark.parametrize("name", ["x" * 300, "x" * 250])
def test_a_name_that_is_too_long_is_one_line(tmp_path, name):
    """Of 250 letters it could be, were there not the longer name of the file beside it."""
    for make in (lambda: write(tmp_path / name, b""), lambda: write_folder(tmp_path / name, {"a": b""})):
        with pytest.raises(WriteError, match=r"x: cannot be written: .*too long.*\.$"):
            make()
    assert list(tmp_path.iterdir()) == []


def test_what_is_read_is_spared_by_whatever_path_it_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims").write_bytes(b"")
    (tmp_path / "same").hardlink_to("claims")
    (tmp_path / "link").symlink_to("claims")
    for target in ("claims", "./claims", "../" + tmp_path.name + "/claims", "same", "link"):
        with pytest.raises(WriteError, match="would overwrite what it is made from"):
            spare(target, "nowhere", "claims")
    spare("other", "claims")
    spare("claims", "other", "x" * 300, "\0")
