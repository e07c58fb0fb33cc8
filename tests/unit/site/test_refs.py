"""References in pages: each wrong one is found with its line, each right one becomes what a reader can use."""

from __future__ import annotations

from pathlib import Path

import pytest

from content.load import Content, load_content


@pytest.fixture(scope="module")
def content(root: Path) -> Content:
    return load_content(root)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{{ service("borta") }}', "no service `borta`"),
        ('{{ page("borta") }}', "no page `borta`"),
        ('{{ src("borta") }}', "no source `borta`"),
        ('{{ film("x") }}', "no reference film"),
        ('Ring {{ service("nodnummer-112") }} nu', "inside a sentence"),
        ('{{ phone("hedersfortryck-se") }}', "no phone number"),
    ],
)
def test_wrong_reference_has_its_line(content: Content, text: str, what: str) -> None:
    """An editor looks for the mistake on forty pages."""
    from site_refs import reference_problems

    page = content.pages["start"].model_copy(update={"body": f"Rad ett.\n\n{text}\n", "body_line": 10})
    services = dict(content.services)
    services["hedersfortryck-se"] = services["nodnummer-112"].model_copy(update={"channels": []})
    found = reference_problems(Content(**{**vars(content), "pages": {**content.pages, "start": page}, "services": services}), Path("pages"))
    assert [(problem.file, problem.line) for problem in found] == [(Path("pages/start.md"), 12)]
    assert what in found[0].what


def test_real_pages_have_no_wrong_reference(content: Content) -> None:
    """A link leads nowhere."""
    from site_refs import reference_problems

    assert reference_problems(content, Path("pages")) == []


def test_card_says_what_is_not_known(built: Path) -> None:
    """A person believes that a call leaves no trace because nobody wrote that we do not know."""
    text = (built / "sv/hjalp/akut/index.html").read_text(encoding="utf-8")
    assert "Vi vet inte:" in text or "Vi vet inte när det är öppet." in text


def test_numbers_stay_left_to_right_in_arabic(built: Path) -> None:
    """In Arabic the groups of a number change places, and a stranger is called."""
    import re

    for path in (built / "ar").rglob("*.html"):
        for link in re.findall(r'<a[^>]*href="(?:tel|sms):[^>]*>.*?</a>', path.read_text(encoding="utf-8"), re.DOTALL):
            assert '<bdi dir="ltr">' in link, (path, link)


def test_page_with_untried_numbers_says_so_once(built: Path) -> None:
    """A number that has changed is taken for a promise."""
    text = (built / "sv/hjalp/akut/index.html").read_text(encoding="utf-8")
    assert text.count("Staden har inte kontrollerat alla nummer") == 1
    assert "Staden har inte kontrollerat alla nummer" not in (built / "sv/index.html").read_text(encoding="utf-8")


def test_untranslated_blocks_are_marked_as_swedish(built: Path) -> None:
    """Swedish is read out in Arabic, from right to left, and nobody knows why."""
    import re

    for path in (built / "ar").rglob("index.html"):
        text = path.read_text(encoding="utf-8")
        if "untranslated" in text:
            assert re.search(r'<(p|li|h2|span|td|th)[^>]* (class="untranslated" )?dir="ltr"[^>]*lang="sv"|lang="sv"[^>]*dir="ltr"', text), path
