"""Every text a reader gets, in the reader's language: answers, phrases, interface. Plain for JSON, as HTML for the form.

Where a translation is missing the Swedish text stands in; in HTML it is marked as Swedish, in JSON `Paragraph.locale` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from content.load import Content
from content.models import Service
from content.phone import national, uri
from translations.catalogs import Catalogs, Text
from translations.locales import KNOWN, SOURCE, Locale
from translations.placeholders import fill, names

EMERGENCY = "nodnummer-112"


class MissingWords(Exception):
    """A text or number that the service cannot do without is not there; the message says which file to mend."""


def N_(text: str) -> str:
    """Marks a text for translation where it is written; it is translated where it is said."""
    return text


@dataclass(frozen=True)
class Paragraph:
    """One text with its placeholders' values, said plainly or as HTML. `locale` is the language it really is in."""

    text: Text
    page_locale: str
    values: Mapping[str, str | Markup] = field(default_factory=dict)

    @property
    def locale(self) -> str:
        """The language of the words, which is Swedish where no translation is ready."""
        return self.text.locale

    def plain(self) -> str:
        """The words alone. Names and numbers are isolated in languages written from right to left."""
        values = {name: value.striptags() if isinstance(value, Markup) else value for name, value in self.values.items()}
        return fill(self.text.value, values, isolate=KNOWN[self.locale].direction == "rtl")

    def html(self) -> Markup:
        """The words as HTML: the text escaped, numbers as links, a Swedish text marked on a page of another language."""
        safe = {name: value if isinstance(value, Markup) else escape(value) for name, value in self.values.items()}
        inner = Markup(fill(str(escape(self.text.value)), safe))
        if self.locale == self.page_locale:
            return inner
        other = KNOWN[self.locale]
        return Markup('<span lang="{}" dir="{}">{}</span>').format(other.tag, other.direction, inner)


@dataclass(frozen=True)
class Words:
    """The texts of one language."""

    lang: str
    content: Content
    catalogs: Catalogs

    @property
    def locale(self) -> Locale:
        """The language with its name, direction and exit."""
        return KNOWN[self.lang]

    def gettext(self, msgid: str, /, **values: object) -> str:
        """An interface text, plain."""
        return self.catalogs.gettext(self.lang, "ui", msgid, None, **values)

    def html(self, msgid: str, /, **values: str | Markup) -> Markup:
        """An interface text as HTML; a Swedish fallback is marked."""
        return Paragraph(self.catalogs.text(self.lang, "ui", msgid), self.lang, values).html()

    def said(self, domain: str, msgid: str) -> Paragraph:
        """A text of content/ in this language, its placeholders filled from the directory."""
        text = self.catalogs.text(self.lang, domain, msgid)
        return Paragraph(text, self.lang, {name: self._value(name) for name in names(text.value)})

    def phrase(self, key: str, **values: str | Markup) -> Paragraph:
        """A sentence of content/answers/_phrases.yaml. Raises KeyError if it does not exist."""
        text = self.catalogs.text(self.lang, "chat", self.content.phrases[key])
        return Paragraph(text, self.lang, {name: values[name] if name in values else self._value(name) for name in names(text.value)})

    def answer(self, topic: str, part: str) -> list[Paragraph]:
        """The paragraphs of a topic's answer: part is messages, more or easy. Raises KeyError or AttributeError for what does not exist."""
        return [self.said("chat", paragraph) for paragraph in getattr(self.content.answers[topic], part)]

    def number(self, value: str) -> Markup:
        """A phone number as a link, from left to right in every script."""
        return Markup('<a class="tel" href="{}"><bdi dir="ltr">{}</bdi></a>').format(uri(value), national(value))

    def name(self, service: str) -> str | Markup:
        """The name of a service, which is Swedish in every language."""
        name = self.content.services[service].name
        return name if self.lang == SOURCE else Markup('<bdi lang="sv">{}</bdi>').format(name)

    @property
    def emergency(self) -> Markup:
        """The emergency number as a link."""
        return self.number(emergency_value(self.content.services))

    def _value(self, placeholder: str) -> str | Markup:
        kind, _, service = placeholder.partition(":")
        if placeholder == "emergency":
            return self.emergency
        if placeholder == "language":
            return self.locale.name
        if kind == "service" and service:
            return self.name(service)
        if placeholder in ("rvt", "rvc"):
            return self.name(placeholder)
        raise KeyError(placeholder)


#: What the door says by itself, beside what the bot says. Without them it does not start.
NEEDED = (
    "greeting", "menu.title", "restarted", "empty", "too_long", "busy", "failed", "emergency.first",
    "emergency.still", "choice.human", "choice.menu", "choice.lang", "district.found",
    "district.rvc_unconfirmed", "numbers.unchecked", "service.no_number", "service.unverified",
)  # fmt: skip


def require(content: Content) -> None:
    """Look whether everything is there that an answer may need when all else fails. Raises MissingWords."""
    emergency_value(content.services)
    missing = [key for key in NEEDED if key not in content.phrases]
    if missing:
        raise MissingWords(f"content/answers/_phrases.yaml: {', '.join(missing)} is missing; the service says it, add it")


def emergency_value(services: Mapping[str, Service]) -> str:
    """The emergency number as the directory has it. Raises MissingWords if it has none."""
    service = services.get(EMERGENCY)
    if service is None or service.phone is None or service.phone.value is None:
        raise MissingWords(f"content/services/{EMERGENCY}.yaml: the emergency number is missing; every answer needs it, add the service")
    return service.phone.value
