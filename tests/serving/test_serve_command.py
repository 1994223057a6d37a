"""`machikado serve`, as its user meets it: what it says, and how it ends."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from machikado.cli.serve import serve
from served_project import CONFIGURATION, project_in, served


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_in(tmp_path)


def ends(project: Path, *options: str, language: str = "en") -> tuple[int, str]:
    """Exit code and words of a command that ends by itself."""
    settings = {"MACHIKADO_LANG": language, "MACHIKADO_NOW": None}
    arguments = [*options, "--config-file", str(project / "mkdocs.yml")]
    result = CliRunner(env=settings).invoke(serve, arguments, catch_exceptions=False)
    return result.exit_code, result.stderr


def test_an_address_in_use_is_told_in_one_sentence_with_another_to_take(project: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert ends(project, "--address", f"127.0.0.1:{port}") == (
            2,
            f"127.0.0.1:{port} is in use by another program; take another one, such as --address 127.0.0.1:{port + 1}.\n",
        )


@pytest.mark.parametrize(
    "address", ["8000", "localhost", "localhost:http", "localhost:70000", ":1"]
)
def test_an_address_of_another_form_is_wrong_use(project: Path, address: str) -> None:
    code, said = ends(project, "--address", address)
    assert code == 2
    assert f"`{address}` is not of the form 127.0.0.1:8000." in said


def test_an_address_of_another_machine_is_told(project: Path) -> None:
    code, said = ends(project, "--address", "192.0.2.1:8000")
    assert code == 2
    assert said.startswith("Cannot listen on 192.0.2.1:8000; give an address of this machine")


def test_a_locale_that_there_is_not_is_wrong_use(project: Path) -> None:
    assert ends(project, "--address", "127.0.0.1:0", "--locale", "fr", language="ja") == (
        2,
        "「fr」という言語はありません。使えるのは ja です。\n",
    )


def test_broken_settings_at_the_start_are_told_and_nothing_is_served(project: Path) -> None:
    (project / "mkdocs.yml").write_text("plugins: [", encoding="utf-8")
    code, said = ends(project, "--address", "127.0.0.1:0")
    assert code == 2
    assert "Traceback" not in said


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere"
)
def test_a_project_that_may_not_be_written_to_is_told(project: Path) -> None:
    project.chmod(0o555)
    code, said = ends(project, "--address", "127.0.0.1:0")
    project.chmod(0o755)
    assert code == 2
    assert said.startswith(f"Cannot write to {project / '.machikado'};")


def test_ctrl_c_ends_it_well_the_published_site_is_untouched_and_a_second_one_is_refused(
    project: Path,
) -> None:
    with served(project, language="en") as process:
        assert process.root.endswith("/base")
        assert ends(project, "--address", "127.0.0.1:0") == (
            2,
            "`machikado serve` runs for this project already; stop that one, or use it.\n",
        )
        assert process.interrupt() == (0, "Stopped.\n")
    assert not (project / "site").exists()
    assert (project / ".machikado" / "serve" / "site" / "plan" / "index.html").is_file()
    assert (project / "mkdocs.yml").read_text(encoding="utf-8") == CONFIGURATION
