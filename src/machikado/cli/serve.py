"""`machikado serve`: see the site while writing."""

from __future__ import annotations

from pathlib import Path

import click

from machikado.cli.common import config_option, open_project, stop, words


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
    from machikado.mkdocs_plugin.engine import MkDocsEngine

    project = open_project(config_file)
    try:
        MkDocsEngine().serve(project, address)
    except OSError as error:
        stop(
            f"{address or '127.0.0.1:8000'} で待ち受けられません: {error}",
            f"Cannot listen on {address or '127.0.0.1:8000'}: {error}",
        )
