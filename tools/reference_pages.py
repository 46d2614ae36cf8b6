"""The pages that people look things up in, made from the code: commands, keys of the files, columns of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import typer.main
from column_words import TABLES, WORDS

from geoposture.cli import app
from geoposture.frames import CONTRACTS
from geoposture.importing import mapping_schema
from geoposture.reading import KINDS, json_schema

_MADE = "This page is made from the code by `tools/generated_docs.py`.\n"

_COMMANDS = """# Commands

`geoposture COMMAND --help` says the same on the terminal. `geoposture --install-completion` teaches your shell to complete
commands and options. A command ends with 0 when it is done, with 1 when the input has problems or a file cannot be written,
and with 2 when it was called in a way that it does not know.
"""

_KINDS = {
    "text": "text",
    "day": "day",
    "int": "whole number",
    "bool": "true or false",
    "list": "list of texts",
    "point": "point",
    "number": "number",
    "outline": "outline",
}

_COLUMNS = """# Columns

Every column of every table, in order. The names are the same in Python, on the command line and in each file format; what a
format does with a day, a list or an empty value is said [on the page about GIS](gis.md#what-each-format-keeps). Every column
but lists and true-or-false may be empty. Periods are half-open: `valid_to` is the first day on which something no longer holds.
"""

_KEYS = """# Keys

Every key of every file that people write, from the JSON Schemas by which editors complete and check. A bold key is required.
[The YAML that people write](data-format.md) shows the files as a whole, [what the words mean](semantics.md) what follows from
them, and [how to code a claim](coding.md) how to get from a paragraph to them.
"""

_FILES = {
    "gazetteer": "gazetteer.yaml",
    "forces": "forces.yaml",
    "sources": "sources.yaml",
    "report": "reports/*.yaml",
    "recipe": "maps/*.yaml, a recipe",
    "mapping": "A mapping for import",
}


def commands() -> str:
    """docs/commands.md."""
    found = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    parts = [_COMMANDS, _MADE]
    for name, command in found.items():
        parts += _command(name, command)
    return "\n".join(parts).rstrip() + "\n"


def _command(name: str, command: Any) -> Iterator[str]:
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.params if one.param_type_name == "option"]
    words = [one.metavar or one.name.upper() for one in arguments]
    yield f"\n## geoposture {name}\n"
    yield _paragraphs(command.help)
    yield f"\n```text\ngeoposture {' '.join([name, *words])} [OPTIONS]\n```\n"
    if command.epilog:
        yield f"For example:\n\n{_example(command.epilog)}\n"
    yield "| option | takes | what it is | |\n| --- | --- | --- | --- |"
    for one, word in zip(arguments, words, strict=True):
        yield _row(f"`{word.strip('[].')}`", "" if one.required else "optional", one.help, "")
    for one in options:
        metavar = "" if one.is_flag else f"`{one.metavar or 'TEXT'}`"
        default = "" if one.default in (None, False, 0) or one.multiple else f"`{one.default}`"
        said = "required" if one.required else "" if "default" in one.help else default
        yield _row(", ".join(f"`{text}`" for text in one.opts), metavar, one.help, said)


def _paragraphs(text: str) -> str:
    """A help text as Markdown: the mark that keeps the terminal from wrapping lines means a block of code."""
    parts = text.replace("\b", "").strip().split("\n\n")
    return "\n\n".join(_example(part) if "$ " in part or part.startswith("  ") else " ".join(part.split()) for part in parts)


def _example(text: str) -> str:
    lines = [line.strip() for line in text.replace("\b", "").strip().splitlines() if line.strip()]
    return "```text\n" + "\n".join(lines) + "\n```"


def _row(*cells: str | None) -> str:
    return "| " + " | ".join((cell or "").replace("|", "\\|") for cell in cells) + " |"


def columns() -> str:
    """docs/columns.md. Raises KeyError for a column that column_words does not know."""
    parts = [_COLUMNS, _MADE]
    for name, contract in CONTRACTS.items():
        origin, row = TABLES[name]
        parts.append(f"\n## {name.capitalize()}\n\n{row} (`{origin}`)\n\n| column | holds | says |\n| --- | --- | --- |")
        for column, kind in contract.items():
            says = "The outline of the area, if it has one." if kind == "outline" else WORDS[column]
            parts.append(_row(f"`{column}`", _KINDS[kind], says))
    return "\n".join(parts) + "\n"


def keys() -> str:
    """docs/keys.md."""
    schemas: dict[str, Mapping[str, Any]] = {kind: json_schema(kind) for kind in KINDS} | {"mapping": mapping_schema()}
    parts = [_KEYS, _MADE]
    for kind, schema in schemas.items():
        file = f"[{kind}.schema.json](schema/{kind}.schema.json)"
        parts.append(f"\n## {_FILES[kind]}\n\n{schema['description']} Schema: {file}.\n")
        parts += _keys_of(schema)
        for name, entry in schema.get("$defs", {}).items():
            if "properties" in entry and (kind != "mapping" or name.endswith("Spec")):
                parts.append(f"\n### {_heading(name)} in {kind}\n\n{entry['description']}\n")
                parts += _keys_of(entry)
    return "\n".join(parts) + "\n"


def _heading(name: str) -> str:
    return name.removesuffix("Entry").removesuffix("Spec")


def _keys_of(entry: Mapping[str, Any]) -> Iterator[str]:
    required = entry.get("required", ())
    yield "| key | says | for example |\n| --- | --- | --- |"
    for key, schema in entry["properties"].items():
        name = f"**`{key}`**" if key in required else f"`{key}`"
        yield _row(name, _says(schema), " ".join(f"`{_written(one)}`" for one in schema.get("examples", ())))


def _says(schema: Mapping[str, Any]) -> str:
    text = str(schema.get("description", ""))
    choices = [word for word in schema.get("enum", ()) if f"{word}" not in text]
    return text + (f" One of {', '.join(f'`{word}`' for word in schema['enum'])}." if choices else "")


def _written(value: Any) -> str:
    """An example as YAML in one line."""
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_written(item)}' for key, item in value.items())}}}"
    return str(value)
