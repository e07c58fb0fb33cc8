"""The whole build: which languages are due, one process for each, the files they share, the command line. Called through build.py."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from site_assets import asset_urls, hashed_name, read_assets
from site_build import CONFIG, build_locale
from site_cards import stale_services
from site_context import ROOT, SiteError, parts
from site_directory import page_keys
from site_manifest import MANIFEST, inputs_hash, manifest_text, read_state, write_state
from site_pack import SUFFIXES, pack
from site_refs import reference_problems
from site_root import language_choice, robots, security, sitemap

from content.errors import ContentError
from content.load import load_content
from translations.catalogs import Catalogs
from translations.locales import KNOWN, LOCALES

#: progress(done, total, what): called when a step begins (done unchanged) and when one is finished.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Report:
    """What a build did: languages built and reused, and lines a maintainer should read."""

    built: tuple[str, ...]
    reused: tuple[str, ...]
    warnings: tuple[str, ...]


def build(out: Path, locales: Sequence[str] | None = None, jobs: int | None = None, progress: Progress | None = None) -> Report:
    """Builds the languages (default: all that are offered) into `out`. Unchanged languages are left as they are.

    Raises ContentError with every problem of the texts, or SiteError with what is wrong and what to do.
    """
    tags = list(LOCALES) if locales is None else list(dict.fromkeys(locales))
    unknown = [tag for tag in tags if tag not in KNOWN]
    if unknown or not tags:
        raise SiteError(f"unknown language: {', '.join(unknown) or '(none given)'}; known are {', '.join(KNOWN)}")
    out = out.resolve()
    content = load_content(ROOT)
    settings = _settings()
    _check(content, settings)
    report = progress or _silent
    out.mkdir(parents=True, exist_ok=True)
    state_file = out.parent / f"{out.name}.inputs.json"
    before, wanted = read_state(state_file), {tag: inputs_hash(tag, tags) for tag in tags}
    due = [tag for tag in tags if before.get(tag) != wanted[tag] or not (out / tag / "index.html").is_file()]
    state_file.unlink(missing_ok=True)  # a build that stops half-way is never taken for a whole one
    _build_languages(out, due, tags, jobs or os.cpu_count() or 1, report)
    warnings = _shared_files(out, tags, settings)
    warnings += _stale(stale_services(iter(content.services.values()), dt.date.today()))
    write_state(state_file, wanted)
    return Report(tuple(due), tuple(tag for tag in tags if tag not in due), tuple(warnings))


def _check(content: Any, settings: Mapping[str, Any]) -> None:
    problems = reference_problems(content, content.root / "pages")
    if problems:
        raise ContentError(problems)
    if "start" not in content.pages:
        raise SiteError("content/pages/start.md is missing; it is the first page of every language, write it")
    parts(content.pages, settings["parts"])


def _build_languages(out: Path, due: Sequence[str], tags: Sequence[str], jobs: int, report: Progress) -> None:
    """Each language in a process of its own, into a folder beside its place, put in place when whole."""
    total = len(due)
    for tag in due:
        shutil.rmtree(_workshop(out, tag), ignore_errors=True)
    if not due:
        return
    report(0, total, "building " + " ".join(due))
    with ProcessPoolExecutor(max_workers=max(1, min(jobs, total)), mp_context=get_context("spawn"), initializer=_quiet) as pool:
        running: dict[Future[bytes], str] = {pool.submit(build_locale, tag, list(tags), _workshop(out, tag)): tag for tag in due}
        try:
            for done, future in enumerate(as_completed(running), start=1):
                tag = running[future]
                _put_in_place(out, tag, future.result())
                report(done, total, tag)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            for tag in due:
                shutil.rmtree(_workshop(out, tag), ignore_errors=True)
            raise


def _workshop(out: Path, tag: str) -> Path:
    return out.parent / f".{out.name}-{tag}"


def _put_in_place(out: Path, tag: str, index: bytes) -> None:
    assets = out / "assets"
    assets.mkdir(parents=True, exist_ok=True)
    for old in assets.glob(f"search-{tag}.*.json"):
        old.unlink()
    (assets / hashed_name(f"search-{tag}.json", index)).write_bytes(index)
    old_place = out.parent / f".{out.name}-{tag}-old"
    shutil.rmtree(old_place, ignore_errors=True)
    if (out / tag).exists():
        (out / tag).rename(old_place)
    _workshop(out, tag).rename(out / tag)
    shutil.rmtree(old_place, ignore_errors=True)


def _shared_files(out: Path, tags: Sequence[str], settings: Mapping[str, Any]) -> list[str]:
    """Assets, the choice of language, and what machines ask for. What belongs to no language of this build is taken away."""
    content, assets = load_content(ROOT), read_assets()
    text, warning = security(settings["site_url"], tags, settings, dt.date.today())
    choice = language_choice(tags, content, Catalogs.load(ROOT, locales=tuple(tags)), asset_urls(assets), settings)
    files: dict[str, bytes] = {
        "index.html": choice.encode(),
        "robots.txt": robots(settings["site_url"]).encode(),
        "sitemap.xml": sitemap(settings["site_url"], [*content.pages, *page_keys(content)], tags).encode(),
        ".well-known/security.txt": text.encode(),
        **{f"assets/{hashed_name(name, data)}": data for name, data in assets.items()},
    }
    for name, data in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    for path in [out / name for name in files] + sorted((out / "assets").glob("search-*.json")):
        pack(path)
    kept = {MANIFEST, *files, *(name + suffix for name in files for suffix in SUFFIXES)}
    for path in sorted(out.rglob("*"), reverse=True):
        name = path.relative_to(out).as_posix()
        index = name.startswith("assets/search-") and name.split("-", 1)[1].split(".", 1)[0] in tags
        if path.is_file() and name not in kept and not index and name.split("/", 1)[0] not in tags:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    (out / MANIFEST).write_text(manifest_text(out), encoding="utf-8")
    return [warning] if warning else []


def _stale(services: Sequence[str]) -> list[str]:
    if not services:
        return []
    return [f"{len(services)} services rest on texts more than a year old or undated, {', '.join(services[:5])} …; friyta check names them"]


def _settings() -> dict[str, Any]:
    config = load_config(str(CONFIG))
    return {**config.extra, "site_url": config.site_url or "", "site_name": config.site_name}


def _quiet() -> None:
    """MkDocs' own lines would run into each other from several processes; warnings and errors stay."""
    logging.getLogger("mkdocs").setLevel(logging.WARNING)


def _silent(done: int, total: int, what: str) -> None:
    return


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line. Gives 0 when the site stands, 1 with clear lines on stderr when it does not."""
    parser = argparse.ArgumentParser(prog="site/build.py", description="Builds the site in every language.")
    parser.add_argument("--out", type=Path, default=ROOT / ".build" / "site", help="where to (default: .build/site)")
    parser.add_argument("--locale", nargs="*", help="only these languages (default: all that are offered)")
    parser.add_argument("--jobs", type=int, help="how many at the same time (default: one for each core)")
    options = parser.parse_args(arguments)
    from tqdm import tqdm

    bar: tqdm[Any] = tqdm(total=0, unit="language", leave=False, disable=not sys.stderr.isatty())

    def show(done: int, total: int, what: str) -> None:
        bar.total, bar.n = total, done
        bar.set_description(what)

    try:
        report = build(options.out, options.locale or None, options.jobs, show)
    except (ContentError, SiteError) as error:
        bar.close()
        print(error, file=sys.stderr)
        return 1
    bar.close()
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    print(f"site: built {' '.join(report.built) or 'nothing'}, unchanged {' '.join(report.reused) or 'nothing'} -> {options.out}")
    return 0

