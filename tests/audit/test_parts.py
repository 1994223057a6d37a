"""An audit in parts: every page in exactly one, and the parts joined to the whole."""

from __future__ import annotations

import pytest

from machikado.audit.parts import PartsError, joined, share_of
from machikado.vocabulary import Finding, Problem, Report, Text

ADDRESSES = [f"/page-{number}/" for number in range(300)]


def test_every_page_belongs_to_one_part_whoever_asks() -> None:
    shares = [share_of(address, 4) for address in ADDRESSES]
    assert set(shares) == {1, 2, 3, 4}
    assert shares == [share_of(address, 4) for address in ADDRESSES]
    assert min(shares.count(part) for part in (1, 2, 3, 4)) > 50
    assert {share_of(address, 1) for address in ADDRESSES} == {1}


def part(number: int, of: int, page: str) -> Report:
    text = Text("問題", "fault")
    return Report(
        2,
        (Finding("image-alt", text, text, page),),
        (Problem(page, text),),
        (page,),
        {"1.1.1": number, "2.4.2": 1},
        (number, of),
    )


def test_joined_parts_are_the_whole() -> None:
    whole = joined([part(2, 2, "/b/"), part(1, 2, "/a/")])
    assert whole.pages == 4
    assert [finding.page for finding in whole.findings] == ["/a/", "/b/"]
    assert [problem.subject for problem in whole.errors] == ["/a/", "/b/"]
    assert whole.audited == ("/a/", "/b/")
    assert whole.applicable == {"1.1.1": 3, "2.4.2": 2}
    assert whole.shard == (1, 1)


@pytest.mark.parametrize("parts", [[(1, 2)], [(1, 2), (1, 2)], [(1, 2), (2, 3)], [(2, 2), (3, 2)]])
def test_a_part_that_is_missing_or_there_twice_is_named(parts: list[tuple[int, int]]) -> None:
    with pytest.raises(PartsError) as caught:
        joined([part(number, of, "/a/") for number, of in parts])
    assert f"{parts[0][0]}/{parts[0][1]}" in caught.value.text.en
    assert "そろっていません" in caught.value.text.ja
