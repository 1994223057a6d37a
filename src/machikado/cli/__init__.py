"""The one entry point `machikado`; each command is a module of its own, loaded when it is called."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from machikado.cli.common import WRONG_USE, language, words

COMMANDS = (
    "build",
    "serve",
    "check",
    "audit",
    "report",
    "audio",
    "feeds",
    "post",
    "due",
    "status",
    "translate",
    "new",
)


class _Commands(click.Group):
    """Finds a command in the module of its name, so that `--help` loads no browser and no engine."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - the signature is click's
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"machikado.cli.{cmd_name}"), cmd_name)
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=words(
        "街角: だれもが読める市のサイトを作る。", "Machikado: city websites that everyone can read."
    ),
)
@click.version_option(package_name="machikado")
def cli() -> None:
    pass


def main() -> None:
    """Run the command line; wrong use ends with exit code 2 and says how to get help."""
    # Modules that are loaded stay: to look for cycles among what they are made of is in vain.
    gc.set_threshold(100_000, 50, 100)
    try:
        sys.exit(cli.main(standalone_mode=False) or 0)
    except click.UsageError as error:
        if language() == "ja":
            click.echo("コマンドの書き方に誤りがあります。使い方は --help で見られます。", err=True)
        error.show()
        sys.exit(WRONG_USE)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG_USE)
    except (click.Abort, KeyboardInterrupt):
        click.echo(words("中止しました。", "Stopped."), err=True)
        sys.exit(130)
