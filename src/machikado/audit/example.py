"""The examples of checks as pages: what a check says of its own good and bad HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from machikado.audit import axe
from machikado.audit.check import Check, examine
from machikado.audit.judgement import answers
from machikado.audit.sight import URL_VIEWS, Browser, Patience, Visit
from machikado.audit.snapshot import read_snapshot
from machikado.vocabulary import Outcome


def document(example: str) -> str:
    """A whole page around an example, unless it is one: Japanese, titled, with one heading."""
    if example.lstrip().lower().startswith(("<!doctype", "<html")):
        return example
    return (
        '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>見本のページ</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f"<body><main><h1>見本のページ</h1>{example}</main></body></html>"
    )


def outcomes(browser: Browser, url: str, check: Check) -> list[Outcome]:
    """What `check` finds on the page at `url`, in any of the views, each fault once."""
    argument = {
        "options": {"runOnly": {"type": "rule", "values": ["document-title"]}},
        "colourRules": [],
    }
    seen = browser.look(Visit(url, URL_VIEWS, axe.question(), argument, Patience(), check.probes))
    found: dict[tuple[str, str], Outcome] = {}
    for number, (_, answer) in enumerate(answers(seen)):
        page = read_snapshot(
            answer["snapshot"],
            source=seen.source,
            probes={} if number else seen.probes,
        )
        for verdict in examine(page, [check])[0]:
            found[verdict.element.selector, verdict.fault.message.en] = verdict.fault.outcome
    return list(found.values())


@contextmanager
def serving_pages(pages: Mapping[str, str]) -> Iterator[str]:
    """Serve documents by their path (`/good/1`) on loopback; yields the origin."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path)
            data = (body or "").encode()
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
