"""How fast are millions of imported events taken in, and how fast does the measure answer over them?

`python eval/import_times.py [--rows N] [--format icews|gdelt2] [--host XXX] [--folder F] [--workers N]`: writes a made-up file of
the format (seeded; a few states make most of the news, as they do), imports it beside an empty store in a process of its own,
and asks for influence by month over twenty years: of one host, first in this process and then as a command, and of every state,
in as many processes as `--workers` says.
With `--folder` the file and the store stay there and are used again. Seconds on a processor are told beside those of the clock,
for machines that do other work at the same time.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from marchland import api
from marchland.exchange import import_
from marchland.exchange.icews import COLUMNS
from marchland.lexicon.actors import countries
from marchland.lexicon.codes import cameo, cameo_countries

SINCE, UNTIL = date(1999, 1, 1), date(2018, 12, 31)
BLOCK = 50_000  # rows made at a time
GENERIC = ("Government", "Military", "Citizen", "Head of Government", "Business", "Media")


def gdelt(number: int, day: date, who: str, whom: str, code: str, score: float) -> str:
    """One GDELT 2 event."""
    sides = "\t".join(f"{c}GOV\t{c} GOVERNMENT\t{c}\t\t\t\t\tGOV\t\t" for c in (who, whom))
    place = "4\tSomewhere, Some Region, Some Country\tTI\tTI00\t26432\t38.56\t68.7739\t-2550279"
    dates = f"{day:%Y%m%d}\t{day:%Y%m}\t{day:%Y}\t{day:%Y}.6384"
    coded = f"1\t{code}\t{code[:3]}\t{code[:2]}\t1\t{score}\t4\t1\t4\t-1.5"
    last = f"{day:%Y%m%d}001500\thttps://news.example.org/{day:%Y/%m}/a-made-up-headline-of-usual-length-{number}.html"
    return "\t".join([str(number), dates, sides, coded, place, place, place, last])


def icews(number: int, day: date, who: str, whom: str, code: str, score: float) -> str:
    """One ICEWS event."""
    a, b = GENERIC[number % 6], GENERIC[number // 6 % 6]
    told = f"Some made-up kind of act\t{code}\t{score}"
    where = "Some City\t\tSome Region\tTajikistan\t38.56\t68.7739"
    sides = f"{a} ({who})\t{a},Executive,Elite\t{who}\t{told}\t{b} ({whom})\t{b},Executive\t{whom}"
    return f"{number}\t{day}\t{sides}\t{number // 3}\t{number % 5 + 1}\tSome Wire Service\t{where}"


MAKERS = {"gdelt2": gdelt, "icews": icews}


def rows(count: int, kind: str) -> Iterator[list[str]]:
    """Blocks of made-up rows by day."""
    rng = np.random.default_rng(0)
    names = {v: k for k, v in cameo_countries().items()}
    states = [c for c in countries() if c.kind == "state" and c.iso3 in names]
    spelt = [c.name if kind == "icews" else names[c.iso3] for c in states]
    weight = 1 / np.arange(1, len(states) + 1)  # Zipf, over an order by chance
    weight = rng.permutation(weight / weight.sum())
    codes = [c for c in cameo() if not c.startswith("01") or rng.random() < 0.3]
    days = np.sort(rng.integers(0, (UNTIL - SINCE).days + 1, count))
    for first in range(0, count, BLOCK):
        size = min(BLOCK, count - first)
        who, whom = rng.choice(len(states), (2, size), p=weight)
        code, score = rng.integers(0, len(codes), size), rng.integers(-100, 101, size) / 10
        yield [
            MAKERS[kind](first + i + 1, SINCE + timedelta(days=int(days[first + i])), spelt[a], spelt[b], codes[c], s)
            for i, (a, b, c, s) in enumerate(
                zip(who.tolist(), whom.tolist(), code.tolist(), score.tolist(), strict=True)
            )
        ]


def write(path: Path, count: int, kind: str) -> None:
    """The file, header and all."""
    with path.open("w", encoding="utf-8") as out:
        if kind == "icews":
            out.write("\t".join(COLUMNS) + "\n")
        for block in rows(count, kind):
            out.write("\n".join(block) + "\n")


def take(path: Path, store: Path) -> None:
    """Import the file; tells seconds, rows and peak memory. Runs in a process of its own."""
    start = time.perf_counter()
    [done] = import_([path], store=store)
    told = {
        "seconds": time.perf_counter() - start,
        "busy": time.process_time(),
        "rows": done.rows,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }
    print(json.dumps(told))


def ask(store: Path, host: str) -> tuple[float, float, int]:
    """Seconds for one host by month, those of the clock and those of a processor, and the process's peak memory (kB)."""
    start, busy = time.perf_counter(), time.process_time()
    api.influence(host, store=store, since=SINCE, until=UNTIL, period="month")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return time.perf_counter() - start, time.process_time() - busy, peak


def every(store: Path, workers: int) -> None:
    """Ask for every state, in several processes."""
    hosts = [c.iso3 for c in countries() if c.kind == "state"]
    start = time.perf_counter()
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        found = list(pool.map(partial(ask, store), hosts, chunksize=4))
    busy = {host: used for host, (_, used, _) in zip(hosts, found, strict=True)}
    slowest = max(busy, key=lambda h: busy[h])
    print(
        f"all {len(hosts)} states, {workers} processes: {time.perf_counter() - start:.1f} s; on a processor "
        f"{sum(busy.values()):.1f} s; slowest {slowest}, {busy[slowest]:.2f} s"
    )
    print(f"peak memory of a process: {max(peak for *_, peak in found) / 1e6:.2f} GB")


def main() -> None:
    """Make, import, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--format", choices=sorted(MAKERS), default="gdelt2")
    parser.add_argument("--host", default="TJK")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--take", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.take:
        take(*asked.take)
        return
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        report(folder, asked.rows, asked.format, asked.host, workers=asked.workers)


def report(folder: Path, count: int, kind: str, host: str, *, workers: int) -> None:
    """The whole run."""
    file, store = folder / f"{kind}-{count}.tsv", folder / f"{kind}-{count}.marchland"
    if not file.exists():
        write(file, count, kind)
    print(f"file: {file.stat().st_size / 1e9:.2f} GB, {count} rows of {kind}")
    if not store.exists():
        with api.open_store(store):
            pass
        done = subprocess.run([sys.executable, __file__, "--take", file, store], capture_output=True, check=True)
        told = json.loads(done.stdout)
        pace = told["rows"] / told["seconds"]
        print(f"import: {told['seconds']:.1f} s, {pace:,.0f} rows/s, peak {told['peak'] / 1e6:.2f} GB")
        print(f"of it on a processor: {told['busy']:.1f} s, {told['rows'] / told['busy']:,.0f} rows/s")
        print(f"beside the store: {Path(f'{store}.imports').stat().st_size / 1e9:.2f} GB")
    ask(store, host)  # the lexicon is read once
    clock, busy, _ = min(ask(store, host) for _ in range(3))
    print(f"influence {host} by month, in the process: {clock:.2f} s, on a processor {busy:.2f} s")
    verb = [
        "influence",
        host,
        "--store",
        str(store),
        "--since",
        "1999",
        "--until",
        "2018",
        "--period",
        "month",
        "--json",
    ]
    start = time.perf_counter()
    called = [sys.executable, "-c", "from marchland.cli import main; main()", *verb]
    subprocess.run(called, stdout=subprocess.DEVNULL, check=True)
    print(f"the same as a command: {time.perf_counter() - start:.2f} s")
    every(store, workers)


if __name__ == "__main__":
    main()
