"""YAML → Ledger: the only room that knows YAML."""

from .check import read

__all__ = ["read"]
