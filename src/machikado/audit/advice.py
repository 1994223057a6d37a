"""What staff are told of axe's commonest findings: what is wrong, and what to write instead.

Braces in a message are filled with what axe measured (`axe.details_of`).
"""

from __future__ import annotations

from dataclasses import dataclass

from machikado.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Advice:
    """A plain sentence on the fault, and what to do about it."""

    message: Text
    help: Text


_THEME = Text(
    "本文の書き方ではなく、サイトの部品（ひな形）の問題です。サイトの管理者に知らせてください。",
    "This is in the site's templates, not in the text: tell those who keep the site.",
)

ADVICE: dict[str, Advice] = {
    "image-alt": Advice(
        Text(
            "画像に代わりの説明文がなく、画面を見られない人に内容が伝わりません。",
            "An image has no text alternative, so those who cannot see it miss what it says.",
        ),
        Text(
            "![何の画像かが分かる説明](ファイル名) と書いてください。飾りの画像なら "
            "![](ファイル名){.decorative} と書きます。",
            "Write ![what the image tells](file). For an image that is mere decoration write "
            "![](file){.decorative}.",
        ),
    ),
    "svg-img-alt": Advice(
        Text(
            "図（SVG）に説明がなく、画面を見られない人に内容が伝わりません。",
            "A chart or drawing (SVG) has no text alternative.",
        ),
        Text(
            "図の中に <title>図の説明</title> を入れ、同じ内容の表か文章を近くに置いてください。",
            "Give the SVG a <title> that tells what it shows, and put the same facts near it as a "
            "table or text.",
        ),
    ),
    "role-img-alt": Advice(
        Text(
            "画像として扱われる部品に説明がありません。",
            "A part that is presented as an image has no text alternative.",
        ),
        Text(
            '何の画像かが分かる説明を aria-label="…" で付けてください。',
            'Give it a description with aria-label="…".',
        ),
    ),
    "image-redundant-alt": Advice(
        Text(
            "画像の説明が、すぐ隣の文字と同じです。読み上げでは同じ言葉が2回聞こえます。",
            "An image's text alternative repeats the words beside it; a screen reader says them "
            "twice.",
        ),
        Text(
            "画像が飾りなら ![](ファイル名){.decorative} と書き、"
            "そうでなければ画像だけが伝えることを書いてください。",
            "If the image is decoration write ![](file){.decorative}; else tell what only the "
            "image tells.",
        ),
    ),
    "heading-order": Advice(
        Text(
            "見出しの段階が飛んでいます。見出しをたどって読む人が、節が抜けていると感じます。",
            "A heading skips a level; those who read by headings think that a section is missing.",
        ),
        Text(
            "## の次は ###、その次は #### と、1段ずつ深くしてください。"
            "文字の大きさを変えるために見出しを使わないでください。",
            "Go one level deeper at a time: ## then ### then ####. Do not use a heading for its "
            "size.",
        ),
    ),
    "empty-heading": Advice(
        Text("見出しに文字がありません。", "A heading has no text."),
        Text(
            "「## 」のあとに見出しの言葉を書くか、その行を消してください。",
            "Write the heading's words after the ##, or remove the line.",
        ),
    ),
    "page-has-heading-one": Advice(
        Text("ページに大見出しがありません。", "The page has no main heading."),
        Text(
            "ページの情報の title に題名を書いてください。大見出しは title から作られます。",
            "Write `title` in the front matter: the main heading is made from it.",
        ),
    ),
    "link-name": Advice(
        Text(
            "リンクに文字がなく、行き先が分かりません。",
            "A link has no text, so nobody can tell where it leads.",
        ),
        Text(
            "[行き先が分かる言葉](アドレス) と書いてください。画像のリンクなら、"
            "画像の説明に行き先を書きます。",
            "Write [words that say where it leads](address). For an image link, say it in the "
            "image's description.",
        ),
    ),
    "link-in-text-block": Advice(
        Text(
            "文中のリンクが、色だけでしか見分けられません。",
            "A link in running text is told from the words around it by its colour alone.",
        ),
        _THEME,
    ),
    "color-contrast": Advice(
        Text(
            "文字（{foreground}）と背景（{background}）の明るさの差が足りず、読みにくくなっています"
            "（コントラスト比 {ratio}、必要なのは {required}）。",
            "The text ({foreground}) stands out too little from its background ({background}): "
            "contrast {ratio}, needed {required}.",
        ),
        Text(
            "本文に色の指定（style や span）を書いていれば消してください。"
            "書いていなければサイトの配色の問題なので、サイトの管理者に知らせてください。",
            "If the text carries colours of its own (style, span), remove them. If not, the "
            "site's colour tokens are at fault: tell those who keep the site.",
        ),
    ),
    "list": Advice(
        Text(
            "箇条書きの中に、項目でないものが直接入っています。",
            "A list holds something that is no list item.",
        ),
        Text(
            "項目は「- 」で始め、続きの行は字下げしてそろえてください。<ul> を手で書いているなら、"
            "中には <li> だけを入れます。",
            "Start each item with `- ` and indent its further lines. A hand-written <ul> may hold "
            "<li> only.",
        ),
    ),
    "listitem": Advice(
        Text("箇条書きの項目が、箇条書きの外にあります。", "A list item stands outside any list."),
        Text(
            "<li> を手で書かず、「- 」で始まる行で箇条書きを作ってください。",
            "Do not write <li> by hand: make the list of lines that start with `- `.",
        ),
    ),
    "definition-list": Advice(
        Text(
            "用語と説明の一覧の組み立てが正しくありません。",
            "A list of terms and explanations is put together wrongly.",
        ),
        Text(
            "用語の行のすぐ下に「:   説明」を置く形で書いてください。",
            "Write the term on one line and `:   explanation` directly below.",
        ),
    ),
    "dlitem": Advice(
        Text(
            "用語または説明が、一覧の外にあります。",
            "A term or explanation stands outside its list.",
        ),
        Text(
            "<dt> や <dd> を手で書かず、用語の行の下に「:   説明」と書いてください。",
            "Do not write <dt> or <dd> by hand: write the term, and `:   explanation` below.",
        ),
    ),
    "empty-table-header": Advice(
        Text(
            "表の見出しのます目が空で、その列や行が何なのか分かりません。",
            "A header cell of a table is empty, so its column or row has no name.",
        ),
        Text(
            "表の1行目のすべてのます目に、列の名前を書いてください。",
            "Give every cell of the table's first row a name.",
        ),
    ),
    "scope-attr-valid": Advice(
        Text("表の scope の指定が正しくありません。", "A table's `scope` is used wrongly."),
        Text(
            "scope は見出しのます目（th）だけに付け、col か row と書いてください。",
            "Use scope on header cells (th) only, with the value col or row.",
        ),
    ),
    "td-headers-attr": Advice(
        Text(
            "表のます目が、その表にない見出しを指しています。",
            "A table cell refers to a header that is not in the table.",
        ),
        Text(
            "headers の値を、同じ表の見出し（th）の id に合わせてください。簡単な表なら headers "
            "は要りません。",
            "Let `headers` name the ids of header cells of the same table; a simple table needs "
            "none.",
        ),
    ),
    "th-has-data-cells": Advice(
        Text(
            "表の見出しに、対応するデータのます目がありません。",
            "A table header has no data cells of its own.",
        ),
        Text(
            "使っていない列や行を表から消すか、表でなく箇条書きにしてください。",
            "Remove the unused column or row, or write a list instead of a table.",
        ),
    ),
    "table-duplicate-name": Advice(
        Text("表の題名と要約が同じ文です。", "A table's caption and summary say the same."),
        Text("要約（summary）を消してください。", "Remove the summary attribute."),
    ),
    "duplicate-id-aria": Advice(
        Text(
            "同じ id が2か所にあり、説明やラベルが別のものと結び付いています。",
            "Two parts share one id, so a label or description may belong to the wrong one.",
        ),
        Text(
            '{#名前} や id="…" を手で付けているなら、ページの中で重ならない名前に変えてください。',
            'If you wrote {#name} or id="…" yourself, use a name that is not used twice on the '
            "page.",
        ),
    ),
    "html-has-lang": Advice(
        Text(
            "ページの言語が示されておらず、読み上げの声や発音が正しく選ばれません。",
            "The page does not say its language, so a screen reader may use the wrong voice.",
        ),
        _THEME,
    ),
    "html-lang-valid": Advice(
        Text("ページの言語の指定が正しくありません。", "The page's language tag is not valid."),
        Text(
            "i18n/locales.yml の lang を、ja や en のような正しい言語タグに直してください。",
            "Correct `lang` in i18n/locales.yml to a valid tag such as ja or en.",
        ),
    ),
    "valid-lang": Advice(
        Text(
            "文中の言語の指定（lang）が正しくありません。", "A part's language (lang) is not valid."
        ),
        Text(
            'lang="en" のように、正しい言語タグを書いてください。',
            'Write a valid language tag, such as lang="en".',
        ),
    ),
    "document-title": Advice(
        Text("ページに題名がありません。", "The page has no title."),
        Text("ページの情報に title を書いてください。", "Write `title` in the front matter."),
    ),
    "frame-title": Advice(
        Text(
            "埋め込み（地図や動画など）に名前がなく、何があるのか分かりません。",
            "Embedded content (a map, a video) has no name.",
        ),
        Text(
            '<iframe title="何の地図・動画か"> のように title を付けてください。',
            'Say what it is: <iframe title="map of …">.',
        ),
    ),
    "frame-title-unique": Advice(
        Text(
            "2つ以上の埋め込みが同じ名前です。",
            "Two or more embedded parts have the same name.",
        ),
        Text(
            "それぞれの iframe の title に、区別できる名前を書いてください。",
            "Give each iframe a title of its own.",
        ),
    ),
    "label": Advice(
        Text(
            "入力欄に名前がなく、何を入れるのか分かりません。",
            "A form field has no label, so nobody can tell what to enter.",
        ),
        Text(
            '<label for="欄のid">欄の名前</label> を付けてください。',
            'Give it a <label for="the field\'s id">.',
        ),
    ),
    "select-name": Advice(
        Text("選択欄に名前がありません。", "A selection list has no label."),
        Text(
            '<label for="欄のid">欄の名前</label> を付けてください。',
            'Give it a <label for="the field\'s id">.',
        ),
    ),
    "button-name": Advice(
        Text(
            "ボタンに文字がなく、何が起きるのか分かりません。",
            "A button has no text, so nobody can tell what it does.",
        ),
        Text(
            "ボタンの中に、することを言葉で書いてください。",
            "Write inside the button what it does.",
        ),
    ),
    "region": Advice(
        Text(
            "ページのどの区画にも入っていない部分があり、区画をたどって読む人が見落とします。",
            "Part of the page belongs to no landmark; those who go from landmark to landmark miss "
            "it.",
        ),
        _THEME,
    ),
    "landmark-one-main": Advice(
        Text("本文の区画（main）がありません。", "The page has no main landmark."),
        _THEME,
    ),
    "landmark-no-duplicate-main": Advice(
        Text("本文の区画（main）が2つ以上あります。", "The page has more than one main landmark."),
        _THEME,
    ),
    "landmark-unique": Advice(
        Text(
            "同じ種類で同じ名前の区画が2つ以上あり、区別できません。",
            "Two landmarks of one kind have the same name and cannot be told apart.",
        ),
        _THEME,
    ),
    "bypass": Advice(
        Text(
            "毎回同じ部分を飛ばして本文へ移る手段がありません。",
            "There is no way to skip the parts that every page repeats.",
        ),
        _THEME,
    ),
    "skip-link": Advice(
        Text("「本文へ」のリンクの行き先がありません。", "The skip link leads nowhere."),
        _THEME,
    ),
    "scrollable-region-focusable": Advice(
        Text(
            "横や縦に動かして見る部分が、キーボードでは動かせません。",
            "A part that scrolls cannot be scrolled with the keyboard.",
        ),
        Text(
            "幅の広い表や長いコードは列や行を減らしてください。そうしても出るときは、"
            "サイトの管理者に知らせてください。",
            "Make a wide table or long code smaller. If it is still reported, tell those who keep "
            "the site.",
        ),
    ),
    "target-size": Advice(
        Text(
            "押すところが小さすぎるか、隣と近すぎて、押しまちがえやすくなっています。",
            "Something to press is too small or too close to the next one.",
        ),
        Text(
            "リンクが続くときは箇条書きにして行を分けてください。それでも出るときは、"
            "サイトの管理者に知らせてください。",
            "Put links that follow one another into a list. If it is still reported, tell those "
            "who keep the site.",
        ),
    ),
    "meta-viewport": Advice(
        Text(
            "ページの拡大が禁止されています。",
            "The page forbids readers to zoom in.",
        ),
        _THEME,
    ),
    "meta-refresh": Advice(
        Text(
            "時間がたつと、ページがひとりでに切り替わります。",
            "The page changes by itself after some time.",
        ),
        Text(
            "自動の切り替えをやめ、行き先をリンクで示してください。",
            "Remove the automatic change and offer a link instead.",
        ),
    ),
    "tabindex": Advice(
        Text(
            "キーボードで進む順番が、見た目の順番と違います。",
            "The keyboard's order differs from the order on the page.",
        ),
        Text(
            'tabindex="1" のような指定を消してください。',
            'Remove tabindex values above 0, such as tabindex="1".',
        ),
    ),
    "summary-name": Advice(
        Text(
            "開閉する部分の見出しに文字がありません。",
            "A part that opens and closes has no text to press.",
        ),
        Text(
            "<summary> に、開くと何が読めるかを書いてください。",
            "Write in <summary> what it opens.",
        ),
    ),
    "video-caption": Advice(
        Text(
            "動画に字幕がなく、音を聞けない人に内容が伝わりません。",
            "A video has no captions, so those who cannot hear miss what is said.",
        ),
        Text(
            '<track kind="captions" src="…"> で字幕のファイルを付けてください。',
            'Add captions: <track kind="captions" src="…">.',
        ),
    ),
}

JAPANESE_FOR_AXE: dict[str, Text] = {
    "aria-tab-name": Text("タブには、読み上げられる名前が要ります。", "ARIA tabs need a name."),
}
"""Rules that axe-core's own Japanese file does not know."""

THIRD_PARTY = Advice(
    Text(
        "ページが外部のサーバー（{host}）から部品を読み込んでいます。"
        "読む人のことが外部に知られます。",
        "The page loads something from another server ({host}), which learns who reads it.",
    ),
    Text(
        "画像や資料は docs/assets/ に入れて、そこから使ってください。動画や地図は、"
        "埋め込まずにリンクにしてください。",
        "Put images and files into docs/assets/ and use them from there; link to videos and maps "
        "instead of embedding them.",
    ),
)
SCRIPT_ERROR = Advice(
    Text(
        "ページのプログラムが途中で止まりました（{error}）。",
        "A script of the page stopped with an error ({error}).",
    ),
    Text(
        "ページに <script> を書いていれば消してください。書いていなければ、"
        "サイトの管理者に知らせてください。",
        "If you wrote a <script> into the page, remove it; if not, tell those who keep the site.",
    ),
)
LEADS_ELSEWHERE = Advice(
    Text(
        "ページが別のアドレス（{address}）へ移ります。",
        "The page leads on to another address ({address}).",
    ),
    Text(
        "移った先も検査するなら、そのアドレスを指定してください。",
        "To have the other page audited too, give its address.",
    ),
)
