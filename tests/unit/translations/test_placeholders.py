"""References and placeholders are read the same way by translators' checks and by those who fill them."""

import pytest

from translations.placeholders import BadReference, Reference, fill, names, parse_reference, references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{{ service("rvc") }}', Reference("service", ("rvc",), None)),
        ('{{page("hjalp/akut")}}', Reference("page", ("hjalp/akut",), None)),
        ('{{ page("hjalp/akut", "läs \\"nu\\", här") }}', Reference("page", ("hjalp/akut",), 'läs "nu", här')),
        ('{{ chat("öppna chatten") }}', Reference("chat", (), "öppna chatten")),
        ("{{ districts() }}", Reference("districts", (), None)),
    ],
)
def test_each_kind_of_reference_is_read(text: str, expected: Reference) -> None:
    """A phone number or a link that the page promises would be missing."""
    assert references(text) == [expected]


@pytest.mark.parametrize("inside", ['phon("x")', "phone(x)", 'phone("a", "b")', "phone()", "phone", 'page("a" "b")'])
def test_a_broken_reference_is_refused_with_a_reason(inside: str) -> None:
    """A typing mistake would be printed to readers instead of a phone number."""
    with pytest.raises(BadReference, match=r"\w+"):
        parse_reference(inside)


def test_references_and_attribute_lists_are_no_placeholders() -> None:
    """The check of placeholders would refuse good pages."""
    text = 'Ring {emergency} {{ phone("rvc") }} {service:bris} [x](y){ .button } {: #a }'
    assert names(text) == ["emergency", "service:bris"]


def test_fill_reaches_no_attributes() -> None:
    """A translation could print the inside of the program."""
    assert fill("{emergency.__class__} {a[0]} {emergency}", {"emergency": "112"}).endswith("} 112")


def test_numbers_keep_their_order_between_arabic_words() -> None:
    """An Arabic reader would see 50 50-020 and call a number that does not exist."""
    assert fill("اتصل {n}", {"n": "020-50 50 50"}, isolate=True) == "اتصل \u2068020-50 50 50\u2069"
    assert fill("اتصل {n}", {"n": "112"}, isolate=True) == "اتصل 112"


def test_a_missing_value_is_an_error() -> None:
    """Readers would see braces where a number should be."""
    with pytest.raises(KeyError):
        fill("Ring {emergency}", {})
