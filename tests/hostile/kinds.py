"""The kinds of input that are fuzzed. One more kind is one more entry of KINDS: where its file lies, its seeds, what spoils them."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from .mutation import mutate_bytes, mutate_text, mutate_yaml

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "good" / "base"
EXAMPLE = ROOT / "docs" / "examples" / "two-clocks"
IMPORTS = ROOT / "docs" / "examples" / "import"

Mutate = Callable[[Random, bytes, Sequence[bytes]], bytes]
Command = tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """One kind of file in one folder that is good but for it.

    `world` lays the good folder out; the mutant of one of the `seeds` is put at `place` in it. `ask` runs always; if it says
    that all is well, `then` must all be well too (unless `bound` is false: a recipe may name another folder, which is
    not what was asked about), and else they must fail in good order. One in four mutants is asked one of `others` too,
    whose options may not fit it.
    """

    name: str
    share: int
    world: Callable[[Path], object]
    place: str
    seeds: Callable[[], Sequence[bytes]]
    mutate: Mutate
    ask: Command = ("check",)
    bound: bool = True
    then: tuple[Command, ...] = (("at", "2025-05-20"), ("map", "maps/base.yaml", "-o", "page.html"))
    others: tuple[Command, ...] = (
        ("at", "2025-05-20", "--by", "voice", "--known", "2025-05-11", "--format", "json"),
        ("posture", "2025-05-20", "--by", "report", "--stale-after", "3"),
        ("compare", "2025-04-01", "2025-06-01", "--known-before", "2025-05-05"),
        ("totals", "marland", "2025-05-20"),
        ("timeline", "dun"),
        ("place", "Fort Ox"),
        ("export", "-o", "all.gpkg"),
        ("export", "-o", "all.parquet"),
        ("export", "-o", "all.kml"),
        ("export", "-o", "all.lpf.json"),
        ("export", "-o", "all.csv"),
    )


def _base(folder: Path) -> None:
    shutil.copytree(BASE, folder)


def _example(folder: Path) -> None:
    """The worked example of the documentation, with a recipe."""
    shutil.copytree(EXAMPLE, folder / "data")
    (folder / "maps").mkdir()
    (folder / "maps" / "base.yaml").write_text("title: Two clocks\ndata: ../data\n", encoding="utf-8")


def _shipped(folder: Path) -> None:
    """The shipped lists and recipes, with one report: all of them would make each mutant ten times as slow."""
    (folder / "data" / "reports").mkdir(parents=True)
    for name in ("gazetteer", "forces", "sources"):
        shutil.copy(ROOT / "data" / f"{name}.yaml", folder / "data")
    shutil.copy(ROOT / "data" / "reports" / "unb-ap-2025-10-20.yaml", folder / "data" / "reports" / "x.yaml")
    shutil.copytree(ROOT / "maps", folder / "maps", ignore=shutil.ignore_patterns("*.html"))


def _table(folder: Path) -> None:
    folder.mkdir()
    shutil.copy(IMPORTS / "counts.csv", folder / "table.csv")
    shutil.copy(IMPORTS / "counts.yaml", folder / "mapping.yaml")


def _files(*names: str) -> Callable[[], Sequence[bytes]]:
    return cache(lambda: tuple(path.read_bytes() for name in names for path in sorted(ROOT.glob(name))))


def _spoil_table(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """A table of text: characters and lines, now and then bytes; often a cell that is another's or a trap."""
    for _ in range(random.choice((1, 1, 2, 3))):
        content = (_spoil_cell if random.random() < 0.5 else mutate_text)(random, content, others)
    return mutate_bytes(random, content, others) if random.random() < 0.15 else content


def _spoil_cell(random: Random, content: bytes, _: Sequence[bytes]) -> bytes:
    from .dictionary import EVERYTHING

    lines = [line.split(b",") for line in content.split(b"\n")]
    line = random.choice(lines)
    traps = (random.choice(EVERYTHING), '"', '""', '"a\nb"', ",", ";", "\t", "1e9", "-1", "2006-01-01", "=cmd()", "x" * 70_000)
    line[random.randrange(len(line))] = random.choice(
        (random.choice(random.choice(lines)), random.choice(traps).encode("utf-8", "replace"))
    )
    return b"\n".join(b",".join(line) for line in lines)


@cache
def _parquet_seeds() -> Sequence[bytes]:
    """The table of counts as Parquet: as text, as typed columns, compressed and not, with pages of both versions."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet as pq

    typed = pa.csv.read_csv(IMPORTS / "counts.csv")
    text = pa.table(
        {name: pa.array([None if cell is None else str(cell) for cell in typed[name].to_pylist()]) for name in typed.column_names}
    )
    rich = typed.set_column(2, "year", pa.array([dt and dt * 1.0 for dt in typed["year"].to_pylist()], pa.float64()))
    rich = rich.append_column("when", pa.array([0] * len(typed), pa.timestamp("ns"))).append_column(
        "many", pa.array([["x"]] * len(typed))
    )
    found = []
    for table, options in (
        (text, {"compression": "none", "use_dictionary": False}),
        (text, {"compression": "zstd"}),
        (typed, {"compression": "snappy", "data_page_version": "2.0"}),
        (rich, {"compression": "none", "row_group_size": 3}),
    ):
        sink = io.BytesIO()
        pq.write_table(table, sink, **options)
        found.append(sink.getvalue())
    return tuple(found)


def _spoil_parquet(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Bytes anywhere, and as often in the footer, where the schema and all sizes stand."""
    for _ in range(random.choice((1, 1, 2, 3))):
        length = int.from_bytes(content[-8:-4], "little")
        if random.random() < 0.5 and 8 < length < len(content) - 8:
            footer = mutate_bytes(random, content[-8 - length : -8], [other[-300:] for other in others])
            content = content[: -8 - length] + footer + len(footer).to_bytes(4, "little") + b"PAR1"
        else:
            content = mutate_bytes(random, content, others)
    return content


@cache
def _excel_seeds() -> Sequence[bytes]:
    import csv

    import openpyxl

    book = openpyxl.Workbook()
    with (IMPORTS / "counts.csv").open(encoding="utf-8") as file:
        for row in csv.reader(file):
            book.active.append([int(cell) if cell.isdigit() else cell for cell in row])
    sink = io.BytesIO()
    book.save(sink)
    parts = _parts(sink.getvalue())
    # The day and hour of saving would make other mutants of the same numbers.
    parts["docProps/core.xml"] = re.sub(rb"[0-9]{4}-[0-9-]+T[0-9:]+Z", b"2007-01-31T00:00:00Z", parts["docProps/core.xml"])
    return (_archive(parts),)


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _archive(parts: dict[str, bytes]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return sink.getvalue()


def _spoil_excel(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """The XML of one part of the archive; at times the archive itself."""
    if random.random() < 0.25:
        return mutate_bytes(random, content, others)
    parts = _parts(content)
    name = random.choice(list(parts))
    lot = random.random()
    if lot < 0.1:
        del parts[name]
    elif lot < 0.2:
        parts[name] = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>' + parts[name]
    else:
        parts[name] = random.choice((mutate_bytes, mutate_text))(random, parts[name], list(parts.values()))
    return _archive(parts)


def _packed(folder: Path) -> None:
    """The good folder; its claims are asked for as a packed table beside it."""
    shutil.copytree(BASE, folder)


@cache
def _claims_seeds() -> Sequence[bytes]:
    """The good folder as a claims file, as packed and as another program might write it."""
    import pyarrow.parquet as pq

    from geoposture.packing.writing import encoded, packed
    from geoposture.reading import read

    table = packed(read(BASE / "data"))
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="none", use_dictionary=False)
    return encoded(table), sink.getvalue()


@cache
def _episodes_seeds() -> Sequence[bytes]:
    """The same resolved."""
    import pyarrow.parquet as pq

    from geoposture.packing.registry import Registry
    from geoposture.packing.resolved import resolved_table
    from geoposture.packing.schema import KEY
    from geoposture.packing.writing import packed
    from geoposture.reading import read

    ledger = read(BASE / "data")
    table = packed(ledger)
    said = table.schema.metadata[KEY].replace(b'"kind":"claims"', b'"kind":"episodes","by":"publisher"')
    sink = io.BytesIO()
    resolved = resolved_table(table, Registry.of(ledger), "publisher", "seed").replace_schema_metadata({KEY: said})
    pq.write_table(resolved, sink, compression="none")
    return (sink.getvalue(),)


def _spoil_packed(random: Random, content: bytes, others: Sequence[bytes]) -> bytes:
    """Half of the time bytes, else one value: a word that is a trap, a day that is none, a figure beyond all bounds."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from .dictionary import EVERYTHING

    if random.random() < 0.5:
        return _spoil_parquet(random, content, others)
    table = pq.ParquetFile(pa.BufferReader(content)).read(use_threads=False)
    at = random.randrange(table.num_columns)
    field = table.schema.field(at)
    values = table.column(at).to_pylist()
    row = random.randrange(len(values))
    kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
    if pa.types.is_integer(kind):
        edge = 2 ** (kind.bit_width - 1)
        values[row] = random.choice((0, -1, 1, edge - 1, -edge, random.randrange(-edge, edge), *values, None))
    elif pa.types.is_string(kind):
        values[row] = random.choice(
            (random.choice(EVERYTHING).encode("utf-8", "replace").decode(), random.choice(values), None, "")
        )
    elif pa.types.is_boolean(kind):
        values[row] = random.choice((True, False, None))
    else:
        values[row] = random.choice(([], [""], ["dun", "dun"], ["nowhere"], None))
    sink = io.BytesIO()
    loose = pa.field(field.name, field.type)
    pq.write_table(table.set_column(at, loose, pa.array(values, field.type)), sink)
    return sink.getvalue()


def _asked(path: str, *more: tuple[str, ...]) -> tuple[Command, ...]:
    return tuple((*command, "--data", path) for command in more)


def _importing(table: str, mapping: str = "mapping.yaml") -> dict[str, object]:
    ask = ("import", table, "--map", mapping, "-o", "made", "--published", "2007-01-31")
    then = (("check", "--data", "made"), ("at", "2006-05-01", "--data", "made"))
    return {"world": _table, "ask": ask, "then": then, "others": ()}


KINDS = (
    Kind("report", 18, _base, "data/reports/a.yaml", _files("tests/good/base/data/reports/a.yaml"), mutate_yaml),
    Kind("correction", 14, _base, "data/reports/b.yaml", _files("tests/good/base/data/reports/b.yaml"), mutate_yaml),
    Kind("gazetteer", 14, _base, "data/gazetteer.yaml", _files("tests/good/base/data/gazetteer.yaml"), mutate_yaml),
    Kind("forces", 5, _base, "data/forces.yaml", _files("tests/good/base/data/forces.yaml"), mutate_yaml),
    Kind("sources", 7, _base, "data/sources.yaml", _files("tests/good/base/data/sources.yaml"), mutate_yaml),
    Kind("recipe", 8, _base, "maps/base.yaml", _files("tests/good/base/maps/*.yaml"), mutate_yaml, bound=False),
    Kind(
        "example", 6, _example, "data/reports/p2.yaml", _files("docs/examples/two-clocks/reports/*.yaml"), mutate_yaml, others=()
    ),
    Kind(
        "shipped-report",
        6,
        _shipped,
        "data/reports/x.yaml",
        _files("data/reports/[!k]*-2025-1*.yaml", "data/reports/*-2026-*.yaml"),
        mutate_yaml,
        then=(("at", "2025-12-31"), ("map", "maps/iraq-2025-2026.yaml", "-o", "page.html")),
        others=(),
    ),
    Kind(
        "shipped-gazetteer",
        2,
        _shipped,
        "data/gazetteer.yaml",
        _files("data/gazetteer.yaml"),
        mutate_yaml,
        then=(("at", "2025-12-31"),),
        others=(),
    ),
    Kind(
        "shipped-recipe",
        2,
        _shipped,
        "maps/iraq-2025-2026.yaml",
        _files("maps/*.yaml"),
        mutate_yaml,
        then=(("map", "maps/iraq-2025-2026.yaml", "-o", "page.html"),),
        others=(),
        bound=False,
    ),
    Kind("csv", 4, place="table.csv", seeds=_files("docs/examples/import/*.csv"), mutate=_spoil_table, **_importing("table.csv")),
    Kind(
        "mapping",
        5,
        place="mapping.yaml",
        seeds=_files("docs/examples/import/counts.yaml", "geoposture/importing/mappings/*.yaml"),
        mutate=mutate_yaml,
        **_importing("table.csv"),
    ),
    Kind("parquet", 6, place="table.parquet", seeds=_parquet_seeds, mutate=_spoil_parquet, **_importing("table.parquet")),
    Kind("excel", 2, place="table.xlsx", seeds=_excel_seeds, mutate=_spoil_excel, **_importing("table.xlsx")),
    Kind(
        "claims file",
        6,
        _packed,
        "claims.parquet",
        _claims_seeds,
        _spoil_packed,
        ask=("check", "--data", "claims.parquet"),
        then=_asked("claims.parquet", ("at", "2025-05-20"), ("map", "maps/base.yaml", "-o", "page.html")),
        others=_asked(
            "claims.parquet", ("posture", "2025-05-20", "--by", "voice"), ("timeline", "dun"), ("export", "-o", "all.csv")
        ),
    ),
    Kind(
        "resolved file",
        4,
        _packed,
        "episodes.parquet",
        _episodes_seeds,
        _spoil_packed,
        ask=("at", "2025-05-20", "--data", "episodes.parquet"),
        then=(),
        others=_asked(
            "episodes.parquet", ("posture", "2025-05-20"), ("compare", "2025-04-01", "2025-06-01"), ("export", "-o", "all.gpkg")
        ),
    ),
)


def mutant(seed: str, number: int, kinds: Sequence[Kind] = KINDS) -> tuple[Kind, bytes, Random]:
    """The mutant of this number, and the random numbers that are left for choosing what it is asked."""
    random = Random(f"{seed}/{number}")
    (kind,) = random.choices(kinds, [kind.share for kind in kinds])
    seeds = kind.seeds()
    return kind, kind.mutate(random, random.choice(seeds), seeds), random


def commands(kind: Kind, random: Random) -> Iterator[Command]:
    """What the mutant is asked beyond the first question."""
    yield from kind.then
    if kind.others and random.random() < 0.25:
        yield random.choice(kind.others)
