"""Claims as Parquet: packed, resolved out of core or on Spark, and asked without being loaded (docs/scale.md)."""
