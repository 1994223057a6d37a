"""The board: a page is told what came after it was loaded, and nothing else."""

from __future__ import annotations

from threading import Thread

from machikado.serving.board import Board, News, differ_in_styles_alone
from machikado.serving.faults import Fault
from machikado.vocabulary import Location, Text

FAULT = Fault(Location("docs/ja/a.md", 1), Text("誤り", "Wrong"), Text("直す", "Mend"))


def test_only_a_page_that_changed_is_loaded_again() -> None:
    board = Board("one")
    seen = board.seen
    board.publish(frozenset({"a/index.html"}))
    assert board.news(seen, {"a/index.html"}) == News("one.1", reload=True)
    assert board.news(seen, {"b/index.html"}) == News("one.1")
    assert board.news("one.1", {"a/index.html"}) is None


def test_a_page_of_another_server_or_from_before_everything_changed_is_loaded_again() -> None:
    board = Board("one")
    assert board.news("other.9", {"a/index.html"}) == News("one.0", reload=True)
    board.publish(None)
    assert board.news("one.0", {"a/index.html"}) == News("one.1", reload=True)


def test_a_change_of_styles_alone_is_no_reason_to_load_a_page_again() -> None:
    board = Board("one")
    board.publish(frozenset({"a/index.html", "x.css"}), frozenset({"a/index.html"}))
    assert board.news("one.0", {"a/index.html"}) == News("one.1", styles=True, files=("x.css",))
    board.publish(frozenset({"a/index.html"}))
    assert board.news("one.0", {"a/index.html"}) == News("one.2", reload=True)


def test_the_same_faults_are_told_once() -> None:
    board = Board("one")
    board.show((FAULT,))
    board.show((FAULT,))
    assert board.news("one.0", set()) == News("one.1", faults=True)
    board.show(())
    assert board.news("one.1", set()) == News("one.2", faults=True)


def test_who_waits_is_woken_by_a_change_and_let_go_at_the_end() -> None:
    board = Board("one")
    told: list[bool] = []

    def read() -> None:
        told.append(board.wait("one.0", 20))
        told.append(board.wait("one.1", 20))

    thread = Thread(target=read)
    thread.start()
    board.publish(frozenset({"a"}))
    while not told:
        thread.join(0.01)
    board.close()
    thread.join(5)
    assert told == [True, False]


def test_the_board_knows_which_files_somebody_looks_at() -> None:
    board = Board("one")
    with board.reading({"a"}), board.reading({"a", "b"}):
        assert board.looked_at() == {"a", "b"}
    assert board.looked_at() == frozenset()


def test_pages_are_compared_but_for_the_versions_of_their_stylesheets() -> None:
    old = b'<link href="/a.css?v=12ab"><p>1</p>'
    assert differ_in_styles_alone(old, old.replace(b"12ab", b"99ff"))
    assert not differ_in_styles_alone(old, old.replace(b"12ab", b"99ff").replace(b"1<", b"2<"))
