"""What the compose schema and hadolint do not see: secrets, ports, pins, waits, and that every named file is there."""

import os
import re
import shutil
import subprocess
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = YAML(typ="safe").load(ROOT / "docker-compose.yml")
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if "build" in service]
JOBS = [name for name, service in SERVICES.items() if service["restart"].startswith("on-failure")]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
DRAIN = timedelta(seconds=30)  # graceful_shutdown_timeout of the worker

every_service = pytest.mark.parametrize("name", SERVICES)


def duration(text: str) -> timedelta:
    """A compose duration such as `1m30s`. A bare number is refused, since compose would take it for nanoseconds."""
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?", text)
    assert found, f"{text!r} is no duration with a unit"
    assert text, "a duration is empty"
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


@every_service
def test_an_image_is_pinned_to_a_full_version(name: str) -> None:
    image = SERVICES[name]["image"]
    assert image == "dondoc:local" if name in OURS else re.search(r":\d+\.\d+(\.\d+)?(-[a-z]+)?$", image), (
        image
    )


def test_the_base_image_is_pinned_and_the_same_in_both_stages() -> None:
    bases = set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))
    assert len(bases) == 1, bases
    assert re.search(r":3\.\d+\.\d+-slim-[a-z]+$", bases.pop())


def test_the_schema_tools_are_of_the_servers_version() -> None:
    tags = {
        s["image"].rsplit(":")[1]
        for s in SERVICES.values()
        if s["image"].startswith(("temporalio/server", "temporalio/admin"))
    }
    assert len(tags) == 1, tags


@every_service
def test_a_published_port_is_on_loopback(name: str) -> None:
    for port in SERVICES[name].get("ports", []):
        assert str(port).startswith("127.0.0.1:"), f"{port} is open to the network"


def test_the_databases_are_not_published() -> None:
    assert "ports" not in SERVICES["postgres"]


@every_service
def test_no_secret_stands_in_the_compose_file(name: str) -> None:
    for key, value in SERVICES[name].get("environment", {}).items():
        assert not re.search(r"PASS|PWD|SECRET|TOKEN|KEY", key), f"{key} belongs into deploy/env/"
        assert not re.search(r"://[^/@]*:[^/@]*@", str(value)), f"{key} holds a password"


def test_make_env_makes_every_file_that_is_named_and_readable_by_its_owner_alone(tmp_path: Path) -> None:
    shutil.copy(ROOT / "deploy/make-env", tmp_path)
    subprocess.run(["sh", tmp_path / "make-env"], check=True, capture_output=True)
    made = {f"deploy/env/{path.name}": path for path in (tmp_path / "env").iterdir()}
    assert set(made) == {file for service in SERVICES.values() for file in service.get("env_file", [])}
    assert {oct(path.stat().st_mode & 0o777) for path in made.values()} == {"0o600"}

    values = {
        name: dict(line.split("=") for line in path.read_text("utf-8").splitlines())
        for name, path in made.items()
    }
    postgres = values["deploy/env/postgres.env"]
    assert len(set(postgres.values())) == 3
    assert all(len(word) >= 32 for word in postgres.values())
    assert set(values["deploy/env/temporal.env"].values()) == {postgres["TEMPORAL_PASSWORD"]}
    assert values["deploy/env/register.env"] == {"PGPASSWORD": postgres["DONDOC_PASSWORD"]}
    page = values["deploy/env/page.env"]
    assert len(page["DONDOC_SECRET"]) >= 32
    assert (
        f"127.0.0.1:{page['DONDOC_PAGE_URL'].rpartition(':')[2].strip('/')}:" in SERVICES["page"]["ports"][0]
    )

    again = subprocess.run(["sh", tmp_path / "make-env"], check=False, capture_output=True)
    assert again.returncode == 1, "passwords that PostgreSQL was started with must not be lost"


def test_the_secrets_are_ignored_by_git() -> None:
    assert "deploy/env/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


@every_service
def test_a_service_comes_back_and_its_log_is_bounded(name: str) -> None:
    service = SERVICES[name]
    assert service["restart"] == "unless-stopped" or name in JOBS
    assert {"max-size", "max-file"} <= set(service["logging"]["options"])


@every_service
def test_a_service_waits_for_what_can_be_waited_for(name: str) -> None:
    waits = SERVICES[name].get("depends_on", {})
    assert isinstance(waits, dict), "a bare list waits for the start only"
    for other, wait in waits.items():
        if wait["condition"] == "service_completed_successfully":
            assert other in JOBS, f"{other} never completes"
        else:
            assert wait["condition"] == "service_healthy"
            assert "healthcheck" in SERVICES[other]


@every_service
def test_waits_have_units_and_end_within_five_minutes(name: str) -> None:
    service = SERVICES[name]
    if "stop_grace_period" in service:
        duration(service["stop_grace_period"])
    if check := service.get("healthcheck"):
        longest = duration(check["start_period"]) + check["retries"] * duration(check["interval"])
        assert duration(check["timeout"]) < longest <= timedelta(minutes=5)


def test_the_worker_may_drain_before_it_is_killed() -> None:
    assert duration(SERVICES["worker"]["stop_grace_period"]) > DRAIN
    assert duration(SERVICES["temporal"]["stop_grace_period"]) >= DRAIN
    assert re.search(r'^CMD \["python", "worker.py"\]$', DOCKERFILE, re.MULTILINE), (
        "a shell would swallow SIGTERM"
    )


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_no_rights_they_do_not_need(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    users = re.findall(r"^USER (\S+)", DOCKERFILE, re.MULTILINE)
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", users[-1])


def test_worker_and_page_share_the_secret_by_which_links_are_signed() -> None:
    for name in ("worker", "page"):
        assert "deploy/env/page.env" in SERVICES[name]["env_file"]


def test_the_number_of_shards_is_written_down() -> None:
    assert SERVICES["temporal"]["environment"]["NUM_HISTORY_SHARDS"] == "4"


@every_service
def test_a_mounted_file_is_in_the_repository_and_cannot_be_written(name: str) -> None:
    for mount in SERVICES[name].get("volumes", []):
        source, _, rest = mount.partition(":")
        if source.startswith("./"):
            assert (ROOT / source).is_file(), source
            assert rest.endswith(":ro")
        else:
            assert source in COMPOSE["volumes"]


def test_every_room_is_in_the_image_and_nothing_else() -> None:
    named = {
        line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")
    }
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert rooms <= named
    assert named - rooms <= {
        "pyproject.toml",
        "requirements.lock",
        "LICENSE",
        "starter.py",
        "worker.py",
        "answers",
    }


def test_the_lock_names_every_dependency_by_hash_and_no_machine() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    blocks = {re.split("==", block)[0]: block for block in re.split(r"\n(?=[a-z])", lock)[1:]}
    for requirement in asked:
        name = re.sub(r"[-_.]+", "-", re.split(r"[\[<>=! ;]", requirement)[0]).lower()
        assert name in blocks, f"{name} is not in the lock: make lock"
    assert [name for name, block in blocks.items() if "--hash=sha256:" not in block] == []
    assert not re.search(r"https?:|file:|--(index-url|extra-index-url|find-links)|[ =]/", lock)


@pytest.mark.parametrize("script", [".ci/run", "deploy/make-env", "deploy/postgres/databases.sh"])
def test_a_script_can_be_run(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
