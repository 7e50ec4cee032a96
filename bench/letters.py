"""Scores the letter reader on labelled letters: precision and recall for each field and for tasks.

    python bench/letters.py DIR [--json] [--verbose]

DIR holds pairs NAME.json (the label) and NAME.txt, .docx or .pdf (the letter, named in the label's `file`). A task is
found when its wording holds the label's or nearly so; it is right with its deadline when kind, instant and alternatives
agree. A task or a deadline that no label knows is invented.
"""

import argparse
import json
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from letters.read import read_letter  # noqa: E402 - the root is put on the path above, so that the file runs by itself
from letters.refusals import NotALetter, Refused  # noqa: E402
from register.calendars import shipped_calendar  # noqa: E402

PLAIN = ("system", "doc_type", "number", "symbol", "full_number", "issue_date", "place", "issuer_parent", "issuer",
         "subject",
         "archive", "drafter_code", "sign_authority", "signer_title", "signer")  # fmt: skip
LISTS = ("addressees", "recipients")
IN_TASK = ("id", "assignees", "coordinators", "deadline", "deadline_text", "deliverable", "report_to")
SURE = 88


def same(left: Any, right: Any) -> bool:
    """Equal up to white space, Unicode form and capitals."""
    return plain(left) == plain(right)


def plain(value: Any) -> str:
    """A value for comparing."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return " ".join(unicodedata.normalize("NFC", text).casefold().split()).strip(" .;,")


class Score:
    """Counts by field: right, missed, invented or wrong."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.labelled: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.faults: list[str] = []

    def value(self, name: str, field: str, label: Any, read: Any, equal: bool | None = None) -> None:
        """One value; an empty one is not counted where it is rightly empty."""
        self.labelled[field] += bool(label)
        self.given[field] += bool(read)
        equal = same(label, read) if equal is None else equal
        if label and read and equal:
            self.right[field] += 1
        elif label or read:
            self.faults.append(f"{name}: {field}: label {label!r}, read {read!r}")

    def values(self, name: str, field: str, label: list[Any], read: list[Any]) -> None:
        """A list as a set of values."""
        wanted, got = Counter(map(plain, label)), Counter(map(plain, read))
        hits = sum((wanted & got).values())
        self.right[field] += hits
        self.labelled[field] += len(label)
        self.given[field] += len(read)
        if wanted != got:
            self.faults.append(f"{name}: {field}: missed {list(wanted - got)}, invented {list(got - wanted)}")

    def rows(self) -> list[dict[str, Any]]:
        """Precision and recall by field."""
        fields = [
            field
            for field in (*PLAIN, *LISTS, "references", "kind", "tasks", *IN_TASK, "tasks_with_deadline")
            if self.labelled[field] or self.given[field]
        ]
        return [
            {
                "field": field,
                "precision": round(self.right[field] / self.given[field], 4) if self.given[field] else None,
                "recall": round(self.right[field] / self.labelled[field], 4)
                if self.labelled[field]
                else None,
                "right": self.right[field],
                "labelled": self.labelled[field],
                "read": self.given[field],
            }
            for field in fields
        ]


def tasks_of(record: dict[str, Any]) -> list[dict[str, Any]]:
    """All tasks of a record."""
    return [task for section in record["sections"] for task in section["tasks"]]


def likeness(label: dict[str, Any], read: dict[str, Any]) -> float:
    """How surely two records are the same task: by wording, a little by id."""
    wanted, clause, body = plain(label["text"]), plain(read["text"]), plain(read.get("body") or read["text"])
    if wanted in clause or wanted in body:
        likeness = 100.0
    else:
        likeness = max(
            fuzz.ratio(wanted, clause), fuzz.partial_ratio(wanted, body) if len(wanted) <= len(body) else 0.0
        )
    return likeness + (0.5 if label["id"] == read["id"] else 0.0) + min(fuzz.ratio(wanted, clause), 100) / 400


def pair(
    labels: list[dict[str, Any]], read: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The best pairs first; each task once."""
    ranked = sorted(
        ((likeness(a, b), i, j) for i, a in enumerate(labels) for j, b in enumerate(read)), reverse=True
    )
    left, right, pairs = set(range(len(labels))), set(range(len(read))), []
    for sure, i, j in ranked:
        if sure >= SURE and i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((labels[i], read[j]))
    return pairs


def same_deadline(label: dict[str, Any] | None, read: dict[str, Any] | None) -> bool:
    """Kind, value and alternatives agree; a wording without a date equals no deadline."""

    def bare(deadline: dict[str, Any] | None) -> dict[str, Any] | None:
        return None if deadline is None or deadline["kind"] in {"none", "not_deadline"} else deadline

    left, right = bare(label), bare(read)
    if left is None or right is None:
        return left is right
    return bool(
        left["kind"] == right["kind"]
        and left["expected"] == right["expected"]
        and left["alt"] == right["alt"]
    )


def score_letter(name: str, label: dict[str, Any], record: dict[str, Any], score: Score) -> None:
    """One letter into the score."""
    for field in PLAIN:
        score.value(name, field, label.get(field), record.get(field))
    for field in LISTS:
        score.values(name, field, label.get(field) or [], record.get(field) or [])
    keys = ("type", "number", "date", "issuer")
    score.values(
        name,
        "references",
        [[r[k] for k in keys] for r in label["references"]],
        [[r[k] for k in keys] for r in record["references"]],
    )
    wanted, got = tasks_of(label), tasks_of(record)
    pairs = pair(wanted, got)
    score.right["tasks"] += len(pairs)
    score.labelled["tasks"] += len(wanted)
    score.given["tasks"] += len(got)
    score.labelled["tasks_with_deadline"] += len(wanted)
    score.given["tasks_with_deadline"] += len(got)
    score.faults += [
        f"{name}: task missed: {task['id']} {task['text']}"
        for task in wanted
        if all(task is not a for a, _ in pairs)
    ]
    score.faults += [
        f"{name}: task invented: {task['id']} {task['text']}"
        for task in got
        if all(task is not b for _, b in pairs)
    ]
    for task, found in pairs:
        where = f"{name} {task['id']}"
        score.value(where, "id", task["id"], found["id"])
        for field in ("assignees", "coordinators"):
            score.values(where, field, task[field], found[field])
        for field in ("deliverable", "report_to"):
            score.value(where, field, task[field], found[field])
        equal = same_deadline(task["deadline"], found["deadline"])
        score.right["tasks_with_deadline"] += equal
        score.value(where, "deadline", task["deadline"], found["deadline"], equal)
        words, read = (task["deadline"] or {}).get("text"), (found["deadline"] or {}).get("text")
        score.value(where, "deadline_text", words, read)


def score_directory(folder: Path) -> Score:
    """Every labelled letter of a folder."""
    score = Score()
    calendar = shipped_calendar()
    for path in sorted(folder.glob("*.json")):
        label = json.loads(path.read_text("utf-8"))
        refused = label.get("refused") or ("news" if label.get("is_official_document") is False else None)
        try:
            record = read_letter(folder / label["file"], calendar=calendar).to_record()
        except Refused as refusal:
            kind = refusal.kind.value if isinstance(refusal, NotALetter) else refusal.code
            score.value(path.name, "kind", refused or "letter", kind)
            continue
        score.value(path.name, "kind", refused or "letter", "letter")
        if not refused:
            score_letter(path.name, label, record, score)
    return score


def main() -> int:
    """Prints the table; 0 when everything is right."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--verbose", action="store_true", help="every difference")
    options = parser.parse_args()
    score = score_directory(options.folder)
    out = sys.stdout
    if options.json:
        out.write(
            json.dumps({"fields": score.rows(), "faults": score.faults}, ensure_ascii=False, indent=1) + "\n"
        )
        return 0 if not score.faults else 1
    out.write(f"{'field':22}{'precision':>10}{'recall':>8}{'right':>7}{'label':>7}{'read':>6}\n")
    for row in score.rows():
        shown = ["-" if row[key] is None else f"{row[key]:.3f}" for key in ("precision", "recall")]
        out.write(
            f"{row['field']:22}{shown[0]:>10}{shown[1]:>8}{row['right']:>7}{row['labelled']:>7}{row['read']:>6}\n"
        )
    if options.verbose:
        out.write("\n".join(["", *score.faults, ""]))
    return 0 if not score.faults else 1


if __name__ == "__main__":
    raise SystemExit(main())
