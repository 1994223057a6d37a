"""A static web server on loopback: a built site under its base path, as readers would get it."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar
from urllib.parse import unquote, urlsplit

from machikado.audit.survey import FRAME, frame_of
from machikado.content.address import output_file

_TYPES = {".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
          ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2"}  # fmt: skip


@contextmanager
def serving(site_dir: Path, base_path: str = "/") -> Iterator[str]:
    """Serve `site_dir` under `base_path` while the context lasts; yields the origin (no slash)."""

    class Handler(_Handler):
        root = site_dir.resolve()
        base = base_path

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    root: ClassVar[Path]
    base: ClassVar[str]
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        file = self._file()
        if file is not None:
            data = file.read_bytes()
            if urlsplit(self.path).query == FRAME:
                data = frame_of(data.decode("utf-8", "replace")).encode()
            self._send(HTTPStatus.OK, data, file.suffix)
            return
        missing = self.root / "404.html"
        body = missing.read_bytes() if missing.is_file() else b""
        self._send(HTTPStatus.NOT_FOUND, body, ".html")

    do_HEAD = do_GET  # noqa: N815 - the name is http.server's

    def _file(self) -> Path | None:
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.base):
            return None
        file = (self.root / output_file(path.removeprefix(self.base))).resolve()
        inside = file.is_relative_to(self.root)
        return file if inside and file.is_file() else None

    def _send(self, status: HTTPStatus, body: bytes, suffix: str) -> None:
        kind = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        # Styles and scripts are the same on every page of one audit.
        self.send_header("Cache-Control", "no-store" if suffix == ".html" else "max-age=3600")
        self.end_headers()
        if self.command != "HEAD":
            try:
                self.wfile.write(body)
            except ConnectionError:
                # A browser reads no more of a recording than it wants to know.
                self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing: findings are what the audit prints."""
