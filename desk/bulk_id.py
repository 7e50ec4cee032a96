"""The id of an act on many tasks, and the message ids that follow from it: a repeat sends the same messages."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desk.exit import Code, Stop, bad_input
from directive.event import Event
from directive.message import Act

_FORM = re.compile(r"[A-Za-z0-9_-]{1,60}")


class BulkId:
    """One act by one person on many tasks.

    The id that nobody chose follows from the act, the selection, what is said, the person and the office's day: the
    same command again on that day goes on where it stopped, and tomorrow's nudge is another nudge. Each message id
    holds a print of what is said, so that an id that was used for another act is noticed.
    """

    def __init__(
        self, chosen: str, act: Act, said: Mapping[str, Any], who: str, selection: Iterable[str], on: date
    ):
        content = _json({"act": act, "said": said, "person": who})
        self.print = _digest(content)[:8]
        self.id = chosen or f"{act}-{on:%Y%m%d}-{_digest(_json([content, *selection]))[:10]}"
        if not _FORM.fullmatch(self.id):
            raise bad_input(
                f"--bulk-id «{self.id}» không dùng được",
                f"--bulk-id «{self.id}» cannot be used",
                "chỉ dùng chữ không dấu, số, gạch ngang, gạch dưới; không quá 60 ký tự",
                "use letters, digits, hyphens and underscores only; at most 60",
                kind="bad_bulk_id",
            )

    def message(self, task: str) -> str:
        """The id of the message to a task."""
        return f"{self.id}-{self.print}-{_digest(task)[:16]}"

    def done(self, recorded: Mapping[str, Event]) -> dict[str, Event]:
        """Of events whose ids begin with this id, those of this act. Raises Stop where it was another act's."""
        form = re.compile(f"{re.escape(self.id)}-(?P<print>[0-9a-f]{{8}})-[0-9a-f]{{16}}")
        mine: dict[str, Event] = {}
        for task, event in recorded.items():
            found = form.fullmatch(event.id)
            if found and found["print"] != self.print:
                raise self._another(event)
            if found:
                mine[task] = event
        return mine

    def _another(self, event: Event) -> Stop:
        return Stop(
            Code.USAGE,
            f"mã đợt «{self.id}» đã dùng cho một lệnh khác ({event.kind.value}, {event.actor})",
            f"the bulk id «{self.id}» was used for another act ({event.kind.value}, {event.actor})",
            "lặp lại đúng lệnh cũ (cùng người, cùng nội dung), hoặc chọn mã khác",
            "repeat the same command (same person, same content), or choose another id",
            kind="bulk_id_used",
            detail={"bulk_id": self.id},
        )


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    dump = getattr(value, "model_dump", None)
    return dump(mode="json") if dump else str(value)
