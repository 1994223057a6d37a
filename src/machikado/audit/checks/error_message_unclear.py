"""An error message that does not say which field is wrong and why (ACT rule 36b590; WCAG 3.3.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from machikado.audit.check import Check, Fault
from machikado.audit.checks._fields import (
    describers,
    fields,
    group_name,
    is_described_by,
    label_text,
    nearest_field,
)
from machikado.audit.checks._links import plain
from machikado.audit.snapshot import Element, Snapshot
from machikado.vocabulary import Text

_SPEAKS_OF_ERROR = re.compile(
    r"^(?:error|invalid|incorrect|wrong)\b|\b(?:is|are) (?:invalid|incorrect|not valid|required)\b|^please (?:enter|correct|fix)|"
    r"\byou (?:have )?made (?:an? )?(?:errors?|mistakes?)\b|^there (?:is|are|was|were) (?:(?:an?|some|\d+) )?(?:errors?|mistakes?)\b|"
    r"^(?:入力)?エラー|(?:正しく|誤り|間違い|不正)[^。]{0,12}(?:ません|あります|です)|入力されていません",
    re.I,
)
_ERROR_CLASS = re.compile(r"(?:^|[-_\s])(?:error|invalid|err)(?:$|[-_\s])|error-?message", re.I)
_NO_CAUSE = re.compile(
    r"(?:error|invalid|incorrect|wrong|bad|not valid|失敗|an error (?:has )?occurr?ed|there (?:is|was) an? (?:error|problem)|something went wrong|"
    r"please (?:fix|correct) (?:the |this |your )?(?:error|errors|mistakes?)|please try again|try again|oops|"
    r"you (?:have )?made (?:an? )?(?:errors?|mistakes?)|please enter (?:a |the )?(?:valid|correct|proper) (?:value|input|entry|data)s?|"
    r"(?:(?:the|this|your) )?form (?:has|contains) (?:(?:an?|some|wrong|invalid|incorrect) )*(?:entry|entries|values?|data|errors?|mistakes?|fields?)|"
    r"(?:(?:the|this|your) )?form (?:could not|couldn't|cannot|can't|was not) be (?:submitted|sent)"
    r"(?: (?:because|due) (?:of |to )?(?:there (?:is|was) )?(?:(?:an?|some|one|wrong|invalid|incorrect|or|more) )*(?:entry|entries|values?|data|errors?|mistakes?|fields?))?|"
    r"there (?:is|are|was|were) (?:(?:an?|some|\d+) )?(?:errors?|mistakes?)(?: (?:in|with|on) (?:the|this|your) (?:form|page))?|"
    r"フォームを送信できませんでした|送信できませんでした|"
    r"(?:invalid|incorrect|wrong|bad) (?:value|input|entry|data|field|format)|(?:this )?(?:field|value|input|entry) is (?:invalid|incorrect|wrong|not valid)|"
    r"(?:入力)?エラー(?:です|があります|が発生しました)?|正しくありません|不正な値です|不正です|入力に誤りがあります|誤りがあります|無効です|無効な値です|間違っています)"
)
_AT_LEAST = re.compile(r"(?:at least|greater than|more than|no less than|minimum(?: is| of)?) (\d+)|(\d+)以上", re.I)  # fmt: skip
_SAYS_ERROR_FIRST = re.compile(r"^(?:error|エラー)\s?[:：]\s*", re.I)
_OF_WHOLE_FORM = re.compile(
    r"\bform (?:could|couldn't|cannot|can't|was not|has|contains)\b|送信できません"
    r"|\bthere (?:is|are|was|were) (?:(?:an?|some|\d+) )?(?:errors?|mistakes?)\b",
    re.I,
)
_WRONG = re.compile(r"(?:[a-z]+(?:__|--?))*(?:error|invalid)", re.I)
"""A class of a field that is wrong: `error`, `is-invalid`, `input--error`."""
_BLOCKS = ("p", "span", "div", "li", "strong", "em", "small", "output")


def _messages(page: Snapshot) -> Iterator[Element]:
    """Texts that tell of an error in a form, hidden ones too."""
    if not fields(page):
        return
    for element in page.elements(*_BLOCKS):
        if next(element.elements(*_BLOCKS, "input", "a"), None):
            continue
        text = element.text
        if not text or len(text) > 200:
            continue
        if element.closest("label", "legend", "button", "a", "h1", "h2", "h3"):
            continue
        marked = f"{element.get('class')} {element.get('id')}"
        is_marked = bool(_ERROR_CLASS.search(marked))
        if _SPEAKS_OF_ERROR.search(text) or (
            is_marked and (element.is_rendered or _AT_LEAST.search(text))
        ):
            yield element


def _all_messages(page: Snapshot) -> Iterator[Element]:
    """Those, and headings that are all that a page says of an error in its form."""
    messages = list(_messages(page))
    yield from messages
    if not messages and fields(page):
        for heading in page.with_role("heading"):
            if _OF_WHOLE_FORM.search(heading.text) and heading.is_rendered:
                yield heading


def _belongs_to(message: Element, page: Snapshot) -> Sequence[Element]:
    """The fields that a message is about: by reference, by label, by place."""
    tied = [f for f in fields(page) if any(message is d for d in describers(f, page))]
    if tied:
        return tied
    said = plain(message.text)
    named = [f for f in fields(page) if (w := _first_word(f, page)) and w in said]
    if named:
        return named
    nearest = nearest_field(message, page)
    return [nearest] if nearest else []


def _first_word(field: Element, page: Snapshot) -> str:
    """The telling part of a label: without what stands in brackets."""
    return re.split(r"[(（:：*＊※]", plain(label_text(field, page) or field.name or ""))[0].strip()


def _expectation(message: Element, page: Snapshot) -> Fault | None:
    about = _belongs_to(message, page)
    text = message.text
    shown, told = message.is_rendered, message.is_exposed
    if shown and not told and message.inside("none") is None:
        return Fault(
            Text(
                f"エラー「{text[:60]}」は目に見えますが、読み上げられません。",
                f"The error message “{text[:80]}” is hidden from screen readers.",
            )
        )
    if not shown:
        return _hidden_though_wrong(message, about)
    if _OF_WHOLE_FORM.search(text) and _has_others(message, page):
        return None
    if _NO_CAUSE.fullmatch(_without_names(text, about, page)):
        return Fault(
            Text(
                f"エラー「{text[:60]}」には、どこがどう違うのかが書かれていません。",
                f"The error message “{text[:80]}” does not say what is wrong or how to mend it.",
            )
        )
    return _nowhere(message, about, page) or _of_several(message, about, page)


def _has_others(message: Element, page: Snapshot) -> bool:
    """Whether more is said of errors than that there are some: by messages, at fields, by links to them."""
    ids = {f.get("id") for f in fields(page) if f.get("id")}
    return (
        any(other is not message and other.is_rendered for other in _messages(page))
        or any(describers(field, page) for field in fields(page))
        or any(link.get("href").removeprefix("#") in ids for link in page.elements("a"))
    )


def _marked_fields(page: Snapshot) -> Iterator[Element]:
    """Fields that are marked as wrong where nothing on the page speaks of an error."""
    marked = [f for f in fields(page) if f.is_rendered and _is_marked(f)]
    if marked and not any(True for _ in _messages(page)) and not _SPEAKS.search(page.text):
        yield from (f for f in marked if not describers(f, page))


def _is_marked(field: Element) -> bool:
    names = [
        name
        for name in field.get("class").split()
        if not name.lower().startswith(("no", "without"))
    ]
    return field.get("aria-invalid") == "true" or any(_WRONG.fullmatch(name) for name in names)


_SPEAKS = re.compile(
    r"error|invalid|wrong|incorrect|must|problem|please|エラー|誤り|正し|間違|ください", re.I
)


def _hidden_though_wrong(message: Element, about: Sequence[Element]) -> Fault | None:
    found = _AT_LEAST.search(message.text)
    if not found:
        return None
    least = int(found[1] or found[2])
    for field in about:
        value = field.value
        if field.get("type") == "number" and value.lstrip("-").isdigit() and int(value) < least:
            return Fault(
                Text(
                    f"欄の値「{value}」は誤りですが、エラー「{message.text[:60]}」が隠れています。",
                    f"The value {value} is wrong but the error message “{message.text[:80]}” is hidden.",
                )
            )
    return None


def _without_names(text: str, about: Sequence[Element], page: Snapshot) -> str:
    rest = _SAYS_ERROR_FIRST.sub("", plain(text)) or plain(text)
    for field in about:
        name = _first_word(field, page)
        rest = (
            re.sub(rf"\b(?:for|in|of)? ?(?:the )?{re.escape(name)}(?:が|は|に|の)?", " ", rest)
            if name
            else rest
        )
    return " ".join(rest.split()).strip(" .。!！:：、,")


def _nowhere(message: Element, about: Sequence[Element], page: Snapshot) -> Fault | None:
    among = [f for f in fields(page) if f.is_rendered]
    if about or len(among) < 2 or not _AT_LEAST.search(message.text):
        return None
    return Fault(
        Text(
            f"エラー「{message.text[:60]}」が、どの欄のことか分かりません。",
            f"The error message “{message.text[:80]}” does not say which field it is about.",
        )
    )


def _of_several(message: Element, about: Sequence[Element], page: Snapshot) -> Fault | None:
    """A message that names a field of which there are several, in groups that it does not name."""
    names = {_first_word(field, page) for field in about}
    groups = {plain(group_name(field) or "") for field in about}
    said = plain(message.text)
    if (
        len(about) < 2
        or len(names) > 1
        or len(groups) < len(about)
        or any(g in said for g in groups)
    ):
        return None
    if any(field in message.ancestors() or _is_beside(message, field) for field in about):
        return None
    return Fault(
        Text(
            f"エラー「{message.text[:60]}」が、どの組の欄のことか分かりません。",
            f"The error message “{message.text[:80]}” does not say which of several fields it is about.",
        )
    )


def _is_beside(message: Element, field: Element) -> bool:
    """Whether a message stands in the group of a field, or is tied to it."""
    if (
        message.get("id")
        and message.get("id")
        in f"{field.get('aria-describedby')} {field.get('aria-errormessage')}".split()
    ):
        return True
    group = next(
        (e for e in field.ancestors() if e.tag == "fieldset" or e.role in ("group", "radiogroup")),
        None,
    )
    return group is None or any(e is group for e in message.ancestors())


def _is_untied(message: Element, page: Snapshot) -> Fault | None:
    field = nearest_field(message, page)
    if not (message.is_rendered and message.is_exposed) or field is None or not field.is_rendered:
        return None
    if is_described_by(field, message, page) or message.closest("label", "legend"):
        return None
    live = (message, *message.ancestors())
    if any(e.role in ("alert", "status") or e.get("aria-live") for e in live):
        return None
    return Fault(
        Text(
            f"エラー「{message.text[:60]}」が、欄と結び付いていません。",
            f"The error message “{message.text[:80]}” is not tied to its field.",
        ),
        Text(
            "エラーに id を付け、欄の aria-describedby にその id を書いてください。",
            "Give the message an id and name it in the field's aria-describedby.",
        ),
    )


CHECKS = (
    Check(
        id="error-message-unclear",
        title=Text("分からないエラーの知らせ", "An error message that does not help"),
        help=Text(
            "どの欄がなぜ違うのか、どう直すのかを、その欄の近くに文字で書いてください。",
            "Say in text near the field which field is wrong, why, and how to mend it.",
        ),
        criteria=("3.3.1",),
        act=("36b590",),
        applies_to=_all_messages,
        expectation=_expectation,
        good=(
            "<p class='error'>There are 2 errors.</p><ul><li><a href='#n'>Enter your name</a></li></ul><label>Name<input id='n'></label>",
            "<h2>There is a problem</h2><ul><li><a href='#n'>Enter your name</a></li></ul><label>Name<input id='n'></label>",
            "<h2>Form could not be sent because the age is missing</h2><label>Age<input></label><label>Name<input></label>",
            "<fieldset><legend>Home</legend><label>Phone<input></label><p class='error'>Phone is required.</p></fieldset>"
            "<fieldset><legend>Work</legend><label>Phone<input></label></fieldset>",
            '<label>年齢<input type="number" value="0" aria-describedby="e"></label>'
            '<span id="e">エラー: 年齢は1以上で入力してください。</span>',
            '<label>Age<input type="number" value="3"></label>'
            "<span hidden>Invalid age. Age must be at least 1.</span>",
            '<label>Email<input aria-describedby="m"></label>'
            '<p id="m" class="error">Enter an email address in the format name@example.com</p>',
            "<p>通信エラーのときは、時間をおいてください。</p><label>お名前<input></label>",
        ),
        bad=(
            '<label>年齢<input type="number" value="0"></label><span class="error" aria-hidden="true">'
            "エラー: 年齢は1以上で入力してください。</span>",
            '<label>Age<input type="number" value="0"></label><span hidden>Invalid age: it must be at least 1.</span>',
            '<label>Age<input value="x" aria-describedby="e"></label><span id="e">Invalid value.</span>',
            '<label>お名前<input></label><p class="error">入力に誤りがあります。</p>',
            "<h2>The form could not be sent because of an invalid field.</h2><label>Age<input></label><label>Name<input></label>",
            "<p>There are errors in the form.</p><label>Name<input></label><label>Town<input></label>",
            "<p>You made an error.</p><label>Name<input></label><label>Town<input></label>",
            "<fieldset><legend>Home</legend><label>Phone<input></label></fieldset><fieldset><legend>Work</legend>"
            "<label>Phone<input></label></fieldset><p class='error'>Error: Phone is required.</p>",
            '<form><label>Age<input type="number" value="0"></label><span id="error" style="visibility: hidden">Must be at least 1.</span></form>',
        ),
    ),
    Check(
        id="error-without-message",
        title=Text("知らせのない誤り", "An error that nothing tells of"),
        help=Text(
            "どの欄がなぜ違うのか、どう直すのかを、その欄の近くに文字で書いてください。",
            "Say in text near the field which field is wrong, why, and how to mend it.",
        ),
        criteria=("3.3.1", "1.4.1"),
        applies_to=_marked_fields,
        expectation=lambda _field, _page: Fault(
            Text(
                "欄が誤りとして示されていますが、何が違うのか、どこにも書かれていません。",
                "The field is marked as wrong, and nothing says why.",
            )
        ),
        good=(
            '<label>年齢<input aria-invalid="true" aria-describedby="e"></label><span id="e">年齢を入力してください</span>',
            '<label>Age (must be a number)<input aria-invalid="true"></label>',
            '<label>Age<input class="no-error"></label>',
        ),
        bad=(
            '<label>年齢<input aria-invalid="true"></label>',
            '<label>Name<input class="field error" style="border: 2px solid red"></label>',
        ),
    ),
    Check(
        id="error-message-not-tied",
        title=Text("欄と結び付いていないエラー", "An error message not tied to its field"),
        help=Text(
            "エラーと欄を aria-describedby で結び付けてください。",
            "Tie the message to its field with aria-describedby.",
        ),
        criteria=("1.3.1", "3.3.1"),
        applies_to=_messages,
        expectation=_is_untied,
        good=(
            '<div><label>年齢<input aria-describedby="e"></label><span id="e" class="error">年齢を入力してください</span></div>',
            '<div><label>Age<input></label><span class="error" role="alert">Enter your age</span></div>',
            "<p>エラーの一覧</p><label>お名前<input></label>",
        ),
        bad=(
            '<div><label for="a">年齢</label><input id="a"><span class="error">年齢を入力してください</span></div>',
            '<div><label for="a">Age</label><p class="error-message">Enter your age</p><input id="a"></div>',
        ),
    ),
)
