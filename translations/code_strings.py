"""Interface strings of templates and Python: `_("…")`, `gettext("…")`, `pgettext("…", "…")`, the marker `N_("…")`.

Babel reads both. It looks at calls only: a text in an attribute (`alt`, `aria-label`) needs its own call.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.extract import extract, extract_python
from jinja2 import TemplateSyntaxError
from jinja2.ext import babel_extract

from content.errors import Problem
from translations.entries import Entry

TEMPLATES = ("site/theme/**/*.html", "api/templates/**/*.html")
CODE = ("api/**/*.py", "site/**/*.py")
COMMENT_TAG = "Translators:"
KEYWORDS = {"_": None, "gettext": None, "N_": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}


def interface_files(root: Path) -> list[Path]:
    """Every template and module that may hold interface strings, sorted by path."""
    return sorted({path for pattern in (*TEMPLATES, *CODE) for path in root.glob(pattern) if path.is_file()})


def interface_entries(root: Path) -> tuple[list[Entry], list[Problem]]:
    """The interface strings of all files, and what could not be read."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for path in interface_files(root):
        try:
            for line, found in _calls(path):
                if isinstance(found, Entry):
                    entries.append(found)
                else:
                    problems.append(Problem(path, line, *found))
        except (TemplateSyntaxError, SyntaxError) as error:
            problems.append(Problem(path, error.lineno or 1, f"cannot be read: {error}", "mend the syntax"))
    return entries, problems


def _calls(path: Path) -> Iterator[tuple[int, Entry | tuple[str, str]]]:
    method: Any = extract_python if path.suffix == ".py" else babel_extract
    options = {} if path.suffix == ".py" else {"silent": "false", "extensions": "jinja2.ext.do,jinja2.ext.loopcontrols"}
    with path.open("rb") as file:
        calls = extract(method, file, KEYWORDS, (COMMENT_TAG,), options, strip_comment_tags=True)
        for line, message, comments, context in calls:
            if isinstance(message, tuple):
                yield line, ("ngettext: plural forms are not used here", "write a text that fits any number")
            else:
                note = " ".join(" ".join(comments).split())
                yield line, Entry(message, (note,) if note else (), context)
