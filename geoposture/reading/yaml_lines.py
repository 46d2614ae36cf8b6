"""Strict YAML: text → a tree in which every value is a string that knows its file, line and column.

Only the parser's events are used, never a constructor: nothing is expanded, converted or made. What YAML could do beyond
plain mappings, lists and strings (aliases, anchors, merge keys, tags, directives) is refused. The bounds that keep hostile
files harmless: nesting of 50, a million values, 100 keys in a mapping, 200 faults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from ..errors import Problem
from .codes import Refused, Spot, problem
from .files import CONTROL
from .wording import shown
from .yaml_advice import advise, unclosed

DEEPEST = 50
MOST_VALUES = 1_000_000
MOST_FAULTS = 200
MOST_KEYS = 100
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where PyYAML was built with it: 20 times faster."""

_BROKEN_TEXT = re.compile(f"[{CONTROL}\r]")
_HALF = re.compile("[\ud800-\udfff]")
_HALF_ESCAPE = re.compile(r"\\(?:u|U0000)[dD][89a-fA-F][0-9a-fA-F]{2}")
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TAIL = re.compile(r"[0-9]{3}(?:[^0-9].*)?", re.DOTALL)
_FIGURE = re.compile(r"[~<>=+.,0-9-]+")
_OPENING = "[{\"'"
_NEEDS_QUOTES = frozenset(("personnel", "change"))


@dataclass(slots=True)
class Scalar(Spot):
    """A single value: always text. `plain` tells whether it stands without quotes."""

    text: str = ""
    plain: bool = True

    @property
    def is_null(self) -> bool:
        """Whether nothing stands here: an empty plain value, or `null` or `~` without quotes."""
        return self.plain and self.text in _NULL


@dataclass(slots=True)
class Sequence(Spot):
    """A list."""

    items: tuple[Node, ...] = ()


@dataclass(slots=True)
class Mapping(Spot):
    """Keys with their values, in the order of the file; `keys` tells where each key stands."""

    values: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Spot] = field(default_factory=dict)


@dataclass(slots=True)
class Broken(Spot):
    """A value that has been refused and reported: nothing more is to be said of it."""


Node = Scalar | Sequence | Mapping | Broken


def parse(text: str, file: str, *, loader: Any = LOADER) -> tuple[Mapping | None, list[Problem]]:
    """The tree of a text that `files.decode` let pass, and every fault of its YAML; None if no tree can be made."""
    problems: list[Problem] = []
    try:
        _check_directives(text, file)
        root = _Tree(text, file, loader, problems).document()
    except Refused as error:
        return None, [*problems, error.problem]
    if isinstance(root, Mapping):
        return root, problems
    if not isinstance(root, Broken):
        problems.append(problem(root, "yaml-top", "the file is no mapping of keys to values.", "Begin it with a key."))
    return None, problems


def _check_directives(text: str, file: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("%"):
            what = f"{shown(line)} is a directive."
            raise Refused(Spot(file, number), "yaml-directive", what, "Remove the line.")
        if line.strip() and not line.lstrip().startswith("#"):
            return


class _Tree:
    """One pass over the events of one file."""

    def __init__(self, text: str, file: str, loader: Any, problems: list[Problem]) -> None:
        self.file, self.text, self.problems = file, _evened(text), problems
        self.parser = loader(self.text)
        self.depth = self.count = 0

    def document(self) -> Node:
        """The one document of the file. Raises Refused if the file has none or several, or is no YAML."""
        try:
            self._next()
            if isinstance(self._next(), yaml.StreamEndEvent):
                raise Refused(Spot(self.file), "yaml-empty", "the file holds nothing.", "Write it, or delete it.")
            root = self._node(self._next())
            self._next()
            after = self._next()
        finally:
            self.parser.dispose()
        if not isinstance(after, yaml.StreamEndEvent):
            raise Refused(
                self._spot(after), "yaml-documents", "a second document begins here.", "Put each document into its own file."
            )
        if isinstance(root, Scalar) and root.is_null:
            raise Refused(root, "yaml-empty", "the file holds nothing.", "Write it, or delete it.")
        return root

    def _next(self) -> Any:
        try:
            return self.parser.get_event()
        except yaml.YAMLError as error:
            raise self._syntax(error) from error
        except (ValueError, OverflowError) as error:
            # The pure parser on an escape such as "\UFFFFFFFF", which it reads with chr().
            mark = self.parser.get_mark()
            raise self._refused(mark.line, mark.column) from error

    def _syntax(self, error: yaml.YAMLError) -> Refused:
        mark = getattr(error, "problem_mark", None)
        start = getattr(error, "context_mark", None)
        opening = self._line(start.line)[start.column : start.column + 1] if start else ""
        if start and mark and mark.index >= len(self.text.rstrip()) and opening and opening in _OPENING:
            advice = unclosed(opening)
            return Refused(Spot(self.file, start.line + 1, start.column + 1), advice.code, advice.what, advice.fix)
        return self._refused(mark.line, mark.column) if mark is not None else self._refused(0, 0)

    def _refused(self, line: int, column: int) -> Refused:
        advice = advise(self._line(line), column, self._line(line - 1))
        at = advice.column if advice.column is not None else column
        return Refused(Spot(self.file, line + 1, at + 1), advice.code, advice.what, advice.fix)

    def _line(self, number: int) -> str:
        """One line of the file, counted from 0 as the parsers do; '' before its first and after its last."""
        lines = self.text.splitlines()
        return lines[number] if 0 <= number < len(lines) else ""

    def _spot(self, event: Any) -> Spot:
        return Spot(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _report(self, spot: Spot, code: str, what: str, fix: str) -> Broken:
        if len(self.problems) >= MOST_FAULTS:
            raise Refused(spot, "yaml-many", f"more than {MOST_FAULTS} faults in this file.", "Mend those listed first.")
        self.problems.append(problem(spot, code, what, fix))
        return Broken(spot.file, spot.line, spot.column)

    def _node(self, event: Any) -> Node:
        self.count += 1
        if self.count > MOST_VALUES:
            what = "the file has over a million values."
            raise Refused(self._spot(event), "file-size", what, "Split it; one report is one file.")
        # An alias has an anchor as well: the name that it repeats.
        if event.anchor is not None or event.tag is not None:
            return self._marked(event)
        return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else self._collection(event)

    def _marked(self, event: Any) -> Node:
        """An alias, or a value with an anchor or a tag, each of which is reported."""
        spot = self._spot(event)
        if isinstance(event, yaml.AliasEvent):
            return self._report(
                spot, "yaml-alias", f"{shown(f'*{event.anchor}')} is an alias.", "Write the value; quote it if it is text."
            )
        if event.anchor is not None:
            self._report(
                spot, "yaml-anchor", f"{shown(f'&{event.anchor}')} is an anchor.", "Remove it; quote the value if it is text."
            )
        if event.tag is not None:
            self._report(spot, "yaml-tag", f"{shown(_tag(event.tag))} is a tag.", "Remove it; quote the value if it is text.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        found = self._collection(event)
        # What a tag makes of a list or mapping, nobody knows.
        return found if event.tag is None else Broken(spot.file, spot.line, spot.column)

    def _scalar(self, event: Any) -> Node:
        text, mark = event.value, event.start_mark
        if not text.isprintable():
            # Line breaks are no fault; whatever is one is not printable either.
            if _HALF.search(text):
                raise self._half(event)
            if found := _BROKEN_TEXT.search(text):
                what = f"the value holds the character U+{ord(found[0]):04X}."
                return self._report(self._spot(event), "text-control", what, "Remove it.")
        return Scalar(self.file, mark.line + 1, mark.column + 1, text, not event.style)

    def _half(self, event: Any) -> Refused:
        """The pure parser lets half of a character pass; libyaml refuses the escape, and so does this."""
        for line in range(event.start_mark.line, event.end_mark.line + 1):
            start = event.start_mark.column if line == event.start_mark.line else 0
            if found := _HALF_ESCAPE.search(self._line(line), start):
                return self._refused(line, found.start() + 2)
        return self._refused(event.start_mark.line, event.start_mark.column)

    def _collection(self, event: Any) -> Node:
        spot = self._spot(event)
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(spot, "yaml-depth", f"nesting deeper than {DEEPEST}.", "Remove the brackets, or quote the value.")
        if isinstance(event, yaml.SequenceStartEvent):
            found: Node = self._sequence(spot)
        else:
            found = self._mapping(spot, flow=bool(event.flow_style))
        self.depth -= 1
        return found

    def _sequence(self, spot: Spot) -> Sequence:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return Sequence(spot.file, spot.line, spot.column, tuple(items))

    def _mapping(self, spot: Spot, *, flow: bool) -> Mapping:
        found = Mapping(spot.file, spot.line, spot.column)
        last: str | None = None
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event)
            following = self._next()
            value = self._node(following)
            if not isinstance(key, Scalar) or not key.text:
                if not isinstance(key, Broken):
                    self._report(key, "yaml-key", "a key is a word; this is none.", "Write a word, then a colon and a space.")
                continue
            if flow and last is not None and self._is_tail(key, value, found.values[last]):
                self._rejoin(found, last, key)
                continue
            if key.text in _NEEDS_QUOTES and getattr(following, "style", None) in ("|", ">"):
                value = self._header(key, value)
            if self._add(found, key, value):
                last = key.text
        return found

    def _add(self, found: Mapping, key: Scalar, value: Node) -> bool:
        """Put a pair into the mapping, unless it is one that is refused; then report it."""
        if key.plain and key.text == "<<":
            self._report(key, "yaml-merge", '"<<" is the merge key.', "Write the keys themselves.")
            return False
        if key.text in found.keys:
            lines = f"on lines {found.keys[key.text].line} and {key.line}"
            self._report(key, "yaml-duplicate", f"the key {shown(key.text)} stands twice, {lines}.", "Remove one of the two.")
            return False
        if isinstance(value, Scalar) and value.is_null:
            # The two parsers place an empty value differently.
            value = Scalar(key.file, key.line, key.column, value.text)
        if len(found.keys) >= MOST_KEYS:
            raise Refused(
                key, "yaml-many", f"more than {MOST_KEYS} keys in one mapping.", "Remove those that are none of the format."
            )
        found.keys[key.text] = key
        found.values[key.text] = value
        return True

    def _is_tail(self, key: Scalar, value: Node, before: Node) -> bool:
        """Whether a key without a value is what YAML left of `2,500` after it took the comma for the end of a pair."""
        if not (isinstance(value, Scalar) and value.is_null and value.text == "" and key.plain and _TAIL.fullmatch(key.text)):
            return False
        return isinstance(before, Broken) or (isinstance(before, Scalar) and before.plain and before.text[-1:].isdigit())

    def _rejoin(self, found: Mapping, last: str, key: Scalar) -> None:
        before = found.values[last]
        if isinstance(before, Scalar):
            written = _FIGURE.match(self._line(before.line - 1), before.column - 1)
            whole = written[0].rstrip(",") if written else f"{before.text},{key.text}"
            fix = f'Write {last}: "{whole}".'
            found.values[last] = self._report(before, "yaml-quotes", f"{shown(whole)} needs quotes inside {{…}}.", fix)

    def _header(self, key: Scalar, value: Node) -> Node:
        """A figure such as `>5` that YAML took for the head of a block of text."""
        line = self._line(value.line - 1)[value.column - 1 :].split("#")[0].strip()
        return self._report(value, "yaml-quotes", f"{shown(line)} needs quotes.", f'Write {key.text}: "{line[:40]}".')


def _evened(text: str) -> str:
    """The text without what the two parsers take differently: tabs that do not indent, and a last line without an end."""
    if "\t" in text:
        text = re.sub(r"(?<=[^\s])[ \t]*\t[ \t]*", lambda found: " " * len(found[0]), text)
    return text if text.endswith(("\n", "\r")) else f"{text}\n"


def _tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!") if tag.startswith("tag:yaml.org,2002:") else tag
