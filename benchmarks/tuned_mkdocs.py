"""A Machikado project as MkDocs with Material and mkdocs-static-i18n, tuned as far as it goes.

`python -m benchmarks.tuned_mkdocs --project FOLDER --into FOLDER`. As `benchmarks.plain_mkdocs`, with `navigation.prune`, no
pages in the default language where a translation is missing, no reconfigured search, no search at all.
"""

from __future__ import annotations

from functools import partial

from benchmarks.conversion import convert
from benchmarks.plain_mkdocs import write

if __name__ == "__main__":
    convert("benchmarks.tuned_mkdocs", __doc__, partial(write, tuned=True))
