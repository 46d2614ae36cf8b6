"""Files that only Spark can open, on object storage or HDFS: by the very classes of Hadoop that Spark reads and writes with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from .parts import ABOUT
from .schema import KEY, about, refused

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class FarFiles:
    """Small files at addresses such as s3a://bucket/folder/name."""

    def __init__(self, spark: SparkSession) -> None:
        self._java: Any = spark.sparkContext._jvm  # noqa: SLF001 - there is no other way to the files of Hadoop
        self._settings: Any = spark._jsparkSession.sessionState().newHadoopConf()  # noqa: SLF001

    def about(self, address: str) -> Mapping[str, Any]:
        """What a claims file, or a folder of parts, says of itself. Raises InputProblems if it says nothing that we know."""
        try:
            said = self._footer(address) if self._is_file(address) else self._read(f"{address}/{ABOUT}")
        except Exception as error:
            if type(error).__name__ != "Py4JJavaError":
                raise
            raise refused(
                address, "table-file", "it cannot be opened by Spark.", "Check the address, and who may read it."
            ) from error
        return about(address, pa.schema([], {KEY: said} if said is not None else {}))

    def write(self, address: str, content: bytes) -> None:
        """Write a file, over an older one."""
        system, path = self._at(address)
        stream = system.create(path, True)  # noqa: FBT003
        stream.write(content)
        stream.close()

    def remove(self, address: str) -> None:
        """Remove a file if it is there."""
        system, path = self._at(address)
        system.delete(path, False)  # noqa: FBT003

    def _at(self, address: str) -> tuple[Any, Any]:
        path = self._java.org.apache.hadoop.fs.Path(address)
        return path.getFileSystem(self._settings), path

    def _is_file(self, address: str) -> bool:
        system, path = self._at(address)
        return bool(system.getFileStatus(path).isFile())

    def _read(self, address: str) -> bytes | None:
        system, path = self._at(address)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return bytes(self._java.org.apache.commons.io.IOUtils.toByteArray(stream))
        finally:
            stream.close()

    def _footer(self, address: str) -> bytes | None:
        _, path = self._at(address)
        hadoop = self._java.org.apache.parquet.hadoop
        reader = hadoop.ParquetFileReader.open(hadoop.util.HadoopInputFile.fromPath(path, self._settings))
        try:
            said = reader.getFooter().getFileMetaData().getKeyValueMetaData().get(KEY.decode())
        finally:
            reader.close()
        return None if said is None else said.encode()
