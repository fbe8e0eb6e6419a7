"""What a page costs: time on the wall, and what the processors spent, which hardly depends on what else runs."""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Spent:
    """Milliseconds of each round: on the wall, and on the processors of this process and its PostgreSQL backend."""

    wall: list[float]
    processor: list[float]

    @classmethod
    def on(cls, once: Callable[[], object], *, rounds: int) -> Self:
        """After one round that does not count."""
        once()
        wall, processor = [], []
        for _ in range(rounds):
            began, before = time.perf_counter(), _processor_ms()
            once()
            wall.append(1000 * (time.perf_counter() - began))
            processor.append(_processor_ms() - before)
        return cls(wall, processor)

    def row(self, name: str) -> str:
        """A row of a Markdown table: name, then median and 95th percentile on the wall, then on the processors."""
        figures = [of(one) for one in (self.wall, self.processor) for of in (statistics.median, _p95)]
        return f"| {name} | " + " | ".join(f"{one:.0f}" for one in figures) + " |"


HEAD = "| | wall: p50 | p95 | processor: p50 | p95 |\n| --- | --- | --- | --- | --- |"


def load() -> str:
    """How many processes wanted a processor in the last minute, of how many there are."""
    return f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores"


def _p95(figures: list[float]) -> float:
    return statistics.quantiles(figures, n=20, method="inclusive")[-1]


def _processor_ms() -> float:
    """Of this process, and of the PostgreSQL backend that serves it (Linux: schedstat counts in nanoseconds)."""
    from django.db import connection  # noqa: PLC0415

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()[0]
    return time.process_time() * 1000 + int(backend) / 1e6
