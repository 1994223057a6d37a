"""`machikado audio`: speaks the pages that want it, and keeps their recordings beside the sources."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from machikado.cli.common import (
    FINDINGS,
    WRONG_USE,
    config_option,
    format_option,
    in_project,
    now_option,
    open_project,
    print_json,
    progress_wanted,
    quiet_option,
    read_sources,
    say,
    stop,
    words,
)

if TYPE_CHECKING:
    from machikado.article.recording import Recording
    from machikado.audio.studio import Failure, Standing, Take
    from machikado.content.page import Page
    from machikado.content.site import MemorySite
    from machikado.project import Project


@click.command(
    help=words(
        """ページを読み上げた音声（Opus、MP3）と、文ごとの時刻（WebVTT）を作ります。

        対象は、緊急のお知らせ、新しいお知らせ50件、audio: true と書いたページです（日本語だけ。audio: false なら作りません）。
        変わっていないページは作り直しません。要らなくなった音声は消します。途中で止めても、できた分は残ります。
        サイトは、音声がなくても作れます。次に machikado build をすると、できた音声がページに付きます。

        \b
        例:
          machikado audio
          machikado audio docs/ja/news                      # そのフォルダーだけ
          machikado audio --check                           # 足りない音声を挙げる（あれば終了コード1）
        """,
        """Record pages as audio (Opus, MP3) with the time of every sentence (WebVTT).

        Recorded are urgent news, the newest 50 notices and pages with `audio: true` (in Japanese
        alone; not with `audio: false`). A page that has not changed is not spoken again, what no page
        needs is removed, and whatever is finished stays when you stop.
        A site can be built without audio; the next `machikado build` adds what is there.

        \b
        Examples:
          machikado audio
          machikado audio docs/ja/news                      # that folder alone
          machikado audio --check                           # what is missing (exit code 1 if any)
        """,
    )
)
@config_option
@now_option
@quiet_option
@click.option(
    "--jobs", "-j", type=click.IntRange(1, 64), default=lambda: os.cpu_count() or 1,
    help=words("同時に動かす数（既定はCPUの数）。", "How many processes speak (default: the number of CPUs)."),
)  # fmt: skip
@format_option("text", "json")
@click.option(
    "--check", "only_check", is_flag=True,
    help=words("作らずに、ない音声と古い音声を挙げる。", "Record nothing; name what is missing or outdated."),
)  # fmt: skip
@click.argument("pages", nargs=-1, metavar="[PAGE]...", type=click.Path(path_type=Path))
def audio(
    config_file: Path,
    now: datetime,
    quiet: bool,
    jobs: int,
    output: str,
    only_check: bool,
    pages: tuple[Path, ...],
) -> None:
    from machikado.audio.studio import Standing, orphans, pages_to_record, standing

    project = open_project(config_file)
    docs = project.root / project.docs
    reading = read_sources(project)
    site = reading.site.at(now)
    wanted = pages_to_record(site)
    chosen = _named(project, wanted, pages) if pages else wanted
    takes = _takes(project, site, chosen) if chosen else []
    stands = {take: standing(take, docs) for take in takes}
    for take, stand in stands.items():
        if stand is Standing.TOO_LONG:
            _tell_too_long(take, quiet)
        elif stand is Standing.SILENT:
            say(
                f"{take.file}: 読み上げる言葉がないため、音声は作りません。",
                f"{take.file}: there is nothing to be said; no audio is made.",
                quiet=quiet,
            )
    waiting = [t for t, stand in stands.items() if stand in (Standing.MISSING, Standing.OUTDATED)]
    if only_check:
        _tell_check(stands, output)
        sys.exit(FINDINGS if waiting else 0)
    made, failures = _record(waiting, docs, jobs, quiet) if waiting else ([], [])
    removed = 0
    if reading.findings and not pages:
        say(
            "原稿に直すところがあるため、要らない音声は消していません（machikado check で見られます）。",
            "The sources have faults, so no audio was removed (see `machikado check`).",
            quiet=quiet,
        )
    elif not pages and not failures:
        removed = _remove(orphans(docs, takes))
    counts = Counter(stands.values())
    if output == "json":
        print_json(
            {
                "schema": 1,
                "recorded": [_as_json(take, recording) for take, recording in made],
                "current": counts[Standing.CURRENT],
                "skipped": [
                    {"file": take.file, "reason": stand.value}
                    for take, stand in stands.items()
                    if stand in (Standing.SILENT, Standing.TOO_LONG)
                ],
                "failed": [{"file": f.take.file, "reason": f.reason} for f in failures],
                "removed": removed,
            }
        )
    else:
        for take, recording in made:
            click.echo(_line(take, recording))
    say(
        f"録音 {len(made)}ページ、変わりなし {counts[Standing.CURRENT]}ページ、"
        f"消したファイル {removed}個",
        f"{len(made)} pages recorded, {counts[Standing.CURRENT]} unchanged, {removed} files removed",
        quiet=quiet,
    )
    if failures:
        sys.exit(WRONG_USE if any(f.is_disk_full for f in failures) else FINDINGS)


def _remove(files: Sequence[Path]) -> int:
    """Remove files that no page needs; ends with exit code 2 where that is not allowed."""
    for file in files:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            stop(
                f"{file} を消せません（{error.strerror}）。",
                f"Cannot remove {file}: {error.strerror}.",
            )
    return len(files)


def _named(project: Project, wanted: Sequence[Page], given: Iterable[Path]) -> tuple[Page, ...]:
    """Those of the wanted pages that the user named; ends with exit code 2 where there is none."""
    chosen: dict[str, Page] = {}
    for path in given:
        name = in_project(project, path)
        found = [page for page in wanted if page.file == name or page.file.startswith(f"{name}/")]
        if not found:
            stop(
                f"{path}: 音声を作るページがありません。日本語の公開中のページに、"
                "audio: true と書いてください（新しいお知らせには要りません）。",
                f"{path}: no page here is to be recorded. Write `audio: true` on a published "
                "page in Japanese (the newest news need no such line).",
            )
        chosen |= {page.file: page for page in found}
    return tuple(chosen.values())


def _takes(project: Project, site: MemorySite, pages: Sequence[Page]) -> list[Take]:
    """What is to be heard of each page; ends with exit code 2 where there is no engine."""
    from machikado.audio.studio import take_of
    from machikado.audio.voice import Voice
    from machikado.messages import read_catalogues
    from machikado.press import Press
    from machikado.readings.engine import EngineMissingError
    from machikado.readings.lexicon import Lexicon, read_lexicon
    from machikado.readings.reader import Reader, open_reader
    from machikado.vocabulary import ConfigurationError

    lexicon_file = f"{project.data}/readings.csv"
    lexicon = Lexicon()
    if project.tree.exists(lexicon_file):
        lexicon, _ = read_lexicon(project.tree.read(lexicon_file), lexicon_file)
    try:
        version = Voice().version
        reader = open_reader(lexicon)
        if not isinstance(reader, Reader):
            raise EngineMissingError("SudachiPy")
    except EngineMissingError as error:
        stop(
            f"{error} がインストールされていないため、音声を作れません。サイトは音声なしで作れます。",
            f"{error} is not installed: no audio can be made. The site can be built without.",
        )
    try:
        catalogues = read_catalogues(project.tree, site.locales, project.data)
    except ConfigurationError as error:
        stop(f"{error.where}: {error.text.ja}", f"{error.where}: {error.text.en}")
    articles = Press(project, site, catalogues).articles
    takes = []
    for page in pages:
        image = catalogues[page.locale.code].gettext("Image: %(words)s", words="{words}")
        takes.append(take_of(page, articles.render(page).html, reader, version, image))
    return takes


def _record(
    takes: Sequence[Take], docs: Path, jobs: int, quiet: bool
) -> tuple[list[tuple[Take, Recording]], list[Failure]]:
    """Record what is waiting; ends with exit code 2 where there is no ffmpeg."""
    from machikado.audio.ffmpeg import find_ffmpeg
    from machikado.audio.studio import Failure, record_all

    ffmpeg = find_ffmpeg()
    if ffmpeg is None:
        stop(
            "ffmpeg が見つからないため、音声を作れません。ffmpeg を入れてください"
            "（例: apt install ffmpeg）。サイトは音声なしで作れます。",
            "ffmpeg was not found: no audio can be made. Install it (for instance "
            "`apt install ffmpeg`). The site can be built without.",
        )
    tell = _ProgressLine(sum(take.length for take in takes), len(takes), quiet)
    made: list[tuple[Take, Recording]] = []
    failures: list[Failure] = []
    with closing(record_all(takes, docs, ffmpeg, jobs)) as running, closing(tell):
        for take, result in running:
            if isinstance(result, Failure):
                failures.append(result)
                _tell_failure(result)
                if result.is_disk_full:
                    break
            else:
                made.append((take, result))
            tell(take.length, 0.0 if isinstance(result, Failure) else result.seconds)
    return sorted(made, key=lambda one: one[0].file), failures


class _ProgressLine:
    """One line on the terminal: pages done, how much faster than one listens, time left."""

    def __init__(
        self, total: int, pages: int, quiet: bool, clock: Callable[[], float] = monotonic
    ) -> None:
        self._total, self._pages, self._clock = total, pages, clock
        self._shown = progress_wanted(quiet)
        self._start = clock()
        self._done, self._number, self._heard = 0, 0, 0.0
        self._show()

    def __call__(self, characters: int, seconds: float) -> None:
        self._done += characters
        self._number += 1
        self._heard += seconds
        self._show()

    def close(self) -> None:
        if self._shown:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()

    def _show(self) -> None:
        if not self._shown:
            return
        passed = max(self._clock() - self._start, 0.001)
        left = round(passed * (self._total - self._done) / self._done) if self._done else None
        minutes, seconds = divmod(left or 0, 60)
        text = words(
            f"{self._number}/{self._pages} ページ  聞く速さの{self._heard / passed:.0f}倍"
            + ("" if left is None else f"  残り {minutes}:{seconds:02}"),
            f"{self._number}/{self._pages} pages  {self._heard / passed:.0f} times real time"
            + ("" if left is None else f"  {minutes}:{seconds:02} left"),
        )
        sys.stderr.write(f"\r\033[K{text}")
        sys.stderr.flush()


def _tell_too_long(take: Take, quiet: bool) -> None:
    from machikado.audio.studio import LONGEST

    say(
        f"{take.file}: {take.length:,}文字あり、音声にするには長すぎます（{LONGEST:,}文字まで）。"
        "ページを分けてください。",
        f"{take.file}: {take.length:,} characters are too long for audio (at most {LONGEST:,}). "
        "Divide the page.",
        quiet=quiet,
    )


def _tell_failure(failure: Failure) -> None:
    if failure.is_disk_full:
        say(
            f"{failure.take.file}: ディスクに空きがありません。空きを作ってから、もう一度動かしてください"
            "（できた分は残っています）。",
            f"{failure.take.file}: the disk is full. Make room and start again "
            "(what is finished stays).",
        )
    else:
        say(
            f"{failure.take.file}: 音声を作れませんでした（{failure.reason}）。",
            f"{failure.take.file}: no audio could be made ({failure.reason}).",
        )


def _tell_check(stands: dict[Take, Standing], output: str) -> None:
    from machikado.audio.studio import Standing

    if output == "json":
        pages = [{"file": take.file, "standing": stand.value} for take, stand in stands.items()]
        print_json({"schema": 1, "pages": pages})
        return
    names = {
        Standing.MISSING: words("音声がありません。", "no audio"),
        Standing.OUTDATED: words("音声が古くなっています。", "the audio is outdated"),
    }
    for take, stand in stands.items():
        if stand in names:
            click.echo(f"{take.file}: {names[stand]}")
    counts = Counter(stands.values())
    say(
        f"音声: 最新 {counts[Standing.CURRENT]}、なし {counts[Standing.MISSING]}、"
        f"古い {counts[Standing.OUTDATED]}",
        f"audio: {counts[Standing.CURRENT]} current, {counts[Standing.MISSING]} missing, "
        f"{counts[Standing.OUTDATED]} outdated",
    )


def _line(take: Take, recording: Recording) -> str:
    minutes, seconds = divmod(round(recording.seconds), 60)
    sizes = ", ".join(f"{kind} {size / 1000:.0f} KB" for kind, size in recording.sizes.items())
    return f"{take.file}: {minutes}:{seconds:02} ({sizes})"


def _as_json(take: Take, recording: Recording) -> dict[str, Any]:
    return {
        "file": take.file,
        "locale": recording.locale,
        "page": recording.page,
        "seconds": recording.seconds,
        "sentences": recording.sentences,
        "bytes": dict(recording.sizes),
    }
