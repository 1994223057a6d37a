"""Keeping the ledger beyond this machine: every line is pushed before what it announces happens.

A push is refused where somebody else pushed first. So of two runs on two machines one claims a post
and the other stops, though neither sees the other's lock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from machikado.social.ledger import LedgerError
from machikado.vocabulary import Text

_AUTHOR = ("-c", "user.name=machikado", "-c", "user.email=machikado@localhost")


def pushing(path: Path, git: Callable[[Sequence[str]], bool]) -> Callable[[], None]:
    """A `keep` for a ledger in a clone of git: commits the file and pushes the present branch.

    git: runs git with arguments and says whether it succeeded; what it prints stays there.
    """
    # Two runs that claim the same in the same second would make one and the same commit, and git
    # would call the second push done: what sets them apart must be in the commit.
    message = f"Post: ledger ({uuid4()})"

    def keep() -> None:
        here = ("-C", str(path.parent))
        done = (
            git((*here, "add", "--", path.name))
            and git((*here, *_AUTHOR, "commit", "--quiet", "--message", message))
            and git((*here, "push", "--quiet", "origin", "HEAD"))
        )
        if not done:
            raise LedgerError(
                Text(
                    f"{path}: 台帳を git で保存できません。ほかの実行が先に進んだかもしれません。投稿を止めました。",
                    f"{path}: the ledger cannot be kept by git; another run may have gone ahead. "
                    "Nothing more is posted.",
                )
            )

    return keep
