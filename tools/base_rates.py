"""Make `lexicon/ontology/base_rates.csv`: how often a pair that is in the news acts, from the demo's own dispatches.

    python tools/base_rates.py

Every ordered pair with an act in the last 90 days is counted on the first day of each month: did it act within 30 days?
How fast a pair's own acts outweigh the rate is learned from all classes together, since single ones came too seldom; a
class that never came gets half an act.
"""

import sys
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from marchland import api
from marchland.forecast.baseline import counts, likeliest
from marchland.forecast.features import active
from marchland.forecast.history import class_names, happened
from marchland.forecast.past import past
from marchland.forecast.rates import COLUMNS, PATH
from marchland.store import Store

ROOT = Path(__file__).resolve().parent.parent
HORIZON, STEP = 30, 30
SOURCE = "marchland's own demo corpus read by its coder; tools/base_rates.py"


def main() -> int:
    """Code the corpus, count, write."""
    with as_file(files("marchland.demo").joinpath("corpus.jsonl")) as corpus, Store.in_memory() as store:
        for document, reading in api.read_all([str(corpus)], unread=[], talk=lambda _: None):
            store.add(document, reading)
        found = past(store, None).history
    assert found.first is not None, "the corpus tells of dated acts"
    assert found.last is not None, "the corpus tells of dated acts"
    days = list(range(found.first + 90, found.last - HORIZON + 1, STEP))
    lines = [",".join(COLUMNS)]
    for level in ("quad", "type"):
        pairs = {d: p for d in days if len(p := active(found.before(d), d))}
        seen = np.concatenate([counts(found, d, level, p) for d, p in pairs.items()])
        true = np.concatenate([happened(found, p, d, d + HORIZON - 1, level) for d, p in pairs.items()])
        came, windows = true.sum(0), len(true)
        length = likeliest(seen.ravel(), true.ravel(), HORIZON)[1]
        for i, name in enumerate(class_names(level)):
            base = max(came[i], 0.5) / windows
            shape = -np.log1p(-base) / HORIZON * length
            row = (level, name, f"{shape:.4g}", f"{length:.4g}", f"{base:.4g}", str(windows), str(int(came[i])), SOURCE)
            lines.append(",".join(row))
    out = ROOT / "src/marchland/lexicon" / PATH
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
