"""How long do odds take on a large history? A million made-up rows of event data, then one day more.

    python eval/forecast_times.py [--events 1000000] [--folder DIR]

Prints seconds for: the first reading with its fits, a question when everything is kept, taking in one more day, and the
question after that. The rows have the form of GDELT and are made from a seed; the import itself is timed too.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from marchland.api_forecast import forecast
from marchland.exchange import import_
from marchland.forecast.past import past
from marchland.lexicon.actors import countries
from marchland.store import Store

START, DAYS = date(2017, 1, 1), 730
CODES = (
    "036",
    "040",
    "042",
    "043",
    "046",
    "050",
    "057",
    "061",
    "071",
    "090",
    "111",
    "112",
    "130",
    "138",
    "150",
    "163",
    "173",
    "190",
)
HOST = "TJK"


def rows(events: int, start: date, days: int, seed: int) -> list[str]:
    """GDELT rows: few pairs hold most acts, and their rates wander from month to month."""
    rng = np.random.default_rng(seed)
    codes = sorted(c.iso3 for c in countries() if c.kind == "state")
    size = 1 / (np.arange(len(codes)) + 2.0)
    order = np.random.default_rng(0).permutation(len(codes))
    weight = size[order] / size.sum()
    weight[codes.index(HOST)] = 0.02
    weight /= weight.sum()
    a, b = (rng.choice(len(codes), events, p=weight) for _ in range(2))
    day = np.sort(rng.integers(days, size=events))
    kind = (a * 7 + b * 3 + day // 30 + rng.integers(4, size=events)) % len(CODES)
    first = seed * 10_000_000
    out = []
    for n, (i, j, d, k) in enumerate(zip(a.tolist(), b.tolist(), day.tolist(), kind.tolist(), strict=True)):
        when = f"{start + timedelta(days=d):%Y%m%d}"
        sides = [codes[i], codes[i], codes[i], *[""] * 7, codes[j], codes[j], codes[j], *[""] * 7]
        geo = ["1", "X", "TI", "TI", "", "38.5", "68.7", "1"]
        code = CODES[k]
        cells = [str(first + n), when, when[:6], when[:4], when[:4], *sides, "1", code, code[:3], code[:2], "1", "1.0"]
        out.append("\t".join([*cells, "4", "1", "4", "-1.5", *geo * 3, when + "000000", "https://example.org/a"]))
    return out


def timed(name: str, work: Callable[[], object]) -> None:
    """Run it and print how long it took."""
    begun = time.perf_counter()
    work()
    print(f"{name:<62} {time.perf_counter() - begun:7.2f} s", flush=True)


def main() -> int:
    """Make, import, ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        store = folder / "s.marchland"
        Store(store).close()
        (folder / "all.CSV").write_text("\n".join(rows(asked.events, START, DAYS, 1)) + "\n", encoding="utf-8")
        one = rows(max(1, asked.events // DAYS), START + timedelta(days=DAYS), 1, 2)
        (folder / "day.CSV").write_text("\n".join(one) + "\n", encoding="utf-8")

        def history() -> None:
            with Store(store, read_only=True) as opened:
                past(opened, store)

        timed(f"import of {asked.events:,} rows", lambda: import_([folder / "all.CSV"], store=store))
        timed("first reading of the history", history)
        timed("first question: weights for 7 and 30 days are learned", lambda: forecast(HOST, store=store))
        timed("the same again", lambda: forecast(HOST, store=store))
        timed(f"import of one more day ({len(one):,} rows)", lambda: import_([folder / "day.CSV"], store=store))
        timed("the history takes it in", history)
        timed("question after it", lambda: forecast(HOST, store=store))
        timed("event types, the first time", lambda: forecast(HOST, store=store, type="type", horizon=(7,)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
