"""A page is translated block by block with its form kept, and what is still Swedish is marked as Swedish."""

import re

import pytest
from markdown import Markdown

from translations.catalogs import Text
from translations.markdown_tree import MARKDOWN_EXTENSIONS, Block, TranslateBlocks, markdown_configs, one_line

EVERYTHING = """
## Så går det *till* {#steg .stor}

Ring {{ phone("rvc") }}, eller [läs](om.md)
här.  
En ny rad.

{{ service("rvc") }}

!!! note "Bra att veta"
    Inuti rutan.

    - en punkt
        - en inre punkt

=== "Första fliken"

    I fliken

| Fråga | Svar |
|---|---|
| Kostar det? | {{ phone("rvc") }} |

Ord
:   Förklaring

<div class="kort" markdown>
I lådan
</div>

```text
kod
```

<!-- Translators: said by the
reader -->
- [Öppna](chat.md){ .button }
"""

BLOCKS = [
    ("heading", "Så går det *till*"),
    ("paragraph", 'Ring {{ phone("rvc") }}, eller [läs](om.md) här.\nEn ny rad.'),
    ("box title", "Bra att veta"),
    ("paragraph", "Inuti rutan."),
    ("list item", "en punkt"),
    ("list item", "en inre punkt"),
    ("tab title", "Första fliken"),
    ("paragraph", "I fliken"),
    ("table heading", "Fråga"),
    ("table heading", "Svar"),
    ("table cell", "Kostar det?"),
    ("term", "Ord"),
    ("definition", "Förklaring"),
    ("paragraph", "I lådan"),
    ("list item", "[Öppna](chat.md)"),
]


def convert(body: str, translated: dict[str, str], locale: str = "en") -> tuple[str, TranslateBlocks, list[Block]]:
    """The page's HTML with the given translations; everything else falls back."""
    seen: list[Block] = []

    def ask(block: Block) -> Text:
        seen.append(block)
        value = translated.get(block.source)
        return Text(block.source, "sv", "source") if value is None else Text(value, locale, "unreviewed")

    extension = TranslateBlocks(ask, locale)
    markdown = Markdown(extensions=[*MARKDOWN_EXTENSIONS, extension], extension_configs=markdown_configs())
    return markdown.convert(body), extension, seen


def test_every_kind_of_block_is_asked_for_as_its_own_line() -> None:
    """A table, a box title or a list would stay Swedish in every language."""
    seen = convert(EVERYTHING, {})[2]
    assert [(block.kind, block.source) for block in seen] == BLOCKS
    assert seen[-1].note == "said by the reader"


def test_swedish_pages_look_as_they_would_without_translation() -> None:
    """The source language itself would be changed by the machinery of the others."""
    plain = Markdown(extensions=list(MARKDOWN_EXTENSIONS), extension_configs=markdown_configs()).convert(EVERYTHING)
    ours = convert(EVERYTHING, {}, "sv")[0]
    assert "lang=" not in ours
    assert re.sub(r"\s+", " ", ours) == re.sub(r"\s+", " ", re.sub(r"<!--.*?-->\s*", "", plain, flags=re.DOTALL))


def test_translated_blocks_keep_links_breaks_and_attributes() -> None:
    """Buttons would lose their look and links their way."""
    html, extension, _ = convert(
        EVERYTHING,
        {
            "Så går det *till*": "What *happens*",
            BLOCKS[1][1]: 'Read [here](om.md) or call {{ phone("rvc") }}.\nA new line.',
            "[Öppna](chat.md)": "[Open](chat.md)",
        },
    )
    assert '<h2 class="stor" id="steg">What <em>happens</em></h2>' in html
    assert '<p>Read <a href="om.md">here</a> or call {{ phone("rvc") }}.<br />' in html
    assert (extension.report.blocks, extension.report.untranslated, extension.report.unreviewed) == (15, 12, 3)


def test_fallbacks_are_marked_with_language_and_direction() -> None:
    """A screen reader would speak Swedish with an Arabic voice, and the full stop would jump to the wrong end."""
    html = convert("Stannar svensk.\n\nBlir arabisk.", {"Blir arabisk.": "عربي."}, "ar")[0]
    assert '<p class="untranslated" dir="ltr" lang="sv">Stannar svensk.</p>' in html
    assert "<p>عربي.</p>" in html


def test_a_list_item_marks_its_own_words_and_not_the_list_inside() -> None:
    """A translated inner list would be called Swedish."""
    html = convert("- yttre\n    - inre\n", {"inre": "inner"})[0]
    assert '<li><span class="untranslated" dir="ltr" lang="sv">yttre</span><ul>' in html
    assert "<li>inner</li>" in html


def test_links_to_a_section_hold_in_every_language() -> None:
    """Changing the language in the middle of a page would lead to its top, or nowhere."""
    body = "## Å ena sidan\n\n## Å ena sidan\n\n## {{ page(\"a\", \"Läs\") }} nu\n"
    swedish = re.findall(r'<h2[^>]* id="([^"]+)"', convert(body, {}, "sv")[0])
    arabic = re.findall(r'<h2[^>]*id="([^"]+)"', convert(body, {"Å ena sidan": "من ناحية"}, "ar")[0])
    assert swedish == arabic == ["a-ena-sidan", "a-ena-sidan_1", "las-nu"]


@pytest.mark.parametrize("body", ['{{ service("rvc") }}', '- {{ page("a") }}', "<https://a.eu>", "[TOC]", "    kod"])
def test_what_has_no_words_is_not_asked_for(body: str) -> None:
    """Translators would be asked to translate a reference, and the page would count as untranslated for ever."""
    assert convert(body, {})[2] == []


def test_wrapping_the_swedish_text_anew_keeps_its_translation() -> None:
    """An editor who breaks a line elsewhere would lose the translation of the paragraph."""
    assert one_line("en rad\nsom är  lång") == one_line("en rad som\när lång")
