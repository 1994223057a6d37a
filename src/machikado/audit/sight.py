"""What the audit asks of a browser, and what a browser answers: the seam between the two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from machikado.vocabulary import State, Text

Viewport = Literal["desktop", "phone"]

VIEWPORTS: dict[Viewport, tuple[int, int]] = {"desktop": (1280, 800), "phone": (320, 640)}
"""Width and height in CSS pixels; 320 is the width of WCAG 2.2's criterion 1.4.10, Reflow."""


@dataclass(frozen=True, slots=True)
class View:
    """One way of showing a page.

    theme: `light`, `dark` (what the device asks for), or a theme of the site that a reader chose;
    dress: the attributes on the page's root that its readers' choices leave there, by name.
    """

    theme: str
    viewport: Viewport
    ruby: bool = False
    forced_colors: bool = False
    dress: tuple[tuple[str, str], ...] = ()

    @property
    def state(self) -> State:
        """The page is looked at with reduced motion, so that nothing moves while it is measured."""
        return State(ruby=self.ruby, forced_colors=self.forced_colors, reduced_motion=True)


def driven_view(views: Sequence[View]) -> int:
    """The number of the view that a page is driven in: the first without readings.

    A view with readings comes first of all, since they are taken out where nobody sees them.
    """
    return next((number for number, view in enumerate(views) if not view.ruby), 0)


# Each step changes one thing only, so that a page settles quickly and findings can be carried over.
SITE_VIEWS = (
    View("light", "desktop"),
    View("dark", "desktop"),
    View("dark", "phone"),
    View("light", "phone"),
)
ARTICLE_VIEWS = SITE_VIEWS[:2] + SITE_VIEWS[3:]
"""How each article is shown. On a phone its colours are those of a desktop."""
URL_VIEWS = (View("light", "desktop"), View("light", "phone"))


@dataclass(frozen=True, slots=True)
class Swap:
    """An article to be put into a page that is open already, instead of loading its own page.

    url: the address it has; html: attributes of its root element, body: of its body; main: its
    article, the element `<main>` as HTML.
    """

    url: str
    title: str
    html: tuple[tuple[str, str], ...]
    body: tuple[tuple[str, str], ...]
    main: str


@dataclass(frozen=True, slots=True)
class Portrait:
    """An element to photograph: its CSS selector, and its name, to make sure that it is the one."""

    selector: str
    element: str


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds after which a page is given up: to load it, and to be done with it in all views."""

    load: float = 20
    page: float = 180


@dataclass(frozen=True, slots=True)
class Visit:
    """What to do with one page.

    url: where it is; views: how to show it, one after the other, in one page load;
    question: a JavaScript function, called in each view with `argument`; its answer is JSON text;
    probes: what else to find out, in one view (`driven_view`), by driving the page (`browser.probes`);
    swap: where given, `url` is only a frame with the same styles, into which this article is put;
    portraits: what to photograph, in the last view.
    """

    url: str
    views: tuple[View, ...]
    question: str
    argument: Any
    patience: Patience
    probes: tuple[str, ...] = ()
    swap: Swap | None = None
    portraits: tuple[Portrait, ...] = ()


@dataclass(frozen=True, slots=True)
class Sight:
    """What was seen in one view: the answer (JSON text), and what happened since the view before.

    requests: addresses of everything the page asked for; exceptions: uncaught JavaScript errors.
    """

    view: View
    answer: str
    requests: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """One page in all its views.

    url: where it was found in the end, after the server's redirects;
    left_for: where it wanted to send the reader by itself; it was kept from going there;
    source: its HTML as the server sent it; probes: what each probe found, by its name;
    pictures: a PNG for each portrait, or None where there is nothing to see, or more than one.
    """

    url: str
    sights: tuple[Sight, ...]
    left_for: str | None = None
    source: str | None = None
    probes: Mapping[str, Any] = field(default_factory=dict)
    pictures: tuple[bytes | None, ...] = ()


class UnseenError(Exception):
    """This page could not be looked at; the browser is still good. `text` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.text,)


class BrowserGoneError(Exception):
    """The browser, or the process behind its page, died while it was looking."""


class Browser(Protocol):
    """A running browser."""

    def look(self, visit: Visit) -> Seen:
        """Show the page and ask; raises UnseenError or BrowserGoneError."""
        ...


class Opener(Protocol):
    """How to start a browser. It travels to worker processes, so it can be pickled.

    setup: JavaScript that runs in every document, frames too, before the document's own;
    origin: the only origin (`http://127.0.0.1:8080`) that may be reached, or None for any.
    """

    def __call__(self, setup: str, origin: str | None) -> AbstractContextManager[Browser]: ...


THEME, READINGS = "data-theme", "data-furigana"
"""The attributes of the root that keep what a reader chose (decision 0013)."""


def origin_of(url: str) -> str:
    """Scheme, host and port of an absolute URL."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.split('/', 1)[0].split('?', 1)[0].split('#', 1)[0]}"


def outside(requests: Sequence[str], origin: str) -> list[str]:
    """The requests that leave `origin`, each once; what the page carries in itself does not."""
    inside = (f"{origin}/", "data:", "blob:", "about:", "chrome:", "chrome-error:")
    return list(dict.fromkeys(url for url in requests if not f"{url}/".startswith(inside)))
