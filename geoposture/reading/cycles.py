"""Circles in things that contain or replace one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def circles(above: Mapping[str, str]) -> Iterator[list[str]]:
    """Each circle of a relation in which everything has at most one thing above it: its members in order, each once.

    A circle begins with the member that comes first in `above`, and circles come in that order too.
    """
    done: set[str] = set()
    for start in above:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at not in done and at not in path:
            path[at] = None
            at = above.get(at)
        if at is not None and at in path:
            members = list(path)
            yield members[members.index(at) :]
        done.update(path)


def drawn(members: list[str]) -> str:
    """A circle in words: 'a → b → a'."""
    return " → ".join([*members, members[0]])
