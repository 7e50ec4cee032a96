"""`absence add`, `list` and `withdraw` as an administrator types them."""

import json
from datetime import UTC, datetime, timedelta

from directive.due import local_day
from tests.desk.conftest import EXAMPLE, Run


def test_an_absence_is_entered_listed_and_withdrawn(run: Run) -> None:
    today = local_day(datetime.now(UTC))
    first, last = (today + timedelta(days=days) for days in (3, 5))
    days = ["--from", first.isoformat(), "--to", f"{last:%d/%m/%Y}"]
    assert run("directory", "import", str(EXAMPLE / "directory.yaml")).returncode == 0

    added = run(
        "absence", "add", "ubnd.ct", *days, "--delegate", "ubnd.pct", "--json", DONDOC_ADMIN="quan-tri"
    )
    assert added.returncode == 0, added.stderr
    row = json.loads(added.stdout)["absence"]
    assert (row["first"], row["last"], row["entered_by"]) == (first.isoformat(), last.isoformat(), "quan-tri")

    again = run("absence", "add", "ubnd.ct", *days, "--delegate", "ubnd.cv")
    assert again.returncode == 1
    assert "đã có một lần vắng mặt" in again.stderr
    other = run("absence", "withdraw", row["id"], "--as", "ubnd.cv")
    assert other.returncode == 1
    assert "chỉ chính người đó" in other.stderr

    withdrawn = run("absence", "withdraw", row["id"], "--as", "ubnd.ct")
    assert withdrawn.returncode == 0, withdrawn.stderr
    listed = json.loads(run("absence", "list", "--json").stdout)
    assert listed["absences"][0]["withdrawn_at"]
    assert [one for one in listed["in_directory"] if one["start"] == first.isoformat()] == []
