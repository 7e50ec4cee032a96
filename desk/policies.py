"""Policies at the door: the shipped ones listed, and any file checked."""

from pathlib import Path

from desk import screen, sources
from desk.files import read_text
from desk.language import text
from letters.policy_file import SHIPPED, load_policy, shipped_names, shipped_policy

FOR = {
    "standard": ("việc thường ngày: ngày làm việc, ba cấp", "everyday work: working days, three levels"),
    "strict": (
        "hỏa tốc: tính theo giờ, cả đêm, ngày nghỉ, ngày lễ",
        "hỏa tốc: by the hour, nights, weekends and holidays included",
    ),
    "light": (
        "phối hợp: ít nhắc, chỉ hỏi đến người đứng đầu đơn vị",
        "coordination: few reminders, nobody above the head of the unit is asked",
    ),
}


def list_policies() -> None:
    """Print the policies that come with the product."""
    rows = [(name, shipped_policy(name)) for name in shipped_names()]
    screen.answer(
        [
            {
                "name": name,
                "version": policy.version,
                "title": policy.name,
                "file": str(SHIPPED / f"{name}.yaml"),
            }
            for name, policy in rows
        ]
    )
    screen.table(
        [text("Tên", "Name"), text("Bản", "Version"), text("Tên gọi", "Title"), text("Dùng cho", "For")],
        [[name, policy.version, policy.name, text(*FOR[name])] for name, policy in rows],
    )


def check_policy(file: Path) -> None:
    """Check a policy file, or a shipped policy by its name. Raises Stop."""
    if str(file) in shipped_names() and not file.exists():
        file = SHIPPED / f"{file}.yaml"
    policy, problems = load_policy(read_text(file))
    if policy is None:
        raise sources.wrong(file, problems)
    sources.report(file, problems)
