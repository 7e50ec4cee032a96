"""Of `doctor`: whether every file of evidence is still there, as it was handed in."""

from desk.evidence import missing_files
from desk.finding import Finding, well, wrong
from register.files import every_file
from register.open import Register

SHOWN = 5


async def file_findings(register: Register) -> list[Finding]:
    """Each content is read and compared with its hash. Raises RegisterDown."""
    kept = await every_file(register)
    if not kept:
        return []
    lost = await missing_files(register)
    if not lost:
        return [
            well(
                "files",
                f"Minh chứng: {len(kept)} tệp còn nguyên vẹn",
                f"Evidence: all {len(kept)} files are as they were handed in",
            )
        ]
    named = ", ".join(f"{one.hash[:12]}… ({one.why})" for one in lost[:SHOWN])
    more = " …" if len(lost) > SHOWN else ""
    return [
        wrong(
            "files",
            f"{len(lost)} tệp minh chứng bị mất hoặc bị sửa: {named}{more}",
            f"{len(lost)} files of evidence are missing or altered: {named}{more}",
            "chép lại các tệp này từ bản sao lưu vào thư mục files của thư mục dữ liệu, hoặc xin người nộp gửi lại",
            "copy them from a backup into the folder `files` of the data folder, or ask their senders for them again",
            files=[{"hash": one.hash, "why": one.why} for one in lost],
        )
    ]
