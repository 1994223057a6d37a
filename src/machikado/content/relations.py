"""What can only be seen between pages, or between a page and the vocabulary: faults of one page.

Each fault is found from the page it is told of, so that a change is judged by the pages it touches.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from machikado.content.front_matter import Fault, PageType
from machikado.content.page import Page
from machikado.content.site import Claim, Site, old_address
from machikado.vocabulary import Text


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What of the sources could not be read, so that nothing follows from its absence.

    faulty: the keys of a page that have a fault of their own already;
    unread: whether the default locale has a file at this path that became no page.
    """

    faulty: Callable[[Page], frozenset[str]]
    unread: Callable[[str], bool]


def relation_faults(site: Site, page: Page, unsettled: Unsettled) -> Iterator[Fault]:
    """Every fault of `page` that its own source does not show."""
    yield from _duplicates(site, page)
    # What a translation inherits is mended where the source says it.
    known = unsettled.faulty(page) | unsettled.faulty(site.source_of(page))
    yield from _page_faults(site, page, known)
    if page.locale.is_default:
        return
    default = site.locales.default
    twin = site.page_at(default, page.path)
    is_doubtful = unsettled.unread(page.path) or (
        twin is not None and len(site.claims(Claim.ID, f"{default.code}:{twin.id}")) > 1
    )
    if not is_doubtful:
        yield from _translation_faults(site, page, twin, known)


def _duplicates(site: Site, page: Page) -> Iterator[Fault]:
    taken = _first(site, Claim.ADDRESS, page.address, page)
    if taken is not page:
        yield Fault(
            "duplicate-address",
            1,
            Text(
                f"アドレス「{page.address}」が {taken.file} と同じになります。",
                f"Its address `{page.address}` is also that of {taken.file}.",
            ),
            Text(
                "どちらかのファイルの名前か場所を変えてください。",
                "Rename or move one of the two files.",
            ),
        )
    first = _first(site, Claim.ID, f"{page.locale.code}:{page.id}", page)
    if first is not page:
        yield Fault(
            "duplicate-page-id",
            page.lines.get("id", 1),
            Text(
                f"ページ番号「{page.id}」は {first.file} でも使われています。",
                f"The id `{page.id}` is also used by {first.file}.",
            ),
            Text(
                "どちらかの id を、まだ使われていない番号に変えてください"
                "（machikado new page が空いた番号を付けます）。",
                "Give one of them an unused id (`machikado new page` finds one).",
            ),
        )
    if page.meta.feed_id is not None:
        other = _first(site, Claim.FEED_ID, page.meta.feed_id, page)
        if other is not page:
            yield Fault(
                "duplicate-feed-id",
                page.lines.get("feed_id", 1),
                Text(
                    f"feed_id が {other.file} と同じです。",
                    f"The feed_id is the same as in {other.file}.",
                ),
                Text(
                    "写して作ったページなら、feed_id を新しくしてください"
                    "（machikado new news が付けます）。",
                    "If this page was copied, give it a feed_id of its own "
                    "(`machikado new news` makes one).",
                ),
            )
    for alias in page.meta.aliases:
        old = old_address(page, alias)
        living = site.claims(Claim.ADDRESS, old)
        owner = living[0] if living else _first(site, Claim.ALIAS, old, page)
        if owner is not page or old == page.address:
            yield Fault(
                "alias-taken",
                page.lines.get("aliases", 1),
                Text(
                    f"以前のアドレス「{alias}」は、いま {owner.file} が使っています。",
                    f"The old address `{alias}` is in use by {owner.file}.",
                ),
                Text("aliases からこのアドレスを消してください。", "Remove it from aliases."),
            )


def _first(site: Site, kind: Claim, name: str, page: Page) -> Page:
    """The page to whom a name belongs: the first that claims it."""
    return next(iter(site.claims(kind, name)), page)


def _page_faults(site: Site, page: Page, faulty: frozenset[str]) -> Iterator[Fault]:
    meta, lines = page.meta, page.lines
    if (
        meta.department is not None
        and meta.department not in site.departments
        and "department" in lines
    ):
        yield Fault(
            "unknown-department",
            lines["department"],
            Text(
                f"担当部署「{meta.department}」は登録されていません。",
                f"The department `{meta.department}` is not known.",
            ),
            Text(
                f"i18n/departments.yml にある名前を書いてください: {', '.join(site.departments)}",
                f"Use one of i18n/departments.yml: {', '.join(site.departments)}",
            ),
        )
    if meta.category is not None and meta.category not in site.categories and "category" in lines:
        yield Fault(
            "unknown-category",
            lines["category"],
            Text(
                f"分類「{meta.category}」は登録されていません。",
                f"The category `{meta.category}` is not known.",
            ),
            Text(
                f"i18n/categories.yml にある名前を書いてください: {', '.join(site.categories)}",
                f"Use one of i18n/categories.yml: {', '.join(site.categories)}",
            ),
        )
    own_dates = "publish_at" in lines or "expires_at" in lines
    if own_dates and meta.publish_at and meta.expires_at and meta.expires_at <= meta.publish_at:
        yield Fault(
            "expires-before-publish",
            lines.get("expires_at", 1),
            Text(
                "掲載の終わり（expires_at）が、始まり（publish_at）より前です。",
                "expires_at is not after publish_at.",
            ),
            Text("どちらかの日付を直してください。", "Correct one of the dates."),
        )
    if meta.type in (PageType.NEWS, PageType.EVENT):
        for key in ("feed_id", "publish_at"):
            if getattr(meta, key) is None and key not in faulty:
                yield Fault(
                    "news-without-" + key.replace("_", "-"),
                    lines.get("type", 1),
                    Text(f"お知らせに「{key}」がありません。", f"A news item needs `{key}`."),
                    Text(
                        "machikado new news で作ると、必要な項目が全部入ります。",
                        "`machikado new news` writes all that is needed.",
                    ),
                )


def _translation_faults(
    site: Site, page: Page, twin: Page | None, faulty: frozenset[str]
) -> Iterator[Fault]:
    if twin is not None and twin.id != page.id:
        yield Fault(
            "translation-id-differs",
            page.lines.get("id", 1),
            Text(
                f"ページ番号が、同じ場所の {twin.file}（{twin.id}）と違います。",
                f"The id differs from {twin.file} ({twin.id}) at the same path.",
            ),
            Text(
                f"同じページの翻訳なら id を {twin.id} にしてください。",
                f"If this translates the same page, set id to {twin.id}.",
            ),
        )
    has_source = site.source_of(page) is not page
    if has_source and page.meta.translation is None and "translation" not in faulty:
        yield Fault(
            "translation-undeclared",
            1,
            Text(
                "どのように翻訳したかが書かれていません。",
                "It is not said how this translation was made.",
            ),
            Text(
                "translation（source_hash, method, reviewer, date）を書いてください。"
                "machikado translate が下書きを作ります。",
                "Add translation (source_hash, method, reviewer, date); "
                "`machikado translate` drafts it.",
            ),
        )
    if has_source and _says_the_same(page, site.source_of(page)):
        yield Fault(
            "translation-not-done",
            page.body_line,
            Text(
                "まだ翻訳されていません。元のページと同じ文章です。",
                "This is not translated yet: it says the same as its source.",
            ),
            Text(
                "題名、概要、本文をこの言語に書き直してから公開してください。",
                "Put title, summary and text into this language before it is published.",
            ),
        )
    if not has_source and page.meta.translation is not None:
        yield Fault(
            "translation-without-source",
            page.lines.get("translation", 1),
            Text(
                f"元のページ（id {page.id}）が見つかりません。",
                f"There is no source page with id {page.id}.",
            ),
            Text(
                "id を元のページと同じにするか、translation を消してください。",
                "Use the id of the source page, or remove translation.",
            ),
        )


def _says_the_same(page: Page, source: Page) -> bool:
    """Whether a translation is still the draft that was copied from its source, word for word."""
    return page.digest == source.digest and bool(page.body.strip())
