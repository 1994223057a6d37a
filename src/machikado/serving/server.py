"""The web server of a preview, for this machine's own browsers: the site, the overlay, and what changes."""

from __future__ import annotations

import json
import mimetypes
import socket
import socketserver
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from machikado.content.address import encoded, output_file
from machikado.serving.board import Board, News
from machikado.serving.overlay import RESERVED, bare_page, injected, overlay
from machikado.vocabulary import Language, Text

HEARTBEAT = 15.0
"""Seconds after which a silent connection is tried: a browser that went away is noticed then."""
OWN_FILES = ("overlay.css", "reload.js")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_TYPES = {
    ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".mjs": "text/javascript",
    ".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".txt": "text/plain",
    ".csv": "text/csv", ".ics": "text/calendar", ".woff2": "font/woff2", ".webp": "image/webp", ".webmanifest": "application/manifest+json",
}  # fmt: skip
_TEXTS = ("text/", "application/json", "application/xml", "application/manifest+json", "image/svg+xml")  # fmt: skip


class Place:
    """Where the site is: its folder, and the path that it lives below (`/`, or `/city/`)."""

    def __init__(self, site_dir: Path, base_path: str) -> None:
        self.site_dir = site_dir
        self.base_path = base_path

    def name_of(self, path: str) -> str | None:
        """The file, from the site's folder, that a path of an address asks for; None outside the site."""
        asked = unquote(path, errors="strict") if "%" in path else path
        if not asked.startswith(self.base_path) or "\0" in asked or "\\" in asked:
            return None
        name = output_file(asked.removeprefix(self.base_path))
        return None if ".." in name.split("/") or name.startswith("/") else name

    def file(self, name: str | None) -> Path | None:
        """The file of that name, where the site has it."""
        if name is None:
            return None
        file = self.site_dir / name
        is_there = file.is_file() and file.resolve().is_relative_to(self.site_dir.resolve())
        return file if is_there else None

    def missing(self, name: str | None) -> str:
        """The name of the page that is shown in the place of a missing one, in the reader's language."""
        own = f"{(name or '').partition('/')[0]}/404.html"
        return own if self.file(own) else "404.html"


class Server(ThreadingHTTPServer):
    """Listens as soon as it is made; raises OSError where it cannot. IPv6 where the host is such an address."""

    daemon_threads = True
    request_queue_size = 64
    # On Windows this would let two servers listen at one address.
    allow_reuse_address = sys.platform != "win32"

    def __init__(
        self, host: str, port: int, place: Place, board: Board, language: Language
    ) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.host, self.place, self.board, self.language = host, place, board, language
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        # Not http.server's, which asks the network for the name of this machine.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.host, self.server_address[1]

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.server_port}"

    def is_ours(self, host: str | None) -> bool:
        """Whether a browser means this server: a foreign site may have its own name lead here."""
        name = urlsplit(f"//{host or ''}").hostname
        return self.host not in _LOOPBACK or name in _LOOPBACK

    def handle_error(self, _request: Any, _client_address: Any) -> None:  # noqa: ANN401 - as socketserver calls it
        """A browser that went away in the middle of an answer is no matter for a writer."""

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Answer requests while the block lasts."""
        thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self.board.close()
            self.shutdown()
            self.server_close()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        if not self.server.is_ours(self.headers.get("Host")):
            self._send(HTTPStatus.FORBIDDEN, b"This server is for this machine's own browsers.\n", ".txt")  # fmt: skip
            return
        parts = urlsplit(self.path)
        if parts.path.startswith(RESERVED):
            self._own(parts.path.removeprefix(RESERVED), parts.query)
            return
        self._page(parts.path, parts.query)

    do_HEAD = do_GET  # noqa: N815 - the name is http.server's

    def _page(self, path: str, query: str) -> None:
        place = self.server.place
        # The mark is older than what is read: what is published meanwhile is told rather than missed.
        seen = self.server.board.seen
        try:
            name = place.name_of(path)
        except UnicodeDecodeError:
            name = None
        if place.base_path.startswith(path) and path != place.base_path:
            self._redirect(place.base_path, query)
        elif (data := _read(place.file(name))) is not None:
            self._answer(HTTPStatus.OK, str(name), data, seen)
        elif name is not None and place.file(f"{name}/index.html"):
            self._redirect(encoded(f"{place.base_path}{name}/"), query)
        else:
            other = place.missing(name)
            data = _read(place.file(other))
            self._answer(HTTPStatus.NOT_FOUND, other, data or self._nothing(), seen)

    def _nothing(self) -> bytes:
        title = Text("まだページがありません", "There is no page yet")
        text = Text(
            "原稿に直すところがあるか、いま作っているところです。できあがると、ここに出ます。",
            "Something is to be mended first, or the site is being made. It is shown here when it is ready.",
        )
        own = self.server.language
        return bare_page(title.spoken(own), text.spoken(own), own)

    def _answer(self, status: HTTPStatus, name: str, data: bytes, seen: str) -> None:
        if name.endswith(".html"):
            own = self.server.language
            inner = overlay(self.server.board.faults, own, self._looked_at(name))
            data = injected(data, inner, own, seen)
        self._send(status, data, Path(name).suffix)

    def _looked_at(self, name: str) -> str:
        """The page that is looked at: the one that was asked for, even if there is none yet."""
        try:
            return self.server.place.name_of(urlsplit(self.path).path) or name
        except UnicodeDecodeError:
            return name

    def _redirect(self, path: str, query: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", f"{path}?{query}" if query else path)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _own(self, name: str, query: str) -> None:
        if name == "events" and self.command == "GET":
            self._tell(parse_qs(query))
        elif name in OWN_FILES:
            file = Path(__file__).with_name(name)
            self._send(HTTPStatus.OK, file.read_bytes(), file.suffix)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"", ".txt")

    def _tell(self, asked: dict[str, list[str]]) -> None:
        """Tell a page of what changes, until it goes away (server-sent events, HTML Standard 9.2)."""
        board, place = self.server.board, self.server.place
        seen = self.headers.get("Last-Event-ID") or asked.get("seen", [""])[0]
        try:
            name = place.name_of(quote(asked.get("page", [""])[0]))
        except UnicodeDecodeError:
            name = None
        page = name or ""
        names = {page} if place.file(name) else {page, place.missing(name)}
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        with board.reading(names):
            while True:
                news = board.news(seen, names)
                self.wfile.write(b"".join(self._events(news, page)) if news else b":\n\n")
                self.wfile.flush()
                seen = news.seen if news else seen
                if not board.wait(seen, HEARTBEAT):
                    return

    def _events(self, news: News, page: str) -> Iterator[bytes]:
        base = self.server.place.base_path
        told: list[tuple[str, Any]] = []
        if news.reload:
            told.append(("reload", True))
        else:
            if news.styles:
                told.append(("styles", True))
            if news.files:
                told.append(("files", [encoded(f"{base}{name}") for name in news.files]))
            if news.faults:
                inner = overlay(self.server.board.faults, self.server.language, page)
                told.append(("faults", str(inner)))
        for name, value in told:
            yield f"event: {name}\nid: {news.seen}\ndata: {json.dumps(value)}\n\n".encode()

    def _send(self, status: HTTPStatus, body: bytes, suffix: str) -> None:
        kind = _TYPES.get(suffix.lower()) or mimetypes.types_map.get(suffix.lower(), "application/octet-stream")  # fmt: skip
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith(_TEXTS) else kind)  # fmt: skip
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing: what is to be mended is what the terminal is for."""


def _read(file: Path | None) -> bytes | None:
    """The bytes of a file; None where there is none, or no more since a moment."""
    try:
        return None if file is None else file.read_bytes()
    except FileNotFoundError:
        return None
