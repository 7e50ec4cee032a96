"""What became of each task of an act on many: told as it comes, and summed up with the refusals by reason."""

from collections.abc import Iterable
from typing import NamedTuple

from desk import screen
from desk.exit import Code, Stop
from desk.language import text
from register.models import TaskRow

SHOWN = 5


class Result(NamedTuple):
    """One task: done (or, in a dry run, accepted) where `stop` is None."""

    row: TaskRow
    message_id: str
    stop: Stop | None = None
    state: str = ""

    def plain(self, done: str, refused: str) -> dict[str, object]:
        """One line of JSON."""
        told: dict[str, object] = {"task": self.row.id, "message_id": self.message_id}
        if self.stop is None:
            return {**told, "result": done, "state": self.state or self.row.state}
        stop = self.stop
        return {**told, "result": refused, "kind": stop.kind, "message": stop.message, "remedy": stop.remedy}


def line(value: dict[str, object]) -> None:
    """One line of JSON, out at once: whoever reads it knows what was done if the process is killed."""
    if screen.json_asked():
        screen.lines([value])
        screen.flush()


def by_reason(results: Iterable[Result]) -> dict[str, list[Result]]:
    """The refused ones by the kind of their refusal, the most frequent first."""
    found: dict[str, list[Result]] = {}
    for one in results:
        if one.stop is not None:
            found.setdefault(one.stop.kind, []).append(one)
    return dict(sorted(found.items(), key=lambda item: -len(item[1])))


def tell_refused(groups: dict[str, list[Result]]) -> None:
    """Each reason with how many tasks, the first of them, and what to do."""
    for kind, found in groups.items():
        first = found[0].stop
        assert first
        screen.say(f"  {len(found)} × {kind}: {first.message}", "yellow")
        named = ", ".join(one.row.id for one in found[:SHOWN]) + (" …" if len(found) > SHOWN else "")
        screen.say(f"      {named}")
        screen.say(f"      → {first.remedy}")


def some_refused(groups: dict[str, list[Result]], total: int, bulk_id: str) -> Stop:
    """The way out of a run of which a rule has refused a part."""
    refused = sum(len(found) for found in groups.values())
    reasons = ", ".join(f"{kind} {len(found)}" for kind, found in groups.items())
    return Stop(
        Code.REFUSED,
        f"{refused}/{total} nhiệm vụ bị từ chối ({reasons})",
        f"{refused} of {total} tasks were refused ({reasons})",
        "xử lý từng lý do ở trên; các nhiệm vụ khác đã xong",
        "see to each reason above; all other tasks are done",
        kind="some_refused",
        detail={"bulk_id": bulk_id, "refused": {kind: len(found) for kind, found in groups.items()}},
    )


def summary(done: int, before: int, refused: int) -> str:
    """One sentence."""
    told = text(f"Đã ghi {done} nhiệm vụ", f"Recorded {done} tasks")
    if before:
        told += text(f", {before} đã ghi ở lần trước", f", {before} by an earlier run")
    if refused:
        told += text(f", {refused} bị từ chối", f", {refused} refused")
    return told + "."
