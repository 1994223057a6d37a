"""The pages a public body publishes, as Markdown in Japanese and English: policy, result, self-evaluation.

The result has the nine items of JIS X 8341-3:2016, JB.3.1. 「適合」 is never said of the site: that
word needs JIS Q 17050.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from machikado.conformance.evaluation import PARTS, Evaluation, Item, items, points_of
from machikado.conformance.policy import CLAIM_WORDS, Claim, Policy
from machikado.conformance.result import Applies, CriterionResult, Met, TestResult
from machikado.conformance.sample import GENERATED, RANDOM, Chosen
from machikado.conformance.standard import Criterion
from machikado.vocabulary import Language, Text

POLICY = "accessibility.md"
RESULT = "accessibility/result.md"
EVALUATION = "accessibility/self-evaluation.md"
CSV_FILE = "assets/accessibility/result.csv"
EARL_FILE = "assets/accessibility/result.earl.jsonld"

_ERA_BEGINS = date(2019, 5, 1)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class PageText:
    """A page to write: its path from its locale's folder, and what it says in each language."""

    path: str
    title: Text
    summary: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside the pages: its path from docs/, its kind for readers, its size in bytes."""

    path: str
    kind: str
    size: int


def long_date(day: date, spoken: Language) -> str:
    """A day as the page's readers write it, in Japanese with the era."""
    if spoken == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    if day < _ERA_BEGINS:
        return f"{day.year}年{day.month}月{day.day}日"
    year = day.year - 2018
    return f"令和{'元' if year == 1 else year}年（{day.year}年）{day.month}月{day.day}日"


def _in_both(write: Callable[[Language], Iterable[str]], source: Text) -> Text:
    """The body in both languages, below a mark that tells who wrote it and where to mend it."""
    marks = {
        "ja": f"{GENERATED}: このページは {source.ja}から作られます。直すときは、そちらを直してください。 -->",
        "en": f"{GENERATED}: this page is made from {source.en}; change that to change it. -->",
    }
    bodies = []
    for spoken in ("ja", "en"):
        blocks = [marks[spoken], *(block.strip("\n") for block in write(spoken) if block.strip())]
        bodies.append("\n" + "\n\n".join(blocks) + "\n")
    return Text(*bodies)


def _table(
    title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], spoken: Language
) -> str:
    """A Markdown table with its caption; a head that ends in `:` aligns its column to the right."""
    caption = ("表: " if spoken == "ja" else "Table: ") + title
    rules = ["---:" if head.endswith(":") else "---" for head in heads]
    lines = [[head.rstrip(":") for head in heads], rules, *rows]
    written = ("| " + " | ".join(map(_cell, line)) + " |" for line in lines)
    return "\n".join([caption, "", *written])


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _list(entries: Iterable[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def _named(criterion: Criterion, spoken: Language) -> str:
    return f"{criterion.number} {criterion.name.spoken(spoken)}"


def _level(criterion: Criterion, spoken: Language) -> str:
    return (
        f"{_named(criterion, spoken)}（レベル{criterion.level}）"
        if spoken == "ja"
        else f"{_named(criterion, spoken)} (level {criterion.level})"
    )


# The policy


def policy_page(policy: Policy) -> PageText:
    """The policy page, from the policy's data alone."""
    return PageText(
        POLICY,
        Text("ウェブアクセシビリティ方針", "Web accessibility policy"),
        Text(
            "だれにでも使いやすいサイトにするための、対象、目標、期限、把握している問題をまとめた方針です。",
            "What this site promises so that everyone can use it: scope, goal, date and known problems.",
        ),
        _in_both(
            lambda spoken: _policy_body(policy, spoken),
            Text("a11y_tests/policy.yml ", "a11y_tests/policy.yml"),
        ),
    )


def _policy_body(policy: Policy, spoken: Language) -> Iterator[str]:
    def say(ja: str, en: str) -> str:
        return ja if spoken == "ja" else en

    example = say("（例）", " (example)") if policy.is_example else ""
    if policy.introduction:
        yield policy.introduction.spoken(spoken)
    yield say("## 対象範囲", "## Scope")
    yield policy.scope.spoken(spoken)
    yield say("## 目標とする規格とレベル", "## Standard and level aimed at")
    yield _goal(policy).spoken(spoken)
    yield say(
        f"今の対応度と、達成基準ごとの結果は、[試験結果]({RESULT})のページにあります。",
        f"How far the site has come is told on the page [Web accessibility test result]({RESULT}), "
        "criterion by criterion.",
    )
    yield say("## 達成期限", "## Target date") + example
    yield long_date(policy.deadline, spoken) + example
    yield say("## 例外事項", "## Exceptions")
    nothing = Text("例外はありません。", "There are no exceptions.")
    yield (policy.exceptions or nothing).spoken(spoken)
    yield say("## 追加する達成基準", "## Additional criteria")
    if policy.added:
        yield say(
            f"次の{len(policy.added)}の達成基準は、{policy.standard.name.ja}のレベル{policy.level}にはありませんが、"
            "この方針で加えます。公開の前の検査では、規格の達成基準と同じように扱います。",
            f"The following {len(policy.added)} criteria are beyond level {policy.level} of "
            f"{policy.standard.name.en}; this policy adds them. Checks before publication treat them "
            "like those of the standard.",
        )
        yield _list(_level(criterion, spoken) for criterion in policy.added)
    else:
        yield say("追加する達成基準はありません。", "No criteria are added.")
    yield say("## 担当部署", "## Department in charge") + example
    yield policy.department.spoken(spoken) + example
    yield say("## 把握している問題点と今後の対応", "## Known problems and next steps")
    if policy.problems:
        yield _table(
            say("把握している問題点と今後の対応", "Known problems and next steps"),
            (say("問題点", "Problem"), say("今後の対応", "Next step")),
            [(o.problem.spoken(spoken), o.response.spoken(spoken)) for o in policy.problems],
            spoken,
        )
    else:
        yield say("把握している問題点は、今はありません。", "No problems are known at present.")
    yield say("## 試験の結果と取組の評価", "## Test result and self-evaluation")
    yield _list(
        (
            say(f"[ウェブアクセシビリティ試験結果]({RESULT})", f"[Web accessibility test result]({RESULT})"),
            say(
                f"[ウェブアクセシビリティ取組確認・評価表]({EVALUATION})",
                f"[Web accessibility self-evaluation]({EVALUATION})",
            ),
        )
    )  # fmt: skip
    if policy.more:
        yield policy.more.spoken(spoken)


def _goal(policy: Policy) -> Text:
    name, level = policy.standard.name, policy.level
    words = CLAIM_WORDS[policy.goal]
    if policy.goal is Claim.CONSIDERED:
        return Text(
            f"{name.ja}のレベル{level}を目標とし、これに「配慮」します。「配慮」は、方針を定めて取り組むことです。"
            "試験をして規格を満たしていると確かめた、という意味ではありません。",
            f"The goal is level {level} of {name.en}, which this site takes into {words.en}. That means "
            "there is a policy and work by it. It does not mean that a test has shown the standard to "
            "be met.",
        )
    if policy.goal is Claim.PARTIAL:
        return Text(
            f"{name.ja}のレベル{level}に「一部準拠」することを目標とします。「一部準拠」は、試験をして、"
            "達成基準の一部を満たしていると確かめ、結果を公開することです。",
            f"The goal is {words.en} with level {level} of {name.en}: that a published test shows some "
            "of its criteria to be met.",
        )
    return Text(
        f"{name.ja}のレベル{level}に「準拠」することを目標とします。「準拠」は、試験をして、達成基準をすべて"
        "満たしていると確かめ、結果を公開することです。",
        f"The goal is {words.en} with level {level} of {name.en}: that a published test shows all of its "
        "criteria to be met.",
    )


# The result

_MET = {
    Met.YES: Text("満たしている", "met"),
    Met.NO: Text("満たしていない", "not met"),
    Met.NOT_JUDGED: Text("未判定", "not yet judged"),
}
_APPLIES = {
    Applies.YES: Text("あり", "applies"),
    Applies.NO: Text("なし", "does not apply"),
    Applies.NOT_JUDGED: Text("未判定", "not yet judged"),
}
_WHY = {
    "home": Text("トップページ", "home page"),
    "section": Text("入口のページ", "section page"),
    "article": Text("記事", "article"),
    "news": Text("お知らせ", "notice"),
    "search": Text("検索", "search"),
    "accessibility": Text("アクセシビリティ方針", "accessibility policy"),
    "help": Text("使い方の説明", "help"),
    "address": Text("方針で指定", "named by the policy"),
    RANDOM: Text("無作為", "by lot"),
}


def result_page(
    result: TestResult,
    attachments: Sequence[Attachment],
    titles: Mapping[Language, Mapping[str, str]],
    site_url: str,
    day: date,
) -> PageText:
    """The page with the nine items of JB.3.1.

    titles: in each language the title of each page by its address, as Markdown; site_url: where the
    site is, ending in `/`; day: the day of this report.
    """

    def body(spoken: Language) -> Iterator[str]:
        yield from _result_body(result, attachments, titles[spoken], site_url, day, spoken)

    return PageText(
        RESULT,
        Text("ウェブアクセシビリティ試験結果", "Web accessibility test result"),
        Text(
            f"{result.policy.standard.name.ja}による試験の結果を、達成基準ごとに示します。",
            f"The result of testing by {result.policy.standard.name.en}, criterion by criterion.",
        ),
        _in_both(
            body,
            Text(
                "a11y_tests/manual/ と machikado audit の結果",
                "a11y_tests/manual/ and the findings of machikado audit",
            ),
        ),
    )


def claim_sentence(result: TestResult) -> Text:
    """What may be said of the site today, in one sentence or two."""
    policy, record = result.policy, result.record
    name, level = policy.standard.name, policy.level
    if result.claim is Claim.CONSIDERED or record is None or record.until is None:
        stand = _where_the_test_stands(result)
        return Text(
            f"{name.ja}のレベル{level}に「配慮」しています。{stand.ja}規格を満たしているとは言えません。",
            f"This site takes level {level} of {name.en} into {CLAIM_WORDS[Claim.CONSIDERED].en}. "
            f"{stand.en} It cannot be said that the standard is met.",
        )
    ja, en = long_date(record.until, "ja"), long_date(record.until, "en")
    met = sum(one.met is Met.YES for one in result.promised)
    every = len(result.promised)
    if result.claim is Claim.FULL:
        return Text(
            f"{name.ja}のレベル{level}に準拠しています（{ja}に終えた試験による）。",
            f"This site is in {CLAIM_WORDS[Claim.FULL].en} with level {level} of {name.en} (by the test "
            f"that ended on {en}).",
        )
    return Text(
        f"{name.ja}のレベル{level}に一部準拠しています（{ja}に終えた試験による）。{every}の達成基準のうち、"
        f"{met}を満たしています。",
        f"This site is in {CLAIM_WORDS[Claim.PARTIAL].en} with level {level} of {name.en} (by the test "
        f"that ended on {en}): {met} of {every} criteria are met.",
    )


def _where_the_test_stands(result: TestResult) -> Text:
    record = result.record
    if record is None or (record.begun is None and not any(one.judged for one in result.every)):
        return Text("人による試験は、まだ行っていません。", "No test by people has been made yet.")
    if record.until is None:
        return Text(
            "人による試験は、まだ終わっていません。", "A test by people is not finished yet."
        )
    if not result.is_tested:
        return Text(
            "まだ判定していない達成基準があります。", "Some criteria have not been judged yet."
        )
    return Text(
        "試験で、満たしている達成基準はありませんでした。", "A test found no criterion met."
    )


def _result_body(
    result: TestResult,
    attachments: Sequence[Attachment],
    titles: Mapping[str, str],
    site_url: str,
    day: date,
    spoken: Language,
) -> Iterator[str]:
    def say(ja: str, en: str) -> str:
        return ja if spoken == "ja" else en

    policy, record = result.policy, result.record
    name, level = policy.standard.name.spoken(spoken), policy.level
    yield claim_sentence(result).spoken(spoken)
    if result.notes:
        title = say("この結果は見直しが必要です", "This result has to be looked at again")
        rows = "\n".join(f"    - {note.spoken(spoken)}" for note in result.notes)
        yield f'!!! warning "{title}"\n{rows}'
    yield say(
        f"[ウェブアクセシビリティ方針](../{POLICY})にもとづく結果です。"
        f"項目は、JIS X 8341-3:2016の附属書JB（JB.3.1）の9つです。このページは{long_date(day, spoken)}に作りました。",
        f"This result belongs to the [Web accessibility policy](../{POLICY}). Its nine items are those of "
        f"JIS X 8341-3:2016, annex JB (JB.3.1). The page was made on {long_date(day, spoken)}.",
    )
    yield say("## 1 表明日", "## 1 Date of the declaration")
    declared = record.declared if record else None
    yield (
        long_date(declared, spoken)
        if declared and result.is_tested
        else say("まだ表明していません。", "Nothing has been declared yet.")
    )
    yield say("## 2 規格の規格番号及び改正年", "## 2 Standard and its year")
    yield name
    yield say("## 3 満たしている適合レベルと対応度", "## 3 Level that is met, and how far")
    met = result.level_met
    yield _list(
        (
            say("満たしている適合レベル: ", "Level that is met: ")
            + (f"{met}" if met else say("まだ確かめていません", "not confirmed yet")
               if not result.is_tested else say("ありません", "none")),
            say("目標とする適合レベル: ", "Level aimed at: ") + level,
            say("対応度: ", "How far: ") + CLAIM_WORDS[result.claim].spoken(spoken),
        )
    )  # fmt: skip
    yield say("## 4 対象となるウェブページ", "## 4 Pages this is about")
    yield policy.scope.spoken(spoken)
    yield say("## 5 依存したウェブコンテンツ技術", "## 5 Web content technologies relied upon")
    yield _list(policy.technologies)
    yield say("## 6 試験対象のページを選んだ方法", "## 6 How pages were chosen")
    yield _method(result).spoken(spoken)
    yield say("## 7 試験を行ったページ", "## 7 Pages that were tested")
    if record and record.pages:
        yield _table(
            say("試験を行ったページ", "Pages that were tested"),
            (
                say("アドレス", "Address"),
                say("ページ", "Page"),
                say("選んだ理由", "Why it was chosen"),
            ),
            [_page_row(page, titles, site_url, spoken) for page in record.pages],
            spoken,
        )
    else:
        yield say("まだありません。", "None yet.")
    yield say("## 8 達成基準チェックリスト", "## 8 Checklist of the criteria")
    yield say(
        "「満たしている」は、選んだすべてのページで人が確かめたという意味です。「未判定」は、人がまだ確かめていないという意味です。",
        "“Met” means that people judged it on every chosen page. “Not yet judged” means that people have "
        "not done so.",
    )
    if result.machine:
        yield say(
            "「機械で見つかった問題」が0でも、満たしているとは限りません。機械で分かるのは問題の一部だけです。",
            "No problem found by machine does not mean that a criterion is met: a machine finds only part "
            "of the problems.",
        )
    for title, lines in _checklists(result, spoken):
        yield _checklist(title, lines, result, spoken)
    yield say("## 9 試験を行った期間", "## 9 When the test was made")
    if record and record.begun and record.until:
        yield say(
            f"{long_date(record.begun, spoken)}から{long_date(record.until, spoken)}まで",
            f"{long_date(record.begun, spoken)} to {long_date(record.until, spoken)}",
        )
    elif record and record.begun:
        yield say(
            f"{long_date(record.begun, spoken)}に始めました。まだ終わっていません。",
            f"Begun on {long_date(record.begun, spoken)}; not finished yet.",
        )
    else:
        yield say("人による試験は、まだ行っていません。", "No test by people has been made yet.")
    yield say("## 機械による検査", "## Checks by machine")
    yield _machine(result, spoken)
    yield say("## データ", "## Data")
    up = "../"
    yield _list(f"[{_file_name(one, spoken)}]({up}{one.path})" for one in attachments)


def _method(result: TestResult) -> Text:
    record, selection = result.record, result.policy.selection
    if record is None or not record.pages:
        return Text(
            "まだ選んでいません。試験をするときは、サイトを代表するページと、無作為に選んだページを合わせて"
            f"{selection.pages}ページにします（JB.1.2 d）。",
            f"None were chosen yet. A test will take {selection.pages} pages: some that stand for the "
            "site and others by lot (JB.1.2 d).",
        )
    by_lot = sum(page.why == RANDOM for page in record.pages)
    chosen = len(record.pages) - by_lot
    return Text(
        f"サイトを代表するページと、無作為に選んだページを合わせました（JB.1.2 d）。代表するページが{chosen}ページ、"
        f"無作為が{by_lot}ページで、合わせて{len(record.pages)}ページです。無作為のページは、種の値「{record.seed}」と"
        "アドレスから計算したハッシュ値（SHA-256）の小さい順に選んだので、あとから確かめられます。",
        f"Pages that stand for the site and pages chosen by lot (JB.1.2 d): {chosen} and {by_lot}, "
        f"together {len(record.pages)}. The lot is the lowest SHA-256 of the seed “{record.seed}” and "
        "the address, so that anyone can repeat it.",
    )


def _page_row(
    page: Chosen, titles: Mapping[str, str], site_url: str, spoken: Language
) -> tuple[str, str, str]:
    address = site_url.rstrip("/") + page.address
    gone = Text("今はないページ", "no longer there").spoken(spoken)
    why = _WHY.get(page.why, Text(page.why, page.why)).spoken(spoken)
    return f"`{address}`", titles.get(page.address, gone), why


def _checklists(
    result: TestResult, spoken: Language
) -> Iterator[tuple[str, Sequence[CriterionResult]]]:
    name = result.policy.standard.name.spoken(spoken)
    for level in ("A", "AA", "AAA"):
        lines = [one for one in result.promised if one.criterion.level == level]
        if lines:
            count = len(lines)
            ja = f"{name}のレベル{level}の達成基準（{count}）"
            en = f"Criteria of level {level} of {name} ({count})"
            yield (ja if spoken == "ja" else en), lines
    if result.added:
        count = len(result.added)
        yield (
            (
                f"追加する達成基準（{count}）"
                if spoken == "ja"
                else f"Additional criteria ({count})"
            ),
            result.added,
        )


def _checklist(
    title: str, lines: Sequence[CriterionResult], result: TestResult, spoken: Language
) -> str:
    def say(ja: str, en: str) -> str:
        return ja if spoken == "ja" else en

    is_mixed = len({one.criterion.level for one in lines}) > 1
    heads = [
        say("達成基準", "Criterion"),
        *([say("レベル", "Level")] if is_mixed else []),
        *(say("適用", "Applies"), say("結果", "Result")),
    ]
    if result.machine:
        heads.append(say("機械で見つかった問題:", "Problems found by machine:"))
    rows = [
        [
            _named(one.criterion, spoken),
            *([one.criterion.level] if is_mixed else []),
            _APPLIES[one.applies].spoken(spoken),
            _MET[one.met].spoken(spoken),
            *([str(one.failures)] if result.machine else []),
        ]
        for one in lines
    ]
    table = _table(title, heads, rows, spoken)
    failing = [
        f"{_named(one.criterion, spoken)}: {', '.join(one.failed_pages)}"
        for one in lines
        if one.failed_pages
    ]
    if not failing:
        return table
    told = say(
        "人が満たしていないと判定したページ:", "Pages that people judged not to meet a criterion:"
    )
    return f"{table}\n\n{told}\n\n{_list(failing)}"


def _machine(result: TestResult, spoken: Language) -> str:
    machine = result.machine
    if machine is None:
        text = Text(
            "機械による検査の結果は、まだ載せていません。", "No results of machines are given yet."
        )
        return text.spoken(spoken)
    doubts = sum(one.doubts for one in result.every)
    failures = sum(one.failures for one in result.every)
    return Text(
        f"{machine.pages}ページを機械で検査しました。上の達成基準に関わる問題が{failures}件、"
        f"機械では決められず人の確認を待っているところが{doubts}件あります（1つの問題が2つの達成基準に関わると、2件と数えます）。",
        f"{machine.pages} pages were checked by machine. There are {failures} problems with the "
        f"criteria above, and {doubts} places that a machine cannot decide and that wait for a person "
        "(one problem with two criteria counts twice).",
    ).spoken(spoken)


def _file_name(one: Attachment, spoken: Language) -> str:
    size = f"{max(1, round(one.size / 1000))}KB"
    what = Text("達成基準ごとの結果", "Results by criterion").spoken(spoken)
    return f"{what}（{one.kind}、{size}）" if spoken == "ja" else f"{what} ({one.kind}, {size})"


# The self-evaluation


def evaluation_page(evaluation: Evaluation) -> PageText:
    """The self-evaluation: what staff wrote, and what nobody has filled in yet."""
    return PageText(
        EVALUATION,
        Text("ウェブアクセシビリティ取組確認・評価表", "Web accessibility self-evaluation"),
        Text(
            "総務省の「みんなの公共サイト運用ガイドライン」にもとづいて、取り組みを自分たちで確かめ、公開するための表です。",
            "A table for judging our own efforts, by the guideline of the Ministry of Internal Affairs "
            "for public websites.",
        ),
        _in_both(
            lambda spoken: _evaluation_body(evaluation, spoken),
            Text("a11y_tests/evaluation.yml ", "a11y_tests/evaluation.yml"),
        ),
    )


def _evaluation_body(evaluation: Evaluation, spoken: Language) -> Iterator[str]:
    def say(ja: str, en: str) -> str:
        return ja if spoken == "ja" else en

    yield say(
        "総務省の「みんなの公共サイト運用ガイドライン（2016年版）」は、1年に1回、取り組みを確かめて公開することをすすめています。"
        f"この表は、[ウェブアクセシビリティ方針](../{POLICY})にもとづく取り組みを、担当者が確かめるためのものです。",
        "The guideline recommends that public bodies look at their efforts once a year and publish what they "
        f"find. In this table the staff judge the work by the [Web accessibility policy](../{POLICY}).",
    )
    if not evaluation.marks:
        yield say(
            "この表には、まだだれも記入していません。", "Nobody has filled in this table yet."
        )
    yield say("## 取組内容確認日", "## Day of this evaluation")
    yield (
        long_date(evaluation.day, spoken)
        if evaluation.day
        else say("まだ確かめていません。", "Not made yet.")
    )
    for part, title in PARTS.items():
        ours = [item for item in items() if item.part == part]
        total, most = evaluation.total(part), points_of(ours)
        words = title.spoken(spoken)
        yield f"## {words}"
        told = str(total) if total is not None else say("未記入", "not filled in")
        yield say(f"合計: {told}（満点{most}点）", f"Total: {told} (of {most} points)")
        for group in dict.fromkeys(item.group for item in ours):
            some = [item for item in ours if item.group == group]
            yield _group(group.spoken(spoken), some, evaluation, spoken)
    yield say("## この表の項目について", "## About the items of this table")
    groups = "、".join(f"「{item.group.ja}」" for item in items() if item.is_group)
    english = ", ".join(f"“{item.group.en}”" for item in items() if item.is_group)
    yield say(
        "項目と配点は、自治体が公開している評価結果から読み取ったものです。総務省の様式そのものは確かめていません。"
        f"{groups}は、細かい項目を確かめられなかったので、まとまりごとに1行にしています。"
        "正式な様式は、総務省のサイトで確かめてください。",
        "Items and points were read in results that municipalities publish; the ministry's form itself "
        f"was not seen. Of {english} the single items could not be read, so each stands as one line. "
        "The form itself is to be had from the ministry.",
    )


def _group(name: str, some: Sequence[Item], evaluation: Evaluation, spoken: Language) -> str:
    def say(ja: str, en: str) -> str:
        return ja if spoken == "ja" else en

    rows = []
    for item in some:
        mark = evaluation.marks.get(item.id)
        blank = say("未記入", "not filled in")
        points = str(mark.points) if mark else blank
        doing = mark.doing.spoken(spoken) if mark else blank
        rows.append((item.name.spoken(spoken), points, str(item.points), doing))
    most = points_of(some)
    return _table(
        say(f"{name}（満点{most}点）", f"{name} ({most} points)"),
        (say("項目", "Item"), say("点数:", "Points:"), say("満点:", "Of:"), say("取り組み", "What is done")),
        rows,
        spoken,
    )  # fmt: skip
