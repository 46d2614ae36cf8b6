"""The room that knows YAML: a data folder in, a checked ledger or every finding about it out."""

from .check import check, read, read_gazetteer
from .recipes import read_recipe
from .skeletons import skeleton
from .structure import KINDS, json_schema, schema_text

__all__ = ["KINDS", "check", "json_schema", "read", "read_gazetteer", "read_recipe", "schema_text", "skeleton"]
