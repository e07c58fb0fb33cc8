"""The whole run behind `make translations`: extract, merge, check, count."""

from dataclasses import dataclass
from pathlib import Path

from content.errors import Problem
from content.load import Content
from translations.checks import check_translations
from translations.extract import extract_all
from translations.merge import merge_all
from translations.status import PartStatus, status, table


@dataclass(frozen=True, slots=True)
class TranslationReport:
    """What the run wrote, what is wrong, and how far each language is."""

    changed: tuple[Path, ...]
    problems: tuple[Problem, ...]
    parts: tuple[PartStatus, ...]

    @property
    def ok(self) -> bool:
        """False if something must be mended before the portal can be built."""
        return not any(problem.level == "error" for problem in self.problems)

    def text(self, root: Path) -> str:
        """The report for a terminal, paths as seen from `root`."""
        changed = [f"wrote {path.relative_to(root)}" for path in self.changed]
        problems = [str(problem).replace(f"{root}/", "", 1) for problem in self.problems]
        return "\n".join([*(changed or ["nothing changed"]), *problems, "", table(self.parts)])


def run_translations(root: Path, content: Content | None = None) -> TranslationReport:
    """Brings templates and catalogues of the repository at `root` up to date and reports on them.

    Raises ContentError if the content or a catalogue cannot be read.
    """
    found = extract_all(root, content)
    changed = [*found.changed, *merge_all(root)]
    problems = sorted([*found.problems, *check_translations(root)])
    return TranslationReport(tuple(changed), tuple(problems), tuple(status(root)))
