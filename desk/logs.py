"""The log of the doors: structlog, JSON lines, to the file `DONDOC_LOG` or to stderr. No personal data at info."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

import structlog

from desk.settings import settings


def begin() -> None:
    """Set up the log of this process: JSON lines to the log file where one is set, otherwise warnings to stderr."""
    chosen = settings()
    stream: TextIO = sys.stderr
    level = logging.WARNING
    if chosen.log:
        chosen.log.parent.mkdir(parents=True, exist_ok=True)
        stream = chosen.log.open("a", encoding="utf-8")
        level = logging.INFO
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
    )


def keep(slip: Exception) -> str:
    """Write an unexpected error with its traceback to the log file; where that is."""
    try:
        chosen = settings()
        file = chosen.log or chosen.data / "slips.log"
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, slip)
    except Exception:  # noqa: BLE001 - telling a slip must not slip itself
        sys.stderr.write("".join(traceback.format_exception(slip)))
        return "stderr"
    return str(file)


def _write(file: Path, slip: Exception) -> None:
    line = {
        "event": "internal_error",
        "level": "error",
        "timestamp": datetime.now(UTC).isoformat(),
        "error": type(slip).__name__,
        "exception": "".join(traceback.format_exception(slip)),
    }
    with file.open("a", encoding="utf-8") as log:
        log.write(json.dumps(line, ensure_ascii=False) + "\n")
