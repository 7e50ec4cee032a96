"""`restore DIR`: a backup brought back, after everything about it was checked."""

from pathlib import Path
from typing import cast

from sqlalchemy import text as sql
from sqlalchemy.exc import ArgumentError

from desk import screen
from desk.backup.manifest import CLOCK, ENGINE, Manifest, check, find
from desk.backup.restoring import Restoring, What
from desk.exit import Code, Stop, bad_input
from desk.folder import hold, hold_still, make_folder, owned
from desk.language import text
from desk.office import bad_url
from desk.out_of_reach import out_of_reach
from desk.restored import same_half_first
from desk.settings import settings
from desk.up_children import end_left_overs
from register.migrate import known_revisions
from register.open import Register, RegisterDown


def restore(place: Path, only: str | None, *, replace: bool, dry_run: bool) -> None:
    """Bring a backup back, or show what that would do. Raises Stop."""
    if only not in (None, "register", "engine"):
        raise bad_input(
            f"--only không nhận «{only}»",
            f"--only does not know «{only}»",
            "register hoặc engine",
            "register or engine",
        )
    what = cast(What, only or "all")
    backup, manifest = find(place)
    check(backup, manifest)
    _fits(manifest, what, backup)
    chosen = settings()
    owned(chosen)
    make_folder(chosen)
    with hold(chosen), hold_still(chosen, alone=True):
        same_half_first(chosen, what)
        restoring, replaced = _restored(backup, manifest, what, replace=replace, dry_run=dry_run)
    _tell(backup, manifest, what, restoring, replaced, dry_run=dry_run)


def _restored(
    backup: Path, manifest: Manifest, what: What, *, replace: bool, dry_run: bool
) -> tuple[Restoring, list[Path]]:
    """Put it in place; what it replaced. Raises Stop."""
    import asyncio

    try:
        if manifest.database == "postgresql" and what != "engine":
            asyncio.run(_empty_database())
        restoring = Restoring(settings(), backup, manifest, what)
        replaced = restoring.replaced
        if replaced and not replace and not dry_run:
            raise _not_empty(replaced)
        if not dry_run:
            end_left_overs(settings())  # they would go on writing into what is moved aside
            restoring.do()
    except OSError as error:
        raise _failed(error) from error
    return restoring, replaced


def _fits(manifest: Manifest, what: What, backup: Path) -> None:
    """Whether this release and these settings can take the backup. Raises Stop."""
    if what != "engine" and manifest.revision not in known_revisions():
        raise Stop(
            Code.REFUSED,
            f"bản sao lưu do bản phần mềm mới hơn tạo ra ({manifest.release}, dạng {manifest.revision})",
            f"the backup is of a newer release ({manifest.release}, form {manifest.revision})",
            "cài bản phần mềm đó (hoặc mới hơn) rồi khôi phục",
            "install that release (or a newer one), then restore",
            kind="newer_backup",
            detail={"release": manifest.release, "revision": manifest.revision},
        )
    here = "sqlite" if settings().register_database else "postgresql"
    if what != "engine" and here != manifest.database:
        raise Stop(
            Code.REFUSED,
            f"bản sao lưu có sổ theo dõi dạng {manifest.database}, còn DONDOC_REGISTER_URL là {here}",
            f"the backup's register is {manifest.database}, and DONDOC_REGISTER_URL names {here}",
            "đặt DONDOC_REGISTER_URL tới cơ sở dữ liệu cùng loại (bỏ trống cho SQLite)",
            "let DONDOC_REGISTER_URL name a database of that kind (unset it for SQLite)",
            kind="other_database",
        )
    if what == "engine" and not manifest.engine:
        raise bad_input(
            f"{backup} không có {ENGINE}",
            f"{backup} has no {ENGINE}",
            "chọn bản sao lưu khác, hoặc khôi phục cơ sở dữ liệu của Temporal riêng",
            "name another backup, or restore Temporal's own database",
            kind="no_engine_file",
        )
    if what != "all":
        _same_clock(backup)


def _same_clock(backup: Path) -> None:
    """Half of a backup goes only beside another half of the same clock: tasks carry theirs. Raises Stop."""
    here, there = settings().clock_file, backup / CLOCK
    if (here.read_bytes() if here.exists() else b"") == (there.read_bytes() if there.exists() else b""):
        return
    raise Stop(
        Code.REFUSED,
        "đồng hồ của thư mục dữ liệu khác với đồng hồ của bản sao lưu",
        "the data folder has another clock than the backup",
        "khôi phục toàn bộ (bỏ --only), hoặc vào đúng thư mục dữ liệu cũ",
        "restore all of it (without --only), or into the folder that it is of",
        kind="other_clock",
    )


async def _empty_database() -> None:
    """PostgreSQL is filled only where nothing is: what is there stays for whoever wants it back. Raises Stop."""
    try:
        register = Register.open(settings().register_address)
    except (ValueError, ArgumentError) as error:
        raise bad_url() from error
    wanted = sql("SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema()")
    try:
        async with register.read() as connection:
            count = await connection.scalar(wanted)
    except RegisterDown as error:
        raise out_of_reach(error) from error
    finally:
        await register.close()
    if count:
        raise Stop(
            Code.REFUSED,
            f"cơ sở dữ liệu đã có {count} bảng; sổ cũ được giữ nguyên",
            f"the database has {count} tables; the old register stays as it is",
            "tạo một cơ sở dữ liệu trống (createdb), đặt DONDOC_REGISTER_URL tới đó, rồi chạy lại",
            "make an empty database (createdb), let DONDOC_REGISTER_URL name it, then run this again",
            kind="database_not_empty",
        )


def _not_empty(replaced: list[Path]) -> Stop:
    named = ", ".join(one.name for one in replaced)
    return Stop(
        Code.REFUSED,
        f"thư mục dữ liệu đã có {named}; chưa có gì thay đổi",
        f"the data folder has {named} already; nothing has changed",
        "thêm --replace: bản đang có được cất vào thư mục before-…, không bị xóa (xem trước: --dry-run)",
        "add --replace: what is there moves into a folder before-… and is not deleted (to look first: --dry-run)",
        kind="not_empty",
        detail={"there": [str(one) for one in replaced]},
    )


def _failed(error: OSError) -> Stop:
    why = error.strerror or type(error).__name__
    return Stop(
        Code.UNREACHABLE,
        f"không khôi phục được ({why}); bản sao lưu còn nguyên",
        f"it could not be restored ({why}); the backup is as it was",
        "kiểm tra dung lượng đĩa và quyền ghi, rồi chạy lại với --replace",
        "check the room on the disk and the right to write, then run it again with --replace",
        kind="restore_failed",
    )


def _tell(
    backup: Path, manifest: Manifest, what: What, restoring: Restoring, replaced: list[Path], *, dry_run: bool
) -> None:
    screen.answer(
        {
            "backup": str(backup),
            "at": manifest.at,
            "what": what,
            "counts": manifest.counts,
            "aside": str(restoring.aside) if replaced else None,
            "asides": list(restoring.asides),
            "replaced": [str(one) for one in replaced],
            "dry_run": dry_run,
        }
    )
    counts = manifest.counts
    inside = text(
        f"{counts['tasks']} nhiệm vụ, {counts['events']} sự kiện",
        f"{counts['tasks']} tasks, {counts['events']} events",
    )
    named = ", ".join(one.name for one in replaced)
    if dry_run:
        screen.say(
            text(
                f"Chỉ xem: {backup} còn nguyên vẹn ({inside}).", f"Only a look: {backup} is sound ({inside})."
            )
        )
        if replaced:
            screen.say(
                text(f"  Sẽ cất vào thư mục before-…: {named}", f"  Would be moved into before-…: {named}")
            )
        return
    screen.say(text(f"Đã khôi phục từ {backup} ({inside}).", f"Restored from {backup} ({inside})."), "green")
    for one in restoring.asides:
        screen.say(text(f"  Bản trước đó: {one}", f"  What was there: {one}"))
    if manifest.secret == "environment":  # noqa: S105 - where it is, not what it is
        screen.say(
            text(
                "  Đặt lại DONDOC_SECRET như cũ, nếu không các liên kết đã gửi sẽ hết hiệu lực.",
                "  Set DONDOC_SECRET as it was, else the links that were sent end.",
            ),
            "yellow",
        )
    screen.say(
        text(
            "Tiếp theo: `starter.py doctor --repair`, rồi `up`.",
            "Next: `starter.py doctor --repair`, then `up`.",
        )
    )
