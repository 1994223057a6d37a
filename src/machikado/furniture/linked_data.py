"""JSON-LD for search engines (schema.org): the organisation, the way to the page, the news article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any


def organisation(name: str, url: str) -> dict[str, Any]:
    """https://schema.org/GovernmentOrganization"""
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{url}#organization",
        "name": name,
        "url": url,
    }


def breadcrumb(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """https://schema.org/BreadcrumbList from (name, absolute address), the first step first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, 1)
        ],
    }


def news_article(
    headline: str,
    summary: str,
    url: str,
    lang: str,
    published: datetime,
    updated: datetime,
    publisher: str,
) -> dict[str, Any]:
    """https://schema.org/NewsArticle; `publisher` is the @id of the organisation."""
    return {
        "@type": "NewsArticle",
        "headline": headline,
        "description": summary,
        "url": url,
        "inLanguage": lang,
        "datePublished": published.isoformat(),
        "dateModified": updated.isoformat(),
        "publisher": {"@id": publisher},
    }


def script(graph: Sequence[dict[str, Any]]) -> str:
    """The graph as text for a <script type="application/ld+json">; no `<` can end the element."""
    data = {"@context": "https://schema.org", "@graph": list(graph)}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
