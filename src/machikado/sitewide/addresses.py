"""The absolute addresses of a project, and what robots are told of them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from machikado.content.address import encoded
from machikado.project import Project

Absolute = Callable[[str], str]
"""From an address from the site's root to the absolute one."""


def absolute_of(project: Project) -> Absolute:
    """How the addresses of a project become absolute."""
    start = urljoin(project.site_url, "/").rstrip("/") + project.base_path.rstrip("/")
    return lambda address: start + encoded(address)


def robots(absolute: Absolute) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {absolute('/sitemap.xml')}\n".encode()
