"""How `--help` reads: usage, one sentence, one example that works, and what can be said, within 80 columns."""

from __future__ import annotations

from typing import Any

import typer.core

_WIDEST = 22
"""Columns of the left side; what is longer stands on a line of its own."""


class Command(typer.core.TyperCommand):
    """A command whose help shows an example; its epilog is that example, a line that can be pasted into a shell."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """What must be said, in its order, before what may be said."""
        words = [_argument(one) for one in _arguments(self)]
        words += [f"{one.opts[0]} {one.metavar}" for one in _options(self) if one.required]
        formatter.write_usage(ctx.command_path, " ".join((*words, "[OPTIONS]")))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The whole text, in the formatter."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        write_example(self, formatter)
        _write_list("Arguments", [(_argument(one), one.help) for one in _arguments(self)], formatter)
        write_options(self, ctx, formatter)


def write_options(command: Any, ctx: Any, formatter: Any) -> None:
    """What a command or group takes, `--help` last."""
    _write_list("Options", [(_option(one), one.help) for one in (*_options(command), command.get_help_option(ctx))], formatter)


def write_commands(group: Any, ctx: Any, formatter: Any) -> None:
    """The commands of a group under the headings that they were given, each with its whole first sentence."""
    panels: dict[str, list[tuple[str, str]]] = {}
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        panels.setdefault(command.rich_help_panel, []).append((name, command.help.partition("\n")[0]))
    for heading, rows in panels.items():
        _write_list(heading, rows, formatter)


def write_example(command: Any, formatter: Any) -> None:
    """The example as it stands: a line that is wrapped cannot be pasted."""
    formatter.write_paragraph()
    formatter.write_heading("Example")
    formatter.write("".join(f"  {line}\n" for line in command.epilog.splitlines()))


def _arguments(command: Any) -> list[Any]:
    return [one for one in command.params if one.param_type_name == "argument"]


def _options(command: Any) -> list[Any]:
    return [one for one in command.params if one.param_type_name == "option" and not one.hidden]


def _argument(one: Any) -> str:
    return str(one.metavar)


def _option(one: Any) -> str:
    return " ".join((", ".join(one.opts), one.metavar or "")).rstrip()


def _write_list(heading: str, rows: list[tuple[str, str]], formatter: Any) -> None:
    if rows:
        with formatter.section(heading):
            formatter.write_dl(rows, col_max=_WIDEST)
