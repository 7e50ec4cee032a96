"""What can be wrong with a file, in the words of both languages: one row for each code.

Data, not logic: severity, then the sentence and the remedy in Vietnamese and English. `{guess}` becomes
"; did you mean …?" where there is something near.
"""

from letters.problem import Problem, Severity
from letters.slips_ask import ASK
from letters.slips_office import OFFICE
from letters.slips_plan import PLAN
from letters.slips_yaml import YAML_FILE

SLIPS: dict[str, tuple[str, str, str, str, str]] = {**YAML_FILE, **PLAN, **ASK, **OFFICE}
_LONGEST = 120


def slip(code: str, line: int, where: str = "", /, *, guess: str = "", **detail: object) -> Problem:
    """The problem of a code, with its sentences filled in. `guess` is what was probably meant."""
    severity, vi, en, remedy_vi, remedy_en = SLIPS[code]
    words = {name: _short(value, 400 if name == "known" else _LONGEST) for name, value in detail.items()}
    meant_vi = {**words, "guess": f"; có phải là «{guess}» không?" if guess else ""}
    meant_en = {**words, "guess": f"; did you mean “{guess}”?" if guess else ""}
    return Problem(
        line=line,
        where=where,
        code=code,
        vi=vi.format(**meant_vi),
        en=en.format(**meant_en),
        remedy_vi=remedy_vi.format(**meant_vi),
        remedy_en=remedy_en.format(**meant_en),
        severity=Severity(severity),
    )


def _short(value: object, longest: int) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
