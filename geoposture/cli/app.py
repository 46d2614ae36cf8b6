"""The application that the commands join, and the exit status that each kind of error has."""

from __future__ import annotations

from typing import Any

import typer
import typer.core

from ..errors import GeopostureError, InputProblems, UsageError
from .answers import complain


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


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Maps what public reporting says about where troops are, when, and according to whom.",
)
