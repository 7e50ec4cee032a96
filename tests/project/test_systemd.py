"""The units keep what the programs need: time to drain, one release after the other, no rights beyond."""

import re
import shlex
from datetime import timedelta
from pathlib import Path

import pytest

from desk.serving import DRAIN as PAGE_DRAIN
from desk.settings import Settings
from desk.up import DRAIN

UNITS = Path(__file__).parents[2] / "deploy" / "systemd"
SERVICES = ("dondoc.service", "dondoc-page.service", "dondoc-worker@.service", "dondoc-backup.service")
LASTING = SERVICES[:3]
SECOND = {"": 1, "s": 1, "min": 60, "h": 3600}


def words(unit: str) -> dict[str, list[str]]:
    """The settings of a unit; one may be there several times."""
    found: dict[str, list[str]] = {}
    for line in (UNITS / unit).read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            name, _, value = line.partition("=")
            found.setdefault(name, []).append(value)
    return found


def seconds(value: str) -> timedelta:
    """A span as systemd writes it."""
    found = re.fullmatch(r"(\d+)(s|min|h)?", value)
    assert found
    return timedelta(seconds=int(found[1]) * SECOND[found[2] or ""])


@pytest.mark.parametrize(
    ("unit", "drain"),
    [
        ("dondoc-worker@.service", 30.0),
        ("dondoc-page.service", PAGE_DRAIN),
        ("dondoc.service", 15 + DRAIN + 15),
    ],
)
def test_a_service_may_drain_before_it_is_killed(unit: str, drain: float) -> None:
    (limit,) = words(unit)["TimeoutStopSec"]
    assert seconds(limit) > timedelta(seconds=drain)


@pytest.mark.parametrize("unit", LASTING)
def test_a_service_says_when_it_is_ready_and_is_always_started_again(unit: str) -> None:
    said = words(unit)
    assert (said["Type"], said["Restart"], said["StartLimitIntervalSec"]) == (["notify"], ["always"], ["0"])


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_is_a_user_of_its_own_without_rights_it_does_not_need(unit: str) -> None:
    said = words(unit)
    assert said["User"] == ["dondoc"]
    assert said["CapabilityBoundingSet"] == [""]
    for name in ("NoNewPrivileges", "PrivateTmp", "PrivateDevices", "ProtectHome", "ProtectKernelTunables"):
        assert said[name] == ["true"], name
    assert said["ProtectSystem"] == ["strict"]
    assert said["UMask"] == ["0077"]


def test_nightly_backups_lie_where_restore_looks_for_the_newest_and_old_ones_go() -> None:
    said = words("dondoc-backup.service")
    (line,) = said["ExecStart"]
    program, starter, command, place, *more = shlex.split(line)
    assert (program, starter, command) == ("/srv/dondoc/.venv/bin/python", "starter.py", "backup")
    assert [place] == said["ReadWritePaths"]
    assert more[0] == "--keep"
    assert int(more[1]) > 1


def test_the_units_name_only_variables_that_there_are() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in UNITS.iterdir())
    named = {name.removeprefix("DONDOC_") for name in re.findall(r"\bDONDOC_[A-Z_]+\b", text)}
    assert named - {"SECRET"} <= {name.upper() for name in Settings.model_fields}
