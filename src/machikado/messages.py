"""The words of the theme in every locale: gettext catalogues read by Babel."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass

from machikado.content.locale import Locales
from machikado.content.tree import Tree
from machikado.vocabulary import ConfigurationError, Text

DOMAIN = "machikado"


@dataclass(frozen=True)
class Catalogue:
    """The messages of one locale. A message without a translation is shown as its English msgid."""

    messages: Mapping[str, str]

    def gettext(self, msgid: str, **values: object) -> str:
        """The message in this locale; `%(name)s` in it is replaced by the value of that name."""
        text = self.messages.get(msgid) or msgid
        return text % values if values else text


def catalogue_file(locale: str, data: str = "i18n") -> str:
    """Where the catalogue of a locale is, in the layout of gettext."""
    return f"{data}/{locale}/LC_MESSAGES/{DOMAIN}.po"


def read_catalogues(tree: Tree, locales: Locales, data: str = "i18n") -> dict[str, Catalogue]:
    """The catalogue of every locale, by its code; raises ConfigurationError."""
    return {locale.code: _read(tree, catalogue_file(locale.code, data)) for locale in locales}


def _read(tree: Tree, name: str) -> Catalogue:
    # Read seldom: an incremental build keeps the messages.
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(io.BytesIO(tree.read(name)), abort_invalid=True)
    except FileNotFoundError:
        raise ConfigurationError(
            name,
            Text("この言語の画面の文言がありません。", "The catalogue of this locale is missing."),
        ) from None
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise ConfigurationError(
            name,
            Text(
                f"画面の文言を読み取れません（{error}）。",
                f"The catalogue cannot be read ({error}).",
            ),
        ) from None
    return Catalogue(
        {
            message.id: message.string
            for message in catalogue
            if isinstance(message.id, str) and message.id and isinstance(message.string, str)
        }
    )
