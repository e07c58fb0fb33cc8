"""The network while it learns: the first layers of the encoder, in PyTorch, with a head for topics and danger. Only for making the network.

What it computes is what chatbot/meaning/network.py computes on numpy; tests/unit/chatbot/test_network.py compares the two where PyTorch is installed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from chatbot.network.encoder_file import Array, Encoder

PLACES = 96
_MATRICES = ("q", "k", "v", "ao", "fi", "fo")
_NORMS = ("aln", "oln")


class Student(nn.Module):
    """pieces: numbers of the encoder's pieces that are kept. layers: how many of its layers. labels: how many topics."""

    def __init__(self, encoder: Encoder, pieces: list[int], layers: int, labels: int) -> None:
        """Take the encoder's weights over."""
        super().__init__()
        width = encoder.width
        self.heads, self.width = encoder.heads, width
        self.table = nn.Embedding.from_pretrained(_tensor(encoder.matrix("emb.word", width)[pieces]), freeze=False, sparse=True)
        places = encoder.vector("emb.pos").reshape(-1, width)[:PLACES] + encoder.vector("emb.type").reshape(-1, width)[0]
        self.places = nn.Parameter(_tensor(places))
        self.norm = _norm(encoder.vector("emb.ln.w"), encoder.vector("emb.ln.b"))
        self.layers = nn.ModuleList(_layer(encoder, number) for number in range(layers))
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(width, labels + 1)

    def forward(self, numbers: torch.Tensor, there: torch.Tensor) -> torch.Tensor:
        """numbers: (messages, most pieces), filled up with anything; there: 1 where a piece stands. Gives logits (messages, topics + 1), the last of danger."""
        count, length = numbers.shape
        x = self.norm(self.table(numbers) + self.places[:length])
        absent = ((1 - there) * -1e9)[:, None, None, :]
        for layer in self.layers:
            parts = [layer[name](x).view(count, length, self.heads, -1).transpose(1, 2) for name in "qkv"]
            mixed = functional.scaled_dot_product_attention(*parts, attn_mask=absent.to(parts[0].dtype))
            x = layer["aln"](x + layer["ao"](mixed.transpose(1, 2).reshape(count, length, self.width)))
            wide = layer["fi"](x)
            x = layer["oln"](x + layer["fo"](wide * torch.sigmoid(1.702 * wide)))
        mean = (x * there[..., None]).sum(1) / there.sum(1, keepdim=True)
        found: torch.Tensor = self.head(self.drop(mean))
        return found

    def go_on_from(self, given: dict[str, npt.NDArray[np.generic]]) -> None:
        """Take over the weights of an earlier network with the same pieces, layers and topics (what ``arrays`` gave)."""

        def put(into: torch.Tensor, array: npt.NDArray[np.generic]) -> None:
            into.data.copy_(_tensor(np.asarray(array, np.float32)))

        def weights(name: str) -> Array:
            return np.asarray((given[name].astype(np.float32) * given[f"{name}.step"].astype(np.float32)).T, np.float32)

        put(self.table.weight, given["table"].astype(np.float32) * given["steps"].astype(np.float32)[:, None])
        put(self.places, given["places"])
        put(self.head.weight, given["head"].T)
        put(self.head.bias, given["head_bias"])
        norms = [(self.norm, "norm_0")]
        for number, layer in enumerate(self.layers):
            parts = [("mix", ["ao"]), ("widen", ["fi"]), ("narrow", ["fo"]), ("qkv", list("qkv"))]
            for name, into in parts:
                rows, biases = np.split(weights(f"{number}.{name}"), len(into)), np.split(given[f"{number}.{name}_bias"], len(into))
                for part, row, bias in zip(into, rows, biases, strict=True):
                    put(layer[part].weight, row)
                    put(layer[part].bias, bias)
            norms += [(layer["aln"], f"{number}.norm_1"), (layer["oln"], f"{number}.norm_2")]
        for norm, name in norms:
            put(norm.weight, given[name][0])
            put(norm.bias, given[name][1])

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """Give the weights as network.py reads them: matrices (in, out) and the table as int8 with a step a column or row, the rest in half precision."""
        table, steps = _rows_of_bytes(_array(self.table.weight))
        found: dict[str, npt.NDArray[np.generic]] = {
            "table": table, "steps": steps, "places": _array(self.places).astype(np.float16), "norm_0": _pair(self.norm),
            "head": _array(self.head.weight).T.astype(np.float32), "head_bias": _array(self.head.bias), "layers": np.array(len(self.layers)),
            "heads": np.array(self.heads),
        }  # fmt: skip
        for number, layer in enumerate(self.layers):
            whole = {
                "qkv": (np.vstack([_array(layer[n].weight) for n in "qkv"]), np.concatenate([_array(layer[n].bias) for n in "qkv"])),
                "mix": (_array(layer["ao"].weight), _array(layer["ao"].bias)),
                "widen": (_array(layer["fi"].weight), _array(layer["fi"].bias)),
                "narrow": (_array(layer["fo"].weight), _array(layer["fo"].bias)),
            }
            for name, (weight, bias) in whole.items():
                rows, step = _rows_of_bytes(weight)
                found |= {f"{number}.{name}": np.ascontiguousarray(rows.T), f"{number}.{name}.step": step, f"{number}.{name}_bias": bias}
            found |= {f"{number}.norm_1": _pair(layer["aln"]), f"{number}.norm_2": _pair(layer["oln"])}
        return found


def _layer(encoder: Encoder, number: int) -> nn.ModuleDict:
    parts: dict[str, nn.Module] = {}
    for name in _MATRICES:
        weight = encoder.matrix(f"l{number}.{name}.w", encoder.inner if name == "fo" else encoder.width)
        parts[name] = nn.Linear(weight.shape[1], weight.shape[0])
        parts[name].load_state_dict({"weight": _tensor(weight), "bias": _tensor(encoder.vector(f"l{number}.{name}.b"))})
    for name in _NORMS:
        parts[name] = _norm(encoder.vector(f"l{number}.{name}.w"), encoder.vector(f"l{number}.{name}.b"))
    return nn.ModuleDict(parts)


def _norm(scale: Array, shift: Array) -> nn.LayerNorm:
    norm = nn.LayerNorm(len(scale), eps=1e-12)
    norm.load_state_dict({"weight": _tensor(scale), "bias": _tensor(shift)})
    return norm


def _pair(norm: nn.Module) -> npt.NDArray[np.generic]:
    return np.vstack([_array(norm.weight), _array(norm.bias)])


def _rows_of_bytes(weights: Array) -> tuple[npt.NDArray[np.int8], Array]:
    """Each row as whole numbers from -127 to 127 and the step they are multiplied by."""
    step = np.maximum(np.abs(weights).max(1), 1e-9) / np.float32(127)
    return np.round(weights / step[:, None]).astype(np.int8), step.astype(np.float32)


def _tensor(array: Array) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(array))


def _array(tensor: torch.Tensor) -> Array:
    return np.asarray(tensor.detach().float().numpy(), np.float32)
