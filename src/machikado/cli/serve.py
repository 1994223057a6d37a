"""`machikado serve`: see the site while writing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from machikado.cli.common import FINDINGS, config_option, open_project, say, stop, words


@click.command(
    help=words(
        """書きながら、できあがりを自分のブラウザーで見ます。原稿を保存すると作り直します。終わるときは Ctrl+C。

        \b
        例:
          machikado serve
          machikado serve --address localhost:9000
        """,
        """See the site in your own browser while you write; it is built anew when you save. Stop with Ctrl+C.

        \b
        Examples:
          machikado serve
          machikado serve --address localhost:9000
        """,
    )
)
@config_option
@click.option(
    "--address",
    help=words(
        "待ち受けるアドレス（既定は 127.0.0.1:8000）。",
        "Where to listen (default: 127.0.0.1:8000).",
    ),
)
def serve(config_file: Path, address: str | None) -> None:
    from machikado.engine import EngineError
    from machikado.mkdocs_plugin.engine import MkDocsEngine

    project = open_project(config_file)
    listening = address or "127.0.0.1:8000"
    say(
        f"http://{listening}{project.base_path} をブラウザーで開いてください（最初の1回は少し待ちます）。",
        f"Open http://{listening}{project.base_path} in your browser (the first build takes a moment).",
    )
    try:
        MkDocsEngine().serve(project, listening)
    except EngineError as error:
        click.echo(str(error), err=True)
        say("原稿を直してから、もう一度実行してください。", "Mend the sources and run this again.")
        sys.exit(FINDINGS)
    except OSError as error:
        stop(f"{listening} で待ち受けられません: {error}", f"Cannot listen on {listening}: {error}")
