"""Why an act on many tasks stops before its end, and how to go on."""

from desk.bulk_id import BulkId
from desk.exit import Stop, bad_input


def nothing_chosen() -> Stop:
    """A choice that finds no task is mistyped, or its tasks are closed: saying nothing would look like success."""
    return bad_input(
        "không có nhiệm vụ nào được chọn",
        "no task is chosen",
        "xem `tasks --directive …`, rồi sửa --where (chỉ nhiệm vụ đang mở được chọn, trừ khi ghi state= hoặc light=)",
        "see `tasks --directive …`, then mend --where (open tasks only, unless state= or light= is given)",
        kind="nothing_selected",
    )


def unfinished(stop: Stop, run: BulkId, done: int, total: int) -> Stop:
    """The engine is gone in the middle: how far it came, and how to go on."""
    stop.vi = stop.vi.replace("; chưa có gì thay đổi", "") + f"; đã xử lý {done}/{total} nhiệm vụ"
    stop.en = stop.en.replace("; nothing has changed", "") + f"; {done} of {total} tasks are seen to"
    stop.remedy_vi = (
        f"khi máy chủ và worker chạy lại, lặp lại lệnh này với --bulk-id {run.id}: không làm hai lần"
    )
    stop.remedy_en = (
        f"once the engine and a worker run, repeat this with --bulk-id {run.id}: nothing is done twice"
    )
    stop.detail = {**stop.detail, "bulk_id": run.id, "seen_to": done, "total": total}
    return stop
