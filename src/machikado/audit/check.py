"""What a check of a rendered page is made of: whom it looks at, what it expects, how it says so."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module

from machikado.audit import checks
from machikado.audit.criteria import level_of
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Level, Outcome, Text, Weight


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a target: in words, and where, if not with the target itself.

    outcome: `failed`, or `cantTell` where only a person can decide; help: instead of the check's.
    """

    message: Text
    help: Text | None = None
    outcome: Outcome = Outcome.FAILED
    element: Element | None = None


def doubt(ja: str, en: str, element: Element | None = None) -> Fault:
    """A question to a person: a machine cannot tell."""
    return Fault(Text(ja, en), outcome=Outcome.CANT_TELL, element=element)


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a rendered page, named for the fault it finds; its file bears the same name.

    title: the fault in a few words; help: what an editor does about it;
    criteria: success criteria of JIS X 8341-3:2016 / WCAG 2.2 that the fault breaks; act: the ids of
    the ACT rules that it implements (W3C ACT Rules; https://www.w3.org/WAI/standards-guidelines/act/rules/);
    applies_to: its targets on a page (ACT Rules Format 1.1, "Applicability"); expectation: None for a
    target that is as it should be, else its fault, or several;
    good, bad: bodies of HTML without and with the fault, or whole documents where they begin with
    `<!doctype`. They are the check's tests and its documentation.
    probes: what has to be found out by driving the page (`browser.probes`);
    weight: whether a fault stops the site from being published;
    needs_whole_page: whether it can say nothing of an article alone;
    only_asks: whether it never fails anything and only puts questions to a person.
    """

    id: str
    title: Text
    help: Text
    criteria: tuple[str, ...]
    applies_to: Callable[[Snapshot], Iterable[Element]]
    expectation: Callable[[Element, Snapshot], Fault | Iterable[Fault] | None]
    good: tuple[str, ...]
    bad: tuple[str, ...]
    act: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    weight: Weight = Weight.ERROR
    needs_whole_page: bool = False
    only_asks: bool = False

    @property
    def level(self) -> Level | None:
        return level_of(self.criteria)


@dataclass(frozen=True, slots=True)
class Verdict:
    """One fault that one check found at one element."""

    check: Check
    fault: Fault
    element: Element


@cache
def all_checks() -> tuple[Check, ...]:
    """Every check of `checks/`, sorted by id. A file holds one as CHECK, or several as CHECKS."""
    found: list[Check] = []
    for module in sorted(module.name for module in pkgutil.iter_modules(checks.__path__)):
        if not module.startswith("_"):
            loaded = import_module(f"{checks.__name__}.{module}")
            found.extend(getattr(loaded, "CHECKS", ()) or (loaded.CHECK,))
    return tuple(sorted(found, key=lambda check: check.id))


def all_probes(wanted: Iterable[Check]) -> tuple[str, ...]:
    """The probes that these checks ask for, each once."""
    return tuple(dict.fromkeys(name for check in wanted for name in check.probes))


_COLOURS = re.compile(
    r"colou?r|background|shadow|theme|contrast|grounds|['\"](?:fill|stroke|filter)['\"]"
)
_HELPER = re.compile(r"machikado\.audit\.checks(?:\.| import )(_\w+)")


@cache
def sees_colours(check: Check) -> bool:
    """Whether a check may look at colours: it, or what it shares with others, names one or how they are had."""
    names = {getattr(part, "__module__", "") for part in (check.applies_to, check.expectation)}
    seen: set[str] = set()
    while names - seen:
        name = (names - seen).pop()
        seen.add(name)
        if not name.startswith(f"{checks.__name__}."):
            return True
        source = inspect.getsource(import_module(name))
        if _COLOURS.search(source):
            return True
        names |= {f"{checks.__name__}.{helper}" for helper in _HELPER.findall(source)}
    return False


def examine(
    page: Snapshot,
    wanted: Iterable[Check],
    alike: tuple[Iterable[Verdict], Collection[str]] | None = None,
) -> tuple[list[Verdict], set[str]]:
    """What the checks find on a page, and the ids of those that had anything to look at.

    alike: what this has answered for a page that differs in colours alone: checks that see none say
    the same of both.
    """
    verdicts: list[Verdict] = []
    applicable: set[str] = set()
    known: dict[str, list[Verdict]] = {}
    for verdict in alike[0] if alike else ():
        known.setdefault(verdict.check.id, []).append(verdict)
    for check in wanted:
        if not _can_judge(check, page):
            continue
        if alike and not check.probes and not sees_colours(check):
            if check.id in alike[1]:
                applicable.add(check.id)
            verdicts.extend(_on(page, verdict) for verdict in known.get(check.id, ()))
            continue
        for target in check.applies_to(page):
            applicable.add(check.id)
            verdicts.extend(
                Verdict(check, fault, fault.element or target)
                for fault in _faults(check.expectation(target, page))
            )
    return verdicts, applicable


def _on(page: Snapshot, verdict: Verdict) -> Verdict:
    """A verdict on the same element of another snapshot of its document."""
    element = page.element(verdict.element.index)
    return replace(verdict, element=element) if element else verdict


def _can_judge(check: Check, page: Snapshot) -> bool:
    if check.needs_whole_page and not page.is_whole:
        return False
    return all(name in page.probes for name in check.probes)


def _faults(answer: Fault | Iterable[Fault] | None) -> Iterator[Fault]:
    if answer is None:
        return
    if isinstance(answer, Fault):
        yield answer
    else:
        yield from answer
