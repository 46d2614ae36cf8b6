"""The room where tables of others come in: CSV, Excel or Parquet, by a small declarative mapping, into a data folder."""

from .airports import airport
from .datafolder import place_entry
from .importer import import_table
from .mapping_file import read_mapping, shipped
from .model import mapping_schema
from .outcomes import Summary, outcome_lines
from .yaml_text import entries

__all__ = [
    "Summary",
    "airport",
    "entries",
    "import_table",
    "mapping_schema",
    "outcome_lines",
    "place_entry",
    "read_mapping",
    "shipped",
]
