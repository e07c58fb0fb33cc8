"""One page of one language anew, in place: for the editor who wants to see a sentence now. Only a page whose words changed; docs/site.md says when."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import TemplateError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException
from site_build import CONFIG, new_build
from site_context import SiteError
from site_pack import SUFFIXES

from content.models import Page


def same_frame(before: Page, after: Page) -> bool:
    """Whether only the words below the front matter changed: then no menu, list or neighbour of another page is touched."""
    fields = set(type(before).model_fields) - {"body", "body_line"}
    return all(getattr(before, name) == getattr(after, name) for name in fields)


def build_pages(tag: str, offered: Sequence[str], keys: Iterable[str], out: Path) -> None:
    """Builds the pages `keys` of a language into `out/<tag>`, which holds a whole build. Raises SiteError with what MkDocs said."""
    only = frozenset(keys)
    indexes = sorted((out / "assets").glob(f"search-{tag}.*.json"))
    with tempfile.TemporaryDirectory() as folder:
        try:
            config = load_config(str(CONFIG), site_dir=folder)
            build = new_build(tag, offered, dict(config.extra))
            build.only, build.search_index = only, f"/assets/{indexes[-1].name}" if indexes else ""
            config.extra["build"] = build
            mkdocs_build(config)
        except (Abort, MkDocsException) as error:
            raise SiteError(f"{tag}: MkDocs stopped: {error}") from error
        except TemplateError as error:
            raise SiteError(f"{tag}: a template of site/theme cannot be rendered: {error}") from error
        for name, text in build.plain.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        for path in [*Path(folder).rglob("*.html"), *Path(folder).rglob("*.txt")]:
            target = out / tag / path.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
            for suffix in SUFFIXES:  # made by the whole build; of the words before they would be wrong
                target.with_name(target.name + suffix).unlink(missing_ok=True)
