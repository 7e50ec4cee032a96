"""How fast deadline phrases and letters are read: phrases a second, pages a second.

    python -m bench.reading [--full] [--json]

The phrases are those of `bench/deadlines.py`, no two alike: 20,000, with `--full` 100,000. What the machine does not
change is how many times a bare pass of one regular expression over the same lines they take. The letters are those of
tests/data/letters, whole: from the file to the record, with their tasks and deadlines; a page is 3,000 characters of
text. How right the readings are, `bench/letters.py` and the tests say; its count of differences from the labels is told
here too, since a fast reading that is wrong is none.
"""

import time
from contextlib import suppress

from bench.deadlines import BARE, varied
from bench.frame import ROOT, Row, median, options, report
from bench.letters import score_directory
from directive.deadline import deadline_record
from letters.files import open_file
from letters.read import read_letter
from letters.refusals import Refused
from register.calendars import shipped_calendar

LETTERS = ROOT / "tests" / "data" / "letters"
PAGE = 3_000
"""Characters: an office's page has 45 lines of about 65."""
SIZES = {False: (20_000, 3), True: (100_000, 7)}
"""Phrases, and how often the letters are read; `--full` the second."""


def phrases(many: int) -> list[Row]:
    """So many phrases, read once each."""
    calendar, made = shipped_calendar(), varied(many, seed=1)
    for text, issued in made[:200]:
        deadline_record(text, issued=issued, calendar=calendar)
    start = time.process_time()
    for text, _ in made:
        for _found in BARE.finditer(text):
            pass
    bare = time.process_time() - start
    start = time.process_time()
    for text, issued in made:
        deadline_record(text, issued=issued, calendar=calendar)
    seconds = time.process_time() - start
    return [
        Row("phrases", many / seconds, "a second of processor time"),
        Row("a phrase, against a bare pass of one regular expression", seconds / bare, "times"),
    ]


def letters(times: int) -> list[Row]:
    """All labelled letters, read so often."""
    calendar, faults = shipped_calendar(), len(score_directory(LETTERS).faults)
    files = sorted(LETTERS.glob("*.txt"))
    pages = sum(len(open_file(file).source.text) for file in files) / PAGE
    seconds = []
    for _ in range(times):
        start = time.process_time()
        for file in files:
            with suppress(Refused):  # some are no letters, as their labels say
                read_letter(file, calendar=calendar)
        seconds.append(time.process_time() - start)
    return [
        Row("pages", pages / median(seconds), "a second of processor time"),
        Row("a letter", median(seconds) / len(files) * 1000, "ms of processor time"),
        Row("differences from the labels", faults, f"in {len(files)} letters"),
    ]


def main() -> int:
    """Print the figures."""
    chosen = options(__doc__)
    many, times = SIZES[chosen.full]
    rows = [*phrases(many), *letters(times)]
    report("reading", rows, {"phrases": many}, as_json=chosen.json)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
