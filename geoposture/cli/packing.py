"""The commands for large data: pack, and resolve."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ..errors import UsageError
from . import completing
from .answers import write_line
from .app import command
from .options import ByOpt, DataOpt, GazetteerOpt, check_by, check_choice


@command(panel="Large data", example="geoposture pack -o claims.parquet")
def pack(
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The claims file: .parquet.")],
    data: DataOpt = Path("data"),
    gazetteer: GazetteerOpt = None,
) -> None:
    """Pack the data into one Parquet file, which every command takes as --data."""
    from ..opening import PACKED, open_ledger, spare_inputs

    if output.suffix.lower() not in PACKED:
        raise UsageError(f"{output}: a packed table is a Parquet file. Name it .parquet.")
    spare_inputs(output, data, gazetteer)
    ledger = open_ledger(data, gazetteer)
    from ..packing.writing import pack as write

    rows = write(ledger, output)
    write_line(f"{output}  {output.stat().st_size / 1000:,.0f} kB  {rows:,} rows")


@command(panel="Large data", example="geoposture resolve claims.parquet -o episodes.parquet")
def resolve(
    claims: Annotated[Path, typer.Argument(metavar="CLAIMS", help="A claims file, as geoposture pack makes it.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The resolved file, or folder of parts.")],
    by: ByOpt = None,
    engine: Annotated[
        str,
        typer.Option(
            "--engine",
            metavar="NAME",
            help="Where the work is done: local (default), batch by batch and on again after a stop; or spark.",
            autocompletion=completing.one_of("local", "spark"),
        ),
    ] = "local",
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="With spark: the address of its master (default: local[*]).")
    ] = "local[*]",
) -> None:
    """Resolve a claims file once, so that questions need not load it."""
    from ..packing.resolving import resolve_file
    from ..terminal import counting

    check_by(by)
    check_choice("--engine", engine, ("local", "spark"))
    if engine == "spark":
        from ..packing.spark import resolve_on_spark

        count = resolve_on_spark(claims, output, by=by or "publisher", master=master)
        write_line(f"{output}  {count:,} episodes")
        return
    with counting(f"resolving {claims.name}") as told:
        count = resolve_file(claims, output, by=by or "publisher", progress=told)
    write_line(f"{output}  {count:,} episodes")
