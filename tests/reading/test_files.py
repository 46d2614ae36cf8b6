"""Files that are no files, lead elsewhere, or are too large."""

from __future__ import annotations

import os
import socket

import pytest

from geoposture.reading.codes import Refused
from geoposture.reading.files import LARGEST, decode, read_text

REPORT = "data/reports/x.yaml"
GOOD = "publisher: courier\npublished: 2025-06-01\n"


def refused(path, root=None):
    with pytest.raises(Refused) as raised:
        read_text(path, "f", root)
    return raised.value.problem.code


def test_a_link_inside_the_folder_is_followed(folder, found):
    (folder / "data" / "kept.txt").write_text(GOOD)
    (folder / REPORT).symlink_to("../kept.txt")
    assert found() == []


def test_a_link_out_of_the_folder_is_refused(folder, found):
    (folder / "secret").write_text(GOOD)
    (folder / REPORT).symlink_to(folder / "secret")
    assert found() == [f"{REPORT}:1:1 file-link"]


def test_a_link_to_itself_is_refused(folder, found):
    (folder / REPORT).symlink_to("x.yaml")
    assert found() == [f"{REPORT}:1:1 file-unreadable"]


def test_a_link_to_nothing_is_missing(folder, found):
    (folder / REPORT).symlink_to("nowhere")
    assert found() == [f"{REPORT}:1:1 file-missing"]


def test_a_linked_folder_of_reports_is_refused(folder, found):
    (folder / "data" / "reports").rename(folder / "elsewhere")
    (folder / "data" / "reports").symlink_to("../elsewhere")
    assert found() == ["data/reports:1:1 file-link"]


def test_the_data_folder_itself_may_be_a_link(folder, found):
    (folder / "data").rename(folder / "real")
    (folder / "data").symlink_to("real")
    assert found() == []


def test_a_pipe_does_not_hang(folder, found):
    os.mkfifo(folder / REPORT)
    assert found() == [f"{REPORT}:1:1 file-kind"]


def test_a_device_and_a_socket_are_refused(folder, tmp_path_factory):
    with socket.socket(socket.AF_UNIX) as opened:
        # A socket's path has to be short.
        os.chdir(folder)
        opened.bind("s")
        assert refused(folder / "s") == "file-kind"
    assert refused(folder.__class__("/dev/null")) == "file-kind"


def test_a_file_where_a_folder_is_wanted(folder, found):
    for name in ("a.yaml", "b.yaml"):
        (folder / "data" / "reports" / name).unlink()
    (folder / "data" / "reports").rmdir()
    (folder / "data" / "reports").write_text("none")
    assert found() == ["data/reports:1:1 file-kind"]


def test_over_ten_megabytes_is_refused(folder, found):
    assert found({REPORT: GOOD + "#" * LARGEST}) == [f"{REPORT}:1:1 file-size"]


def test_what_the_system_does_not_let_be_read(folder, monkeypatch):
    def denied(*_args, **_options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    assert refused(folder / "data" / "forces.yaml") == "file-unreadable"


def test_names_that_no_file_can_have(folder):
    assert refused(folder / "a\0b") == "file-unreadable"
    assert refused(folder / ("a" * 5000)) == "file-unreadable"


def test_a_byte_order_mark_is_no_part_of_the_text():
    assert decode(b"\xef\xbb\xbfa: b\n", "f") == "a: b\n"


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b"a: b\r\nc: \x00d", "file-control", 2, 4),
        (b"a: b\rc: \x7f", "file-control", 2, 4),
        ("a: ü\x9f".encode(), "file-control", 1, 5),
        (b"\xef\xbb\xbfa: \xff", "file-encoding", 1, 4),
        ("a: b".encode("utf-32"), "file-encoding", 1, 1),
        ("a: b".encode("utf-16-be"), "file-encoding", 1, 1),
        (b"\xc0\x80", "file-encoding", 1, 1),
        (b"7z\xbc\xaf\x27\x1c", "file-archive", 1, 1),
    ],
)
def test_what_is_no_text(content, code, line, column):
    with pytest.raises(Refused) as raised:
        decode(content, "f")
    problem = raised.value.problem
    assert (problem.code, problem.line, problem.column) == (code, line, column)
