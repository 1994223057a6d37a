from __future__ import annotations

from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from small_pages import write_site

from machikado.audit.server import serving


def ask(origin: str, path: str) -> tuple[int, str, bytes]:
    connection = HTTPConnection(urlsplit(origin).netloc, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.headers["Content-Type"], response.read()
    finally:
        connection.close()


@pytest.fixture
def site(site_dir: Path) -> Path:
    (site_dir.parent / "secret.html").write_text("secret")
    return write_site(
        site_dir,
        {"index.html": "home", "plan/index.html": "plan", "404.html": "missing", "a.css": "a{}"},
    )


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/machikado/", (200, "text/html; charset=utf-8", b"home")),
        ("/machikado/plan/?q=1", (200, "text/html; charset=utf-8", b"plan")),
        ("/machikado/a.css", (200, "text/css", b"a{}")),
        ("/machikado/nothing/", (404, "text/html; charset=utf-8", b"missing")),
        ("/machikado/../secret.html", (404, "text/html; charset=utf-8", b"missing")),
        ("/machikado/%2e%2e/secret.html", (404, "text/html; charset=utf-8", b"missing")),
        ("/plan/", (404, "text/html; charset=utf-8", b"missing")),
    ],
)
def test_a_site_is_served_under_its_base_path_alone(
    site: Path, path: str, answer: tuple[int, str, bytes]
) -> None:
    with serving(site, "/machikado/") as origin:
        assert origin.startswith("http://127.0.0.1:")
        assert ask(origin, path) == answer
