"""Of `doctor`: whether the mail server answers, speaks TLS and takes our password. Nothing is sent."""

import ssl
from contextlib import suppress

from aiosmtplib import SMTP, SMTPAuthenticationError, SMTPException

from desk.finding import Finding, well, wrong
from desk.mail import MailServer

PATIENCE = 5.0
"""Seconds to wait for each answer of the server."""


async def login_finding(server: MailServer) -> Finding:
    """The conversation that comes before the first message, and goodbye."""
    where = f"{server.host}:{server.port}"
    smtp = _smtp(server)
    try:
        await smtp.connect()
        with suppress(SMTPException, OSError):
            await smtp.quit()
    except SMTPAuthenticationError as error:
        return _no_login(server, where, error)
    except ssl.SSLError as error:
        return _no_tls(where, error.reason or str(error))
    except (SMTPException, OSError) as error:
        if "STARTTLS" in str(error):
            return _no_tls(where, "STARTTLS?")
        return _no_answer(where)
    finally:
        smtp.close()
    if server.user:
        return well(
            "mail",
            f"Máy chủ thư {where} trả lời và nhận đăng nhập {server.user}",
            f"The mail server {where} answers and takes the login {server.user}",
        )
    return well("mail", f"Máy chủ thư {where} trả lời", f"The mail server {where} answers")


def _smtp(server: MailServer) -> SMTP:
    authorities = str(server.authorities) if server.authorities else None
    return SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user or None,
        password=server.password or None,
        use_tls=server.tls == "at_once",
        start_tls=server.tls == "starttls",
        tls_context=None if server.tls == "none" else ssl.create_default_context(cafile=authorities),
        timeout=PATIENCE,
    )


def _no_answer(where: str) -> Finding:
    return wrong(
        "mail",
        f"Máy chủ thư {where} không trả lời",
        f"The mail server {where} does not answer",
        "kiểm tra DONDOC_SMTP_URL và đường mạng; thư chưa gửi vẫn được giữ và tự gửi lại",
        "check DONDOC_SMTP_URL and the network; what is not sent is kept and tried again",
    )


def _no_login(server: MailServer, where: str, error: SMTPAuthenticationError) -> Finding:
    return wrong(
        "mail_login",
        f"Máy chủ thư {where} không nhận đăng nhập của {server.user} ({error.code})",
        f"The mail server {where} does not take the login of {server.user} ({error.code})",
        "sửa tên trong DONDOC_SMTP_URL hoặc DONDOC_SMTP_PASSWORD rồi khởi động lại worker; thư được giữ và tự gửi lại",
        "mend the user in DONDOC_SMTP_URL or DONDOC_SMTP_PASSWORD and start the worker again; mails are kept and sent",
        code=error.code,
    )


def _no_tls(where: str, why: str) -> Finding:
    return wrong(
        "mail_tls",
        f"Không lập được kết nối TLS với máy chủ thư {where} ({why})",
        f"No TLS connection to the mail server {where} ({why})",
        "kiểm tra chứng thư số của máy chủ thư, DONDOC_SMTP_CA, và cách nối (smtp:// hay smtps://)",
        "check the mail server's certificate, DONDOC_SMTP_CA, and the way to connect (smtp:// or smtps://)",
    )
