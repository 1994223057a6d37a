"""`machikado status`: how far the translations are, and which of them wait for work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from machikado.cli.common import (
    config_option,
    format_option,
    open_project,
    print_json,
    read_sources,
    say,
    stop,
    words,
)
from machikado.content.site import TranslationStatus

if TYPE_CHECKING:
    from pathlib import Path

    from machikado.sitewide.status import LocaleStatus
