"""Reads the training messages for rasa: with the C reader of YAML, in seconds. rasa's own reads every file three times in Python: most of a training's time.

Named in config.yml (`importers`), so rasa's commands use it too. Rules and domain are still read by rasa itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

_FOLDER = "nlu"


class BadMessages(ValueError):
    """Raised when a file of training messages has another form; the message names the file and what is wanted."""


class MessagesImporter(RasaFileImporter):
    """Takes the files below a folder ``nlu`` itself and leaves the others to rasa."""

    def __init__(
        self, config_file: str | None = None, domain_path: str | None = None, training_data_paths: Sequence[str] | str | None = None
    ) -> None:
        """Find the files. A path is a folder or a file, as in rasa's own importer."""
        given = [training_data_paths] if isinstance(training_data_paths, str) else list(training_data_paths or [])
        files = [file for path in given for file in _files(Path(path))]
        self._messages = [file for file in files if _FOLDER in file.parts]
        super().__init__(config_file, domain_path, [str(file) for file in files if _FOLDER not in file.parts])

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Give the messages of all files. Raises ``BadMessages``."""
        return TrainingData([message for file in self._messages for message in messages_of(file)])


def messages_of(file: Path) -> Iterable[Message]:
    """Read one file: text, intent and metadata of each example. Raises ``BadMessages``."""
    try:
        blocks = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)["nlu"]
        for block in blocks:
            for example in block["examples"]:
                yield Message.build(example["text"], block["intent"], [], block.get("metadata"), example.get("metadata"))
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise BadMessages(f"{file}: wanted `nlu`, a list of `intent` with `examples`, each with a `text`: {error}") from error


def _files(path: Path) -> list[Path]:
    return sorted(path.rglob("*.yml")) if path.is_dir() else [path]
