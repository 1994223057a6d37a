from __future__ import annotations

from pathlib import Path

import pytest

from incremental.edited_city import carry


@pytest.fixture(scope="session")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The theme and the catalogues that Machikado carries, as they were when the tests began."""
    return carry(tmp_path_factory.mktemp("carried"))
