"""The preview: builds a site anew whenever its sources change, and tells the board what came of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import monotonic

from machikado.incremental.builder import Builder, Built
from machikado.incremental.inputs import Inputs
from machikado.incremental.ledger import Progress, microseconds
from machikado.incremental.publication import Publication
from machikado.incremental.store import Store
from machikado.project import Project
from machikado.serving.board import Board, differ_in_styles_alone
from machikado.serving.faults import Faults, fault_of, faults_of
from machikado.serving.server import Place
from machikado.serving.watching import SETTINGS, Names, Watch
from machikado.vocabulary import ConfigurationError, Text

IDLE = 60.0
"""Seconds after which the clock is looked at again, for a machine that slept."""
_SILENT: Progress = lambda _done, _total: None  # noqa: E731


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one build came to. built: None where an error stopped it; faults: what is to be mended."""

    built: Built | None
    faults: Faults
    seconds: float


class Preview:
    """One project, built into `site_dir` with a cache of its own.

    open_project: reads the configuration, raises ConfigurationError; clock: what time it is for readers;
    tell: is told of every build. All methods belong to one thread.
    """

    def __init__(
        self,
        builder: Builder,
        store: Store,
        board: Board,
        place: Place,
        open_project: Callable[[], Project],
        clock: Callable[[], datetime],
        tell: Callable[[Outcome], None],
    ) -> None:
        self._builder = builder
        self._store = store
        self._board = board
        self._place = place
        self._open_project = open_project
        self._clock = clock
        self._tell = tell
        self._is_unsure = True
        self._is_misconfigured = False
        self._built_at = 0

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders below the project's root that its site is made from."""
        project = self._builder.project
        themes = [f for f in project.theme_dirs if f.is_relative_to(project.root)]
        names = [project.docs, project.data]
        names += [folder.relative_to(project.root).as_posix() for folder in themes]
        return tuple(dict.fromkeys(names))

    def follow(self, watch: Watch) -> None:
        """Build after every change, and when a page begins or ends, until interrupted."""
        # What was written before the watch began was not seen.
        self._is_unsure = True
        self.rebuild(frozenset())
        while True:
            names = watch.wait(self.seconds_to_wait())
            if names is None or names or self._is_due():
                self.rebuild(names)
                watch.follow(self.folders)

    def seconds_to_wait(self) -> float:
        """How long nothing happens by itself, at most `IDLE` seconds."""
        moment = self._next_moment()
        if moment is None:
            return IDLE
        return min(IDLE, max(0.0, (moment - microseconds(self._clock())) / 1_000_000))

    def _is_due(self) -> bool:
        moment = self._next_moment()
        return moment is not None and moment <= microseconds(self._clock())

    def _next_moment(self) -> int | None:
        """When a page begins or ends next, in µs; None where the last build has seen it already."""
        moment = self._store.fact("next")
        return moment if moment is not None and moment > self._built_at else None

    def rebuild(self, names: Names, progress: Progress = _SILENT) -> Outcome:
        """Build what these files make stale; raises nothing but what ends the program."""
        began = monotonic()
        now = self._clock()
        self._built_at = microseconds(now)
        built: Built | None = None
        try:
            built = self._build(names, now, progress)
            faults = self._found(built)
        except Exception as error:  # whatever stops a build is told, and serving goes on
            # What was not entered into the cache is not known to the next build.
            self._is_unsure = True
            project = self._builder.project
            faults = (fault_of(error, project.root, project.config_file),)
        outcome = Outcome(built, faults, monotonic() - began)
        if built is not None and built.published:
            self._board.publish(built.changed, self._restyled(built))
        self._board.show(faults)
        self._tell(outcome)
        with suppress(OSError):
            # Browsers are told: what is done now nobody waits for.
            self._builder.even_out(self._store)
        return outcome

    def _build(self, names: Names, now: datetime, progress: Progress) -> Built:
        is_settings = names is None or any(_is_settings(name) for name in names)
        if is_settings or self._is_misconfigured:
            self._is_misconfigured = True
            self._reopen()
            self._is_misconfigured = False
        only = None
        if names is not None and not self._is_unsure:
            docs = f"{self._builder.project.docs}/"
            only = frozenset(name for name in names if name.startswith(docs))
        built = self._builder.build(self._store, now, progress, only)
        self._is_unsure = False
        return built

    def _reopen(self) -> None:
        """Read the configuration again; raises ConfigurationError."""
        project = self._open_project()
        if project.other_plugins:
            raise ConfigurationError(
                str(project.config_file),
                Text(
                    f"MkDocs だけが動かせるプラグイン（{', '.join(project.other_plugins)}）が加わりました。いちど終わらせて、machikado serve を実行し直してください。",
                    f"Plugins that only MkDocs can run ({', '.join(project.other_plugins)}) have come in. Stop, and run `machikado serve` again.",
                ),
            )
        self._builder = replace(self._builder, project=project)
        self._place.base_path = project.base_path

    def _found(self, built: Built) -> Faults:
        if not built.report.blocks:
            return ()
        project = self._builder.project
        locales = Inputs(project, self._store, self._builder.code).vocabulary.locales
        return faults_of(built.report, project.docs, locales)

    def _restyled(self, built: Built) -> frozenset[str]:
        """The pages somebody looks at that differ from before in the stylesheets alone."""
        changed = built.changed
        if changed is None or not any(name.endswith(".css") for name in changed):
            return frozenset()
        # The tree that was just exchanged for the new one is the site before.
        before = Publication(self._store, self._builder.site_dir).next_dir
        pages = (name for name in self._board.looked_at() & changed if name.endswith(".html"))
        return frozenset(name for name in pages if _is_restyled(before / name, self._place.site_dir / name))  # fmt: skip


def _is_settings(name: str) -> bool:
    return "/" not in name and name.endswith(SETTINGS)


def _is_restyled(before: Path, after: Path) -> bool:
    try:
        return differ_in_styles_alone(before.read_bytes(), after.read_bytes())
    except OSError:
        return False
