"""Who stands on a list from when to when: spells of codes over numbered steps, and the list as it is at some of the steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .columns import Ints, Mask
from .grouping import ranges


@dataclass(frozen=True, slots=True, eq=False)
class Spells:
    """Each code stands on the list in the steps `[first, stop)`; the spells of one code neither overlap nor touch."""

    code: Ints
    first: Ints
    stop: Ints

    @classmethod
    def of(cls, code: Ints, step: Ints) -> Spells:
        """The longest spells of these codes, which stand on the list in these steps, in whatever order and however often."""
        stride = _stride(step)
        key = np.sort(code.astype(np.int64) * stride + step)
        apart = key[1:] - key[:-1] > 1
        first, last = key[np.append(True, apart)[: len(key)]], key[np.append(apart, True)[: len(key)]]
        return cls(first // stride, first % stride, last % stride + 1)

    @classmethod
    def joined(cls, parts: Iterable[Spells]) -> Spells:
        """The spells of all these parts, which may overlap and touch."""
        code, first, stop = (
            np.concatenate(column) for column in zip(*((part.code, part.first, part.stop) for part in parts), strict=True)
        )
        stride = _stride(stop)
        order = np.argsort(code * stride + first)
        begin, end = (code * stride + first)[order], np.maximum.accumulate((code * stride + stop)[order])
        apart = begin[1:] > end[:-1]
        begin, end = begin[np.append(True, apart)[: len(begin)]], end[np.append(apart, True)[: len(end)]]
        return cls(begin // stride, begin % stride, end - begin // stride * stride)

    def without(self, others: Spells) -> Spells:
        """What is left of each code's spells beside those that others give it; both may overlap. Looks at step after step."""
        (code, step), (taken, when) = (_each_step(spells) for spells in (self, others))
        stride = max(_stride(self.stop), _stride(others.stop))
        left = ~np.isin(code * stride + step, taken * stride + when)
        return Spells.of(code[left], step[left])

    def where(self, keep: Mask) -> Spells:
        """Those for which `keep` is true."""
        return Spells(self.code[keep], self.first[keep], self.stop[keep])

    def listed(self, names: Sequence[str], steps: Ints) -> list[tuple[str, ...]]:
        """The names on the list at each of these steps, which ascend, in the order of the codes.

        Where nobody comes or goes it is the same tuple: a list of hundreds that changes by one at a time is not made anew from
        hundreds of entries, but by one insertion and one copy.
        """
        codes: list[int] = []
        listed: list[str] = []
        found: list[tuple[str, ...]] = []
        step = np.concatenate([self.first, self.stop])
        order = np.argsort(step, kind="stable")
        turning = np.concatenate([self.code, self.code])[order].tolist()
        until = np.searchsorted(step[order], steps, side="right").tolist()
        done = 0
        now: tuple[str, ...] = ()
        for upto in until:
            if upto > done:
                for code in turning[done:upto]:
                    at = bisect_left(codes, code)
                    if at < len(codes) and codes[at] == code:
                        del codes[at], listed[at]
                    else:
                        codes.insert(at, code)
                        listed.insert(at, names[code])
                done, now = upto, tuple(listed)
            found.append(now)
        return found


def _each_step(spells: Spells) -> tuple[Ints, Ints]:
    """(code, step) for every step of every spell."""
    owner, step = ranges(spells.first, spells.stop - spells.first)
    return spells.code[owner], step


def _stride(steps: Ints) -> int:
    """More than one beyond the last step, so that the spells of neighbouring codes never touch in packed keys."""
    return int(steps.max(initial=0)) + 2
