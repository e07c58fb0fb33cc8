"""What the theme's templates may call: texts in the reader's language, addresses, dates. One place, so the templates hold no logic."""

from __future__ import annotations

from typing import NoReturn

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup
from site_cards import When
from site_context import Site, SiteError
from site_words import language_name


def prepare(environment: Environment, site: Site) -> Environment:
    """Gives an environment of the theme our functions, escaping, and errors for names that do not exist."""
    tag = site.locale.tag

    def say(msgid: str, **values: object) -> Markup:
        return site.say("ui", msgid, **values)

    def plain(msgid: str, **values: object) -> str:
        return site.plain("ui", msgid, **values)

    def missing_part(part: str) -> NoReturn:
        raise SiteError(f"site/theme/partials/parts.html: the part `{part}` of the menu has no name; add a line for it")

    def dated(when: When) -> Markup:
        return Markup('<time datetime="{}" data-age>{}</time>').format(when.machine or "", when.said)

    environment.autoescape = True
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.globals.update(
        {
            "_": say,
            "gettext": plain,
            "said": site.say,
            "phrase": site.phrase,
            "asset": site.asset,
            "missing_part": missing_part,
            "dated": dated,
            "language_name": lambda language: language_name(language, tag),
            "exit_name": lambda: Markup("<b>{}</b>").format(say(EXIT_NAME)),
            "tag": tag,
            "comma": COMMAS.get(site.locale.script, ", "),
        }
    )
    return environment


#: What stands between the members of a list, by script.
COMMAS = {"Arab": "، ", "Ethi": "፣ "}
#: The name on the exit control, said again where its limits are explained.
EXIT_NAME = "Lämna snabbt"
