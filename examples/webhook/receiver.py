"""A document management system that takes the events of Đôn Đốc, as small as it can be and still right.

    DONDOC_WEBHOOK_SECRET=whsec_… python receiver.py 8090 events.db

It refuses what is not signed or is more than five minutes old, and takes every event once: an event that comes again
has the same `webhook-id`. Needs `pip install standardwebhooks`.
"""

import json
import os
import sqlite3
import sys
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from standardwebhooks import Webhook, WebhookVerificationError

MOST = 1_000_000
"""Bytes; an event has some hundred."""
TABLE = (
    "CREATE TABLE IF NOT EXISTS events (id TEXT PRIMARY KEY, task TEXT, type TEXT, time TEXT, sequence TEXT)"
)


def receiver(port: int, secret: str, database: Path) -> ThreadingHTTPServer:
    """A server on the loopback address; TLS is the reverse proxy's in front of it."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(TABLE)

    class Receiver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30

        def do_POST(self) -> None:
            length = self.headers.get("content-length", "")
            if not length.isdigit() or int(length) > MOST:
                self.close_connection = True
                return self.answer(413)
            body = self.rfile.read(
                int(length)
            )  # as it came: what is parsed and written anew has another signature
            try:
                event = Webhook(secret).verify(body, dict(self.headers))
            except (WebhookVerificationError, ValueError):
                return self.answer(401)
            take(database, self.headers["webhook-id"], event)
            return self.answer(204)

        def answer(self, status: int) -> None:
            self.send_response(status)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Nothing: the events are in the database."""

    return ThreadingHTTPServer(("127.0.0.1", port), Receiver)


def take(database: Path, webhook_id: str, event: dict[str, str]) -> None:
    """Keep the id and do what the event calls for in one transaction: both happen, or neither, and once.

    Raises what the database raises; the answer is then no 204, and the event comes again.
    """
    row = (webhook_id, event["subject"], event["type"], event["time"], event.get("sequence", ""))
    with closing(sqlite3.connect(database)) as connection, connection:
        new = connection.execute("INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?, ?)", row).rowcount
        if new:
            sys.stdout.write(json.dumps(event, ensure_ascii=False) + "\n")  # your own work goes here


if __name__ == "__main__":
    receiver(int(sys.argv[1]), os.environ["DONDOC_WEBHOOK_SECRET"], Path(sys.argv[2])).serve_forever()
