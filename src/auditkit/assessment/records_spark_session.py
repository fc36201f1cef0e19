"""A Spark session for record tests: the one there is, or a quiet local one; settings that decide figures are fixed."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from auditkit.base.errors import EnvironmentFault

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_DECIDING = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.caseSensitive": "true",
    "spark.sql.icu.caseMappings.enabled": "true",
    "spark.sql.parser.escapedStringLiterals": "false",
    "spark.sql.parquet.inferTimestampNTZ.enabled": "true",
    "spark.sql.files.ignoreCorruptFiles": "false",
    "spark.sql.files.ignoreMissingFiles": "false",
}
"""An overflow fails instead of becoming empty, and a file that is damaged or gone fails instead of being passed over."""
_LOCAL = {
    "spark.app.name": "auditkit",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.master": "local[*]",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.shuffle.partitions": "8",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@contextmanager
def open_session() -> Iterator["SparkSession"]:
    """Give a session of its own, with the settings that decide figures.

    An active session, or ``spark-submit``, says where it runs; without either, Spark runs on all cores of this
    machine, reachable from it alone, and ends with the block. EnvironmentFault: no pyspark, or no Java.
    """
    try:
        import pyarrow  # noqa: F401 - rows travel from Spark as Arrow
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EnvironmentFault("Spark is not installed: pip install 'auditkit[spark]'.") from error
    there = SparkSession.getActiveSession()
    if there is not None:
        yield _fixed(there.newSession())
    elif "PYSPARK_GATEWAY_PORT" in os.environ:
        yield _fixed(SparkSession.builder.getOrCreate().newSession())
    else:
        with tempfile.TemporaryFile() as said:
            started = _start_locally(said)
            try:
                yield _fixed(started.newSession())
            finally:
                started.stop()


def _start_locally(said: IO[bytes]) -> "SparkSession":
    """Start Java, once a process, with what it says kept out of the terminal until it does not start."""
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    launch: Callable[..., Any] = launch_gateway
    settings = SparkConf(loadDefaults=False).setAll(list(_LOCAL.items()))
    try:
        running = SparkContext._gateway
        gateway = running or launch(settings, popen_kwargs={"stdout": said, "stderr": said})
        return SparkSession(SparkContext(gateway=gateway, conf=settings))
    except (PySparkException, OSError) as error:
        said.seek(0)
        words = said.read().decode(errors="replace").strip().splitlines()
        detail = words[-1] if words else str(error)
        raise EnvironmentFault(
            f"Spark does not start ({detail}): install Java 17 or 21, or set JAVA_HOME."
        ) from error


def _fixed(session: "SparkSession") -> "SparkSession":
    for name, value in _DECIDING.items():
        session.conf.set(name, value)
    return session
