"""The mail with the link by which somebody signs in: short, in their language, and at once."""

from contextlib import suppress
from datetime import timedelta
from urllib.parse import quote, urljoin

from answers.house import House
from answers.pages import templates
from desk.exit import Stop
from desk.language import speaking, text
from desk.waking import wake_delivery
from directive.directory import Person
from register.models import OutMessage
from register.outbox import put_message
from register.sessions import add_sign_in, hash_of

LIVES = timedelta(minutes=15)


async def send(house: House, person: Person, then: str) -> None:
    """Make a link that lives for 15 minutes and put its mail into the outbox. Raises RegisterDown."""
    token, made_at = house.token(), house.wall()
    await add_sign_in(house.register, token, person.id, made_at=made_at, ends_at=made_at + LIVES)
    await put_message(house.register, mail(house, person, token, then), "sign_in")
    with suppress(Stop):  # the engine is down: delivery looks into the outbox when it comes back
        await wake_delivery(house.connect)


def mail(house: House, person: Person, token: str, then: str) -> OutMessage:
    """The message; its id follows from the token's hash."""
    further = f"?next={quote(then, safe='/')}" if then != "/" else ""
    address = urljoin(house.page_url, f"dang-nhap/{token}{further}")
    with speaking(person.language):
        subject = text("Liên kết đăng nhập Đôn Đốc", "Your link to sign in to Đôn Đốc")
        sentences = [
            text(f"Kính gửi {person.title or person.name},", f"Dear {person.title or person.name},"),
            text(
                "Bấm vào liên kết dưới đây rồi bấm «Đăng nhập». Liên kết dùng được một lần, trong 15 phút.",
                "Open the link below and press «Sign in». It works once, within 15 minutes.",
            ),
        ]
        warning = text(
            "Nếu ông/bà không yêu cầu, xin bỏ qua thư này và không chuyển liên kết cho ai.",
            "If you did not ask for it, leave this mail alone and pass the link to nobody.",
        )
        button = text("Đăng nhập", "Sign in")
        html = (
            templates()
            .get_template("sign_in_mail.html.j2")
            .render(
                lang=person.language,
                subject=subject,
                sentences=sentences,
                warning=warning,
                address=address,
                button=button,
            )
        )
    return OutMessage(
        id=f"sign-in-{hash_of(token)[:32]}",
        person=person.id,
        decided_at=house.now(),
        subject=subject,
        text="\n\n".join((*sentences, address, warning)) + "\n",
        html=html,
        notices=(),
    )
