"""How fast deadline phrases are read: phrases a second, and how many times a bare pass of one regular expression.

    python bench/deadlines.py [--count 100000] [--seed 1] [--write FILE] [--json]

The phrases are those of tests/data with other days, months, years and clock times, other dress (capitals, NFD, no
accents, white space) and half of them inside a sentence: no two alike, so that nothing is read twice. The bare pass
only looks for dates in the same lines; the ratio to it is what a busy or slow machine does not change. `--write` leaves
the phrases as a file for `starter.py deadline --file FILE --json`.
"""

import argparse
import json
import random
import re
import sys
import time
import unicodedata
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from directive.deadline import deadline_record  # noqa: E402 - the root is put on the path above
from directive.phrases.text import FOLD  # noqa: E402
from register.calendars import shipped_calendar  # noqa: E402

DATA = ROOT / "tests" / "data"
FILES = ("deadlines.jsonl", "deadlines_own.jsonl", "deadlines_blind.jsonl")
BARE = re.compile(
    r"\b\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?|(?:ngày|tháng|quý|năm)\s*\d+|\d{1,2}\s*(?:h|giờ|:)\s*\d{0,2}",
    re.IGNORECASE,
)
DAY = re.compile(r"\b\d{1,2}/\d{1,2}\b(?:/\d{4}\b)?")
NUMBER = re.compile(
    r"(?<=ngày )\d{1,2}(?= )|(?<=tháng )\d{1,2}\b|(?<=trong )\d{1,2}(?= ngày)|\b\d{1,2}(?=h\d\d)"
)
DRESS = (
    lambda s: s,
    lambda s: s,
    lambda s: s,
    str.upper,
    lambda s: unicodedata.normalize("NFD", s),
    lambda s: s.translate(FOLD),
    lambda s: s.replace(" ", "  ", 2),
    lambda s: f"- {s};",
)
BEFORE = (
    "Đề nghị Sở Nội vụ chủ trì, phối hợp với {n} đơn vị liên quan rà soát, báo cáo kết quả ",
    "Giao Văn phòng Đảng ủy tổng hợp {n} nội dung theo Công văn số {n}-CV/TU, ngày 02/3/2026, hoàn thành ",
    "UBND các xã, phường khẩn trương thực hiện {n} nhiệm vụ được giao, ",
)
AFTER = (" để tổng hợp, báo cáo.", " (qua Phòng Tổng hợp {n}).", "; sản phẩm: {n} báo cáo./.", "")


def varied(count: int, seed: int) -> list[tuple[str, date]]:
    """So many phrases with their documents' dates, no two alike."""
    chance = random.Random(seed)
    rows = [json.loads(line) for name in FILES for line in (DATA / name).read_text("utf-8").splitlines()]
    made: dict[str, date] = {}
    while len(made) < count:
        row = chance.choice(rows)
        issued = date.fromisoformat(row["document_date"]) + timedelta(days=chance.randint(-200, 200))
        phrase = _other_days(row["text"], issued, chance)
        phrase = NUMBER.sub(lambda _: str(chance.randint(1, 12)), phrase)
        if chance.random() < 0.5:
            phrase = chance.choice(BEFORE) + phrase + chance.choice(AFTER)
            phrase = phrase.replace("{n}", str(chance.randint(2, 999)))
        phrase = chance.choice(DRESS)(phrase)
        made[phrase if phrase not in made else f"{chance.randint(1, 99999)}. {phrase}"] = issued
    return list(made.items())[:count]


def _other_days(text: str, issued: date, chance: random.Random) -> str:
    def other(seen: re.Match[str]) -> str:
        day = issued + timedelta(days=chance.randint(-20, 300))
        return f"{day.day:02}/{day.month}" + (f"/{day.year}" if seen[0].count("/") == 2 else "")

    return DAY.sub(other, text)


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--count", type=int, default=100_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--write", type=Path, metavar="FILE")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    phrases, calendar = varied(given.count, given.seed), shipped_calendar()
    if given.write:
        lines = (
            json.dumps({"id": f"V{n}", "text": text, "document_date": day.isoformat()}, ensure_ascii=False)
            for n, (text, day) in enumerate(phrases, start=1)
        )
        given.write.write_text("\n".join(lines) + "\n", encoding="utf-8")
    wall, start = time.perf_counter(), time.process_time()
    for text, _ in phrases:
        for _found in BARE.finditer(text):
            pass
    bare = time.process_time() - start
    wall, start = time.perf_counter(), time.process_time()
    for text, issued in phrases:
        json.dumps(deadline_record(text, issued=issued, calendar=calendar), ensure_ascii=False)
    seconds, wall = time.process_time() - start, time.perf_counter() - wall
    result = {
        "phrases": len(phrases),
        "characters_each": round(sum(len(text) for text, _ in phrases) / len(phrases), 1),
        "cpu_seconds": round(seconds, 2),
        "wall_seconds": round(wall, 2),
        "phrases_per_cpu_second": round(len(phrases) / seconds),
        "times_a_bare_regex_pass": round(seconds / bare, 1),
    }
    if given.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        print(f"{name.replace('_', ' '):26} {value}")


if __name__ == "__main__":
    main()
