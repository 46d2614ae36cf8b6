"""Claims as Parquet: packed from people's files, resolved out of core or on Spark, and asked without being loaded (docs/scale.md)."""
