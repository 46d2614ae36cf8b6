"""Hostile input, faults and determinism: what `docs/security.md` gives figures for."""
