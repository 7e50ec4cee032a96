"""`preview` as the engine will do it, also where nobody can be asked."""

import json
from pathlib import Path

from tests.desk.conftest import Run

DIRECTORY = """
version: x
units:
  - {code: ub, name: UBND, head: ct, officers: [vp.cv], approvers: [ct], leadership: [ct], assigners: [vp.cvp]}
  - {code: vp, name: Văn phòng, parent: ub, head: vp.cvp, officers: [vp.cv]}
  - {code: so-b, name: Sở B, parent: ub, head: b.gd, officers: [b.cv]}
people:
  - {id: ct, name: Chủ tịch, email: ct@example.invalid}
  - {id: vp.cvp, name: Chánh Văn phòng, email: cvp@example.invalid}
  - {id: vp.cv, name: Chuyên viên, email: cv@example.invalid}
  - {id: b.gd, name: Giám đốc, email: b@example.invalid}
  - {id: b.cv, name: Chuyên viên B, email: bcv@example.invalid}
absences:
  - {person: b.gd, start: 2026-06-01, end: 2026-06-30, reason: Nghỉ ốm}
"""
PLAN = """
directive: {number: 7/UBND-X, issued: 2026-05-29, issuer: ub, subject: Rà soát}
policy: standard
monitor: vp
approvers: [approver of the issuer]
tasks:
  - {code: "1", work: Rà soát, due: 2026-06-05, lead: [so-b]}
"""


def test_a_level_that_nobody_can_answer_is_skipped_at_once_in_the_preview_too(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "directory.yaml").write_text(DIRECTORY, encoding="utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    done = run("preview", str(plan), "--as-of", "2026-05-29", "--json")
    assert done.returncode == 0, done.stderr
    climbed = [
        (one["level"], one["at"][:10])
        for one in json.loads(done.stdout)["notices"]
        if one["kind"] == "escalated"
    ]
    assert climbed == [(1, "2026-06-08"), (2, "2026-06-08"), (3, "2026-06-10")]
