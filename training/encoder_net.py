"""The encoder with its heads in PyTorch, as it is trained; `src/marchland/encoder` is the same thing in numpy."""

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

SIZE, HEADS, LAYERS, TYPES, STEPS = 384, 12, 6, 16, 32
_PAIR = 192  # numbers in which an act and a second word are joined
_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "seen": "attention.output.dense",
    "seen norm": "attention.output.LayerNorm",
    "widened": "intermediate.dense",
    "narrowed": "output.dense",
    "narrowed norm": "output.LayerNorm",
}


class Layer(nn.Module):
    """Self-attention and a feed-forward step."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = nn.ModuleDict(
            {
                "query": nn.Linear(SIZE, SIZE),
                "key": nn.Linear(SIZE, SIZE),
                "value": nn.Linear(SIZE, SIZE),
                "seen": nn.Linear(SIZE, SIZE),
                "seen norm": nn.LayerNorm(SIZE, eps=1e-12),
                "widened": nn.Linear(SIZE, 4 * SIZE),
                "narrowed": nn.Linear(4 * SIZE, SIZE),
                "narrowed norm": nn.LayerNorm(SIZE, eps=1e-12),
            }
        )
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """One step further."""
        many, length, _ = x.shape
        p = self.parts
        query, key, value = (
            p[name](x).view(many, length, HEADS, -1).transpose(1, 2) for name in ("query", "key", "value")
        )
        drop = self.drop.p if self.training else 0.0
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask, dropout_p=drop)
        x = p["seen norm"](x + self.drop(p["seen"](seen.transpose(1, 2).reshape(many, length, SIZE))))
        return p["narrowed norm"](x + self.drop(p["narrowed"](functional.gelu(p["widened"](x)))))


class Encoder(nn.Module):
    """Word pieces to vectors."""

    def __init__(self) -> None:
        super().__init__()
        self.word = nn.Embedding(30522, SIZE)
        self.position = nn.Embedding(512, SIZE)
        self.segment = nn.Parameter(torch.zeros(SIZE))
        self.norm = nn.LayerNorm(SIZE, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Vectors of a batch of texts; `mask` is true where there is a piece."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.segment
        x = self.drop(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x

    def start_from(self, folder: Path) -> None:
        """Take the published weights (`model.safetensors` of all-MiniLM-L6-v2)."""
        told = load_file(folder / "model.safetensors")
        embedding = "embeddings."
        state = {
            "word.weight": told[embedding + "word_embeddings.weight"],
            "position.weight": told[embedding + "position_embeddings.weight"],
            "segment": told[embedding + "token_type_embeddings.weight"][0],
            "norm.weight": told[embedding + "LayerNorm.weight"],
            "norm.bias": told[embedding + "LayerNorm.bias"],
        }
        for n in range(LAYERS):
            for mine, theirs in _PARTS.items():
                for part in ("weight", "bias"):
                    state[f"layers.{n}.parts.{mine}.{part}"] = told[f"encoder.layer.{n}.{theirs}.{part}"]
        self.load_state_dict(state)


class Pair(nn.Module):
    """Scores of a second word beside an act."""

    def __init__(self, answers: int) -> None:
        super().__init__()
        self.act = nn.Linear(SIZE, _PAIR)
        self.other = nn.Linear(SIZE, _PAIR, bias=False)
        self.act_times = nn.Linear(SIZE, _PAIR, bias=False)
        self.other_times = nn.Linear(SIZE, _PAIR, bias=False)
        self.kind = nn.Embedding(TYPES, _PAIR)
        self.step = nn.Embedding(STEPS, _PAIR)
        self.out = nn.Linear(_PAIR, answers)
        self.drop = nn.Dropout(0.2)
        nn.init.normal_(self.kind.weight, std=0.02)
        nn.init.normal_(self.step.weight, std=0.02)

    def forward(self, act: Tensor, other: Tensor, kind: Tensor, step: Tensor) -> Tensor:
        """Scores of each answer."""
        joined = self.act(act) + self.other(other) + self.kind(kind) + self.step(step)
        return self.out(self.drop(functional.gelu(joined + self.act_times(act) * self.other_times(other))))


class Reader(nn.Module):
    """The encoder and its heads."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.act_in = nn.Linear(SIZE, SIZE)
        self.act_out = nn.Linear(SIZE, TYPES)
        self.role, self.when, self.where, self.whose = Pair(3), Pair(1), Pair(1), Pair(1)
        self.none = nn.Linear(SIZE, 3)
        self.drop = nn.Dropout(0.1)

    def acts(self, vectors: Tensor) -> Tensor:
        """Log-odds of each type of act."""
        return self.act_out(self.drop(functional.gelu(self.act_in(vectors))))
