"""The application that the commands join, and the exit status that each kind of error has."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import typer
import typer.core

from ..errors import GeopostureError, InputProblems, UsageError
from .answers import complain
from .helping import Command, write_commands, write_example, write_options

Function = TypeVar("Function", bound=Callable[..., Any])


class Commands(typer.core.TyperGroup):
    """Commands whose errors are lines: 1 the input has problems or a file cannot be written, 2 wrong usage."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named. Raises typer.Exit in place of the errors of this package."""
        try:
            return super().invoke(ctx)
        except InputProblems as problems:
            for problem in problems.problems:
                complain(str(problem))
            raise typer.Exit(1) from problems
        except UsageError as error:
            complain(f"geoposture: {error}")
            raise typer.Exit(2) from error
        except GeopostureError as error:
            complain(f"geoposture: {error}")
            raise typer.Exit(1) from error
        except OSError as error:
            if error.filename is None:
                raise
            # What the system says of a file before any of us could ask about it: its name is too long, its folder is locked.
            complain(f"geoposture: {os.fsdecode(error.filename)}: {error.strerror}.")
            raise typer.Exit(1) from error

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Commands first: they are what somebody who asks for help looks for."""
        self.format_usage(ctx, formatter)
        self.format_help_text(ctx, formatter)
        write_example(self, formatter)
        write_commands(self, ctx, formatter)
        write_options(self, ctx, formatter)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Maps what public reporting says about where troops are, when, and according to whom.",
    epilog="geoposture new project first-map\ncd first-map\ngeoposture map --open",
)


def command(name: str | None = None, *, panel: str, example: str) -> Callable[[Function], Function]:
    """A command of the application: the heading that it is listed under, and a line that shows it at work."""
    return app.command(name, cls=Command, rich_help_panel=panel, epilog=example)
