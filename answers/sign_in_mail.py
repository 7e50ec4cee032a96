"""The mail with the link by which somebody signs in: short, in their language, and at once."""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote, urljoin

from answers.house import House
from desk.exit import Stop
from desk.greeting import greeting
from desk.language import speaking, text
from desk.waking import wake_delivery
from directive.directory import Directory, Person
from notices.note import Note, compose_note
from register.outbox import put_message
from register.outbox_models import OutMessage
from register.sessions import add_sign_in, hash_of

LIVES = timedelta(minutes=15)


async def send(house: House, directory: Directory, person: Person, then: str) -> None:
    """Make a link that lives for 15 minutes and put its mail into the outbox. Raises RegisterDown."""
    token, made_at = house.token(), house.wall()
    await add_sign_in(house.register, token, person.id, made_at=made_at, ends_at=made_at + LIVES)
    await put_message(house.register, mail(house, directory, person, token, then), "sign_in")
    with suppress(Stop):  # the engine is down: delivery looks into the outbox when it comes back
        await wake_delivery(house.connect)


def mail(house: House, directory: Directory, person: Person, token: str, then: str) -> OutMessage:
    """The message; its id follows from the token's hash."""
    further = f"?next={quote(then, safe='/')}" if then != "/" else ""
    address = urljoin(house.page_url, f"dang-nhap/{token}{further}")
    with speaking(person.language):
        note = Note(
            subject=text("Liên kết đăng nhập Đôn Đốc", "Your link to sign in to Đôn Đốc"),
            greeting=greeting(directory, person),
            paragraphs=(
                text(
                    "Mở liên kết dưới đây rồi bấm «Đăng nhập». Liên kết dùng được một lần, trong 15 phút.",
                    "Open the link below and press «Sign in». It works once, within 15 minutes.",
                ),
            ),
            button=(text("Mở trang đăng nhập", "Open the sign-in page"), address),
            after=(
                text(
                    "Nếu không yêu cầu, xin bỏ qua thư này và không chuyển liên kết cho ai.",
                    "If you did not ask for it, leave this mail alone and pass the link to nobody.",
                ),
            ),
            closing=text("Trân trọng.", "Yours sincerely."),
        )
    return compose_note(f"sign-in-{hash_of(token)[:32]}", person, house.now(), note)
