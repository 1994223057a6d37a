"""The documents keep step with the program: nothing that people use is without its explanation."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest

from machikado.article.outline import Outline, fragments, outline
from machikado.check import all_rules
from machikado.check.example import FILE, check_example
from machikado.check.rule import Rule
from machikado.cli import COMMANDS
from machikado.content.front_matter import INHERITED, KEYS
from machikado.readings.editors_list import CHECK as DOUBTFUL_READING
from machikado.readings.lexicon import CHECK as WRONG_READING
from machikado.vocabulary import Finding

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src/machikado"
EDITIONS = ("ja", "en")
DOCUMENTS = sorted(
    [
        *ROOT.glob("*.md"),
        *(ROOT / "manual").rglob("*.md"),
        *(ROOT / "docs-dev").rglob("*.md"),
    ]
)
every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)
every_edition = pytest.mark.parametrize("edition", EDITIONS)


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@cache
def parts_of(document: Path) -> Outline:
    return outline(document.read_text("utf-8"))


def rows_of(text: str) -> Iterator[list[str]]:
    """The cells of every row of every Markdown table in `text`."""
    for line in text.split("\n"):
        if line.startswith("| "):
            yield [cell.strip() for cell in line.strip("| ").split(" | ")]


def manual(edition: str) -> str:
    """All pages of one edition of the manual."""
    pages = sorted((ROOT / "manual" / edition).glob("*.md"))
    return "\n".join(page.read_text("utf-8") for page in pages)


def halves(readme: str) -> tuple[str, str]:
    english, _, japanese = readme.partition("\n---\n")
    return english, japanese


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_row_in_both_halves_of_the_readme(command: str) -> None:
    for half in halves(text_of("README.md")):
        assert [row for row in rows_of(half) if row[0] == f"`machikado {command}`"] != []


@every_edition
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_mentioned_in_the_manual(command: str, edition: str) -> None:
    assert re.search(rf"machikado {command}\b", manual(edition))


def test_no_document_mentions_a_command_that_does_not_exist() -> None:
    called = re.compile(r"(?:`|^ *)machikado ([a-z]+)", re.MULTILINE)
    mentioned = {name for doc in DOCUMENTS for name in called.findall(doc.read_text("utf-8"))}
    assert mentioned <= set(COMMANDS)


def test_front_matter_reference_has_a_row_for_every_key_and_no_other() -> None:
    rows = list(rows_of(text_of("docs-dev/front-matter.md").split("## `id`")[0]))
    described = [row[0].strip("`") for row in rows if row[0].startswith("`")]
    assert described == list(KEYS)


def test_front_matter_reference_says_which_keys_a_translation_inherits() -> None:
    rows = rows_of(text_of("docs-dev/front-matter.md").split("## `id`")[0])
    inherited = [row[0].strip("`") for row in rows if row[0].startswith("`") and row[3] == "yes"]
    assert sorted(inherited) == sorted(INHERITED)


@every_edition
@pytest.mark.parametrize("key", KEYS)
def test_manual_tells_of_every_front_matter_key(key: str, edition: str) -> None:
    page = outline(text_of(f"manual/{edition}/front-matter.md"))
    named = re.compile(rf"(?<![a-z_]){key}(?![a-z_])")
    assert any(named.search(heading.text) for heading in page.headings)


def faults_in(file: Path) -> Iterator[str]:
    """The check ids of every `Fault("…", …)` in a file; a computed id by its start and a `*`."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            name, first = node.func.id, node.args[0] if node.args else None
            if name not in ("Fault", "_note"):
                continue
            if isinstance(first, ast.Constant):
                yield str(first.value)
            elif isinstance(first, ast.BinOp) and isinstance(first.left, ast.Constant):
                yield str(first.left.value) + "*"


def our_checks() -> set[str]:
    """Every check of our own: the reader's, the rules', and the audit's notes."""
    files = [*(SOURCE / "content").glob("*.py"), *(SOURCE / "audit").glob("*.py")]
    readings = {WRONG_READING, DOUBTFUL_READING}
    rules = {rule.id for rule in all_rules()}
    return rules | readings | {one for file in files for one in faults_in(file)}


def documented_checks(edition: str) -> set[str]:
    rows = rows_of(text_of(f"manual/{edition}/errors.md"))
    return {row[2].strip("`") for row in rows if len(row) == 3 and row[2].startswith("`")}


def test_the_search_for_check_ids_finds_those_of_reader_rules_and_audit() -> None:
    assert {
        "source-encoding",
        "front-matter-value",
        "news-without-*",
        "image-without-alt",
        "third-party-request",
    } <= our_checks()


@every_edition
@pytest.mark.parametrize("check", sorted(our_checks()))
def test_manual_says_what_to_do_for_every_check(check: str, edition: str) -> None:
    known = documented_checks(edition)
    if check.endswith("*"):
        assert any(one.startswith(check[:-1]) for one in known)
    else:
        assert check in known


@every_edition
def test_manual_tells_of_no_check_that_does_not_exist(edition: str) -> None:
    from machikado.audit.advice import ADVICE

    ours = our_checks() | set(ADVICE)
    starts = tuple(check[:-1] for check in ours if check.endswith("*"))
    unknown = {one for one in documented_checks(edition) - ours if not one.startswith(starts)}
    assert unknown == set()


def tells_of(pattern: str, message: str) -> bool:
    """Whether the words of a message in the manual, `…` for any words, are in `message`."""
    words = [re.escape(part.strip()) for part in pattern.replace("\\", "").split("…")]
    return re.search(".*".join(words), message) is not None


def findings_of(rule: Rule) -> Iterable[Finding]:
    for body in rule.bad:
        yield from (one for one in check_example(body).findings if one.check == rule.id)


def quoted_for(check: str, edition: str) -> list[str]:
    """The messages that the manual quotes for a check; `/` stands between two."""
    rows = rows_of(text_of(f"manual/{edition}/errors.md").replace("`", ""))
    named = [row[0] for row in rows if len(row) == 3 and row[2] == check]
    return [pattern for cell in named for pattern in cell.split(" / ")]


@every_edition
@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: str(rule.id))
def test_manual_quotes_the_messages_of_every_rule(rule: Rule, edition: str) -> None:
    texts = {one.message for one in findings_of(rule)}
    messages = {(text.ja if edition == "ja" else text.en).replace("`", "") for text in texts}
    quoted = quoted_for(rule.id, edition)
    missing = [said for said in messages if not any(tells_of(one, said) for one in quoted)]
    assert messages != set()
    assert missing == []


def written_out(node: ast.expr) -> Iterator[str]:
    """What a string in code can say, with `…` where a value stands."""
    if isinstance(node, ast.Constant):
        yield str(node.value)
    elif isinstance(node, ast.JoinedStr):
        pieces = [str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values]
        yield "".join(pieces)


def messages_of_the_reader() -> Iterator[tuple[str, str, str]]:
    """Check id, Japanese and English message of every fault of front matter and relations."""
    for file in sorted((SOURCE / "content").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "Fault" and len(node.args) > 2:
                first, said = node.args[0], node.args[2]
                if not isinstance(first, ast.Constant):
                    continue
                check = str(first.value)
            elif node.func.id == "_WrongValueError":
                check, said = "front-matter-value", node.args[0]
            else:
                continue
            branches = [said.body, said.orelse] if isinstance(said, ast.IfExp) else [said]
            for text in branches:
                if isinstance(text, ast.Call) and len(text.args) == 2:
                    for ja, en in zip(*map(written_out, text.args), strict=True):
                        yield check, ja, en.replace("`", "")


# A fault that only passes on the message of another says nothing by itself.
OWN_MESSAGES = [found for found in messages_of_the_reader() if found[1].strip("…: 。")]


@every_edition
@pytest.mark.parametrize(
    ("check", "ja", "en"),
    OWN_MESSAGES,
    ids=[f"{c}-{n}" for n, (c, _, _) in enumerate(OWN_MESSAGES)],
)
def test_manual_quotes_the_messages_of_the_reader(
    check: str, ja: str, en: str, edition: str
) -> None:
    message = ja if edition == "ja" else en
    # The value's key stands before the message of a wrong value.
    shown = f"translation: {message}" if check == "front-matter-value" else message
    assert [one for one in quoted_for(check, edition) if tells_of(one, shown)] != []


def test_readme_halves_have_the_same_sections() -> None:
    english, japanese = (outline(half) for half in halves(text_of("README.md")))
    assert len(english.headings) == len(japanese.headings)
    assert [h.level for h in english.headings] == [h.level for h in japanese.headings]
    assert len(list(rows_of(halves(text_of("README.md"))[0]))) == len(
        list(rows_of(halves(text_of("README.md"))[1]))
    )


def test_manual_has_the_same_pages_in_both_editions() -> None:
    names = [
        sorted(page.name for page in (ROOT / "manual" / edition).iterdir()) for edition in EDITIONS
    ]
    assert names[0] == names[1]


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "manual/ja").glob("*.md")))
def test_manual_pages_have_the_same_headings_in_both_editions(name: str) -> None:
    levels = [
        [heading.level for heading in parts_of(ROOT / "manual" / edition / name).headings]
        for edition in EDITIONS
    ]
    assert levels[0] == levels[1]


def place_exists(document: Path, target: str) -> bool:
    path, _, fragment = unquote(target).partition("#")
    file = (document.parent / path).resolve() if path else document
    if not file.is_relative_to(ROOT) or not file.exists():
        return False
    return not fragment or (file.suffix == ".md" and fragment in fragments(parts_of(file)))


@every_document
def test_relative_links_lead_somewhere(document: Path) -> None:
    links = [link.target for link in parts_of(document).links]
    inside = [target for target in links if not re.match(r"[a-z]+:", target)]
    assert [target for target in inside if not place_exists(document, target)] == []


@every_document
def test_no_heading_leaves_out_a_level(document: Path) -> None:
    levels = [heading.level for heading in parts_of(document).headings]
    assert levels[0] == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs-dev/decisions"
    listed = {link.target for link in parts_of(folder / "README.md").links}
    assert {file.name for file in folder.glob("0*.md")} <= listed


def declared(group: str) -> list[str]:
    data = tomllib.loads(text_of("pyproject.toml"))
    extras = [entry for one in data["project"]["optional-dependencies"].values() for entry in one]
    run = [*data["project"]["dependencies"], *extras]
    wanted = run if group == "run" else data["dependency-groups"]["dev"]
    return [re.split(r"[<>=~!;\[ ]", entry)[0] for entry in wanted]


@pytest.mark.parametrize("package", [*declared("run"), *declared("dev")])
def test_every_dependency_has_its_reason(package: str) -> None:
    rows = rows_of(text_of("docs-dev/dependencies.md"))
    assert package in [name for row in rows for name in row[0].split(", ")]


def locked() -> list[str]:
    return sorted(set(re.findall(r"^([a-z0-9-]+)==", text_of("requirements/lock.txt"), re.M)))


@pytest.mark.parametrize("package", locked())
def test_every_installed_package_is_named_and_none_is_under_the_gpl(package: str) -> None:
    assert re.search(rf"(?<![a-z-]){package}(?![a-z-])", text_of("docs-dev/dependencies.md"))
    try:
        stated = metadata(package)
    except PackageNotFoundError:
        return  # locked for another system
    classifiers = [one for one in stated.get_all("Classifier") or [] if one.startswith("License")]
    fields = stated.get_all("License-Expression") or stated.get_all("License") or []
    licence = " ".join([str(one).split("\n")[0] for one in [*fields, *classifiers]])
    # feedgen gives the choice between the FreeBSD licence and the LGPL.
    assert package == "feedgen" or not re.search(r"GPL|GNU", licence)


def test_the_example_of_the_rules_stands_where_the_documents_say() -> None:
    assert FILE == "docs/ja/plan/index.md"
    assert FILE in text_of("docs-dev/testing.md")
