"""Patterns that are compiled when they are first asked."""

from __future__ import annotations

import re
import sys
from unittest.mock import patch

import pytest

from machikado import patterns
from machikado.check import all_rules
from machikado.patterns import lazily
from machikado.readings.heteronyms import heteronyms


def test_a_pattern_answers_as_the_compiled_one_does() -> None:
    lazy, compiled = (
        lazily("(A)(?P<n>b+)", re.IGNORECASE),
        re.compile("(A)(?P<n>b+)", re.IGNORECASE),
    )
    text = "abb ab x AB"
    assert lazy.findall(text) == compiled.findall(text)
    assert [m.span("n") for m in lazy.finditer(text)] == [
        m.span("n") for m in compiled.finditer(text)
    ]
    assert lazy.sub(r"\2", text) == compiled.sub(r"\2", text)
    assert lazy.split(text) == compiled.split(text)
    assert lazy.fullmatch("ABB")
    assert not lazy.match("x")
    assert (lazy.pattern, lazy.flags, lazy.groups) == (
        compiled.pattern,
        compiled.flags,
        compiled.groups,
    )
    assert lazy.groupindex == compiled.groupindex


def test_a_pattern_is_compiled_once_and_not_before_it_is_asked() -> None:
    with patch("re.compile", wraps=re.compile) as compiling:
        lazy = lazily("街角")
        assert lazy.pattern == "街角"
        assert compiling.call_count == 0
        assert lazy.search("この街角で")
        assert lazy.match("街角")
        assert compiling.call_count == 1


def test_what_is_no_pattern_is_told_when_it_is_asked() -> None:
    broken = lazily("(")
    with pytest.raises(re.error):
        broken.search("")


def test_every_pattern_of_the_project_is_one() -> None:
    all_rules()
    modules = [module for name, module in sys.modules.items() if name.startswith("machikado")]
    ours = [value for module in modules for value in vars(module).values()]
    ours += [
        side for rows in heteronyms().values() for row in rows for side in (row.before, row.after)
    ]
    ours = [value for value in ours if isinstance(value, patterns._Lazy)]
    assert len(ours) > 300
    for lazy in ours:
        assert re.compile(lazy.pattern, lazy.flags).groups == lazy.groups
