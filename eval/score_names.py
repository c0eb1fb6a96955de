"""Score who a political noun phrase is: country, organisation and sector of the phrases in `names.jsonl`, each read on its date.

python eval/score_names.py [--wrong]
"""

import argparse
import json
import sys
from pathlib import Path

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.model.annotated import Annotated, Name

GOLD = Path(__file__).parent / "names.jsonl"


def found(doc: Annotated, phrase: str) -> list[Name]:
    """The parties read inside a phrase, the widest first."""
    start = doc.document.text.find(phrase)
    inside = [n for n in doc.names if n.span.start < start + len(phrase) and start < n.span.end]
    return sorted(inside, key=lambda n: (n.span.start - n.span.end, n.span.start))


def main() -> int:
    """Score and print."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--wrong", action="store_true", help="list the phrases that were read wrongly")
    args = ap.parse_args()
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line.strip()]
    docs = Annotator()(document(r["text"], date=r["date"]) for r in rows)
    right = {"country": 0, "org": 0, "sector": 0}
    for row, doc in zip(rows, docs, strict=True):
        names = found(doc, row["phrase"])
        best = names[0] if names else None
        got = {"country": best and best.country, "org": best and best.org, "sector": best and best.sector.value}
        for key in right:
            ok = got[key] == row[key]
            right[key] += ok
            if args.wrong and not ok and key != "org":
                print(f"  {key}: {row['phrase']!r} on {row['date']}: {row[key]}, read {got[key]} | {row['text']}")
    for key, n in right.items():
        print(f"{key:<8} {n} of {len(rows)} {n / len(rows):.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
