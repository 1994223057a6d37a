"""What a notice may say of its posts, and what is told where it says something else."""

from __future__ import annotations

import pytest

from machikado.content.front_matter import Social, parse, split

HEAD = "---\nid: 1001001\ntitle: 題名\n"


def told(social: str) -> Social:
    parsed = parse(split(f"{HEAD}{social}---\n"))
    assert parsed.faults == ()
    found = parsed.values["social"]
    assert isinstance(found, Social)
    return found


def test_everything_that_can_be_said_is_read() -> None:
    assert told(
        "social:\n"
        "  text: どこでも\n  x: X だけ\n  line: false\n  hashtags: [盛岡市, morioka city]\n"
        "  image: snow.png\n  alt: 除雪車\n  correction: 訂正の文\n  withdrawn: true\n"
    ) == Social(
        text="どこでも",
        texts=(("x", "X だけ"),),
        off=frozenset({"line"}),
        hashtags=("盛岡市", "morioka city"),
        image="snow.png",
        alt="除雪車",
        correction="訂正の文",
        withdrawn=True,
    )


def test_words_for_one_network_come_before_those_for_all() -> None:
    said = told("social: { text: どこでも, x: X だけ }\n")
    assert (said.words("x"), said.words("line")) == ("X だけ", "どこでも")


def test_false_means_nowhere() -> None:
    assert told("social: false\n") == Social(posted=False)


@pytest.mark.parametrize(
    ("social", "line", "message"),
    [
        ("social: [x]\n", 4, "social: social has no content."),
        ("social: yes please\n", 4, "social: social has no content."),
        (
            "social:\n  text: a\n  facebook: b\n",
            6,
            "social.facebook: social has no key `facebook`.",
        ),
        ('social:\n  x: ""\n', 5, "social.x: is empty or not a text."),
        ("social:\n  x: [a]\n", 5, "social.x: is empty or not a text."),
        ("social:\n  hashtags: ['#1']\n", 5, "social.hashtags: `#1` cannot be a hashtag."),
        ("social:\n  hashtags: [a/b]\n", 5, "social.hashtags: `a/b` cannot be a hashtag."),
        ("social:\n  withdrawn: soon\n", 5, "social.withdrawn: `soon` is not true or false."),
        ("social:\n  alt: {}\n", 5, "social.alt: is empty or not a text."),
    ],
)
def test_a_fault_is_told_at_its_own_line(social: str, line: int, message: str) -> None:
    (fault,) = parse(split(f"{HEAD}{social}---\n")).faults
    assert (fault.check, fault.line, fault.message.en) == ("front-matter-value", line, message)
    assert not fault.message.ja.isascii()
    assert fault.help.en
