"""How long does a page take at 50,000 events? Makes such a store, serves it, and times every view.

`python eval/page_times.py [--store S] [--events N] [--rounds R] [--paint]`: a store that is there already is used as it is. Times are
from request to last byte over loopback, one after the other. "first" is the first time a view is asked for after the store
was opened, "median" and "worst" are over the later rounds; "work" is processor time of server and asker together, for a
machine that is busy with other things. `--paint` adds when Chromium paints its first content.
"""

import argparse
import http.client
import shutil
import statistics
import threading
import time
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import uvicorn

from marchland.model.dates import day
from marchland.model.document import Document, Published, Span, content_id
from marchland.model.ontology import EventType, PlaceKind, Sector, Status, TieKind
from marchland.model.records import AnyRecord, Event, Mention, Participant, Place, Reading, Tie
from marchland.store import Store
from marchland.web.app import make_app

HOSTS = "TJK KGZ UZB KAZ TKM GEO ARM AZE MDA UKR BLR SRB MNE MLI NER BFA TCD CAF LKA NPL".split()
POWERS = "RUS CHN USA TUR IRN FRA IND".split()
PLACES = {
    "TJK": (38.54, 68.78),
    "KGZ": (42.87, 74.59),
    "GEO": (41.69, 44.83),
    "MLI": (12.65, -8.0),
    "SRB": (44.8, 20.47),
}
WORDS = "border post valley convoy road mine pipeline school market river council minister brigade loan visit bridge".split()
FIRST = date(1995, 1, 1)
PER_DOCUMENT = 3
TIES = 0.3  # of each document
VIEWS = {
    "map": "/?year=2015",
    "map, mark open": "/?year=2015&open=place:country-TJK",
    "map, one power": "/?year=2014&power=CHN",
    "world": "/?region=world&year=2015",
    "host": "/host/TJK",
    "host, number open": "/host/TJK?open=why:security:CHN:2015",
    "host, by quarter": "/host/KGZ?period=quarter&since=2010",
    "host, with changes": "/host/TJK?wait=changes",
    "host, with odds": "/host/TJK?wait=changes,ahead",
    "host, odds open": "/host/TJK?open=odds:CHN:material-cooperation:30",
    "brief": "/brief/TJK",
    "brief, written": "/brief/TJK?wait=true",
    "dyad": "/dyad/CHN/TJK",
    "record": "{record}",
    "document": "{document}",
    "search": "/search?q=border+convoy",
    "search, fields": "/search?what=events&country=TJK&since=2015&until=2015",
    "data": "/data?what=events&country=TJK&since=2015&until=2015",
    "review": "/review?host=TJK",
    "API events": "/api/v1/events?country=TJK&since=2015&until=2015",
    "API shifts": "/api/v1/shifts/TJK?moves=true&all=true",
    "API forecast": "/api/v1/forecast/TJK",
    "API ledger": "/api/v1/ledger",
    "API brief": "/api/v1/brief/TJK",
    "API queue": "/api/v1/review/queue?host=TJK",
    "API next": "/api/v1/next?actor=CHN&type=COOPERATE",
}
PAINTED = ("map", "world", "host", "brief", "dyad", "search", "data", "review")


def made(chance: Random, number: int) -> tuple[Document, Reading]:
    """One made-up dispatch with its records; each sentence is its own evidence."""
    out = FIRST + timedelta(days=chance.randrange(9000))
    host = HOSTS[min(len(HOSTS) - 1, int(chance.expovariate(0.25)))]
    sentences, records = [], []
    kinds = ["event"] * PER_DOCUMENT + (["tie"] if chance.random() < TIES else [])
    doc_id = f"made-{number:06}"
    title = f"{host} dispatch {number}"
    at = len(title) + 1
    for n, kind in enumerate(kinds):
        sentence = (
            f"{chance.choice(POWERS)} and {host} {n} {' '.join(chance.choices(WORDS, k=9))} {chance.randrange(10**6)}."
        )
        records.append((kind, at, sentence))
        sentences.append(sentence)
        at += len(sentence) + 1
    text = f"{title}\n{' '.join(sentences)}"
    published = Published(range=day(out), best=out, reasons=("made up",))
    publisher = f"Outlet {chance.randrange(40)}"
    digest = sha256(text.encode()).hexdigest()
    document = Document(doc_id=doc_id, text=text, sha256=digest, title=title, publisher=publisher, published=published)
    return document, Reading(records=tuple(_record(chance, document, host, out, *r) for r in records))


def _record(chance: Random, document: Document, host: str, out: date, kind: str, at: int, sentence: str) -> AnyRecord:
    status = chance.choices([Status.ASSERTED, Status.REPORTED, Status.PLANNED], [6, 3, 1])[0]
    mention = Mention(
        doc_id=document.doc_id,
        start=at,
        end=at + len(sentence),
        quote=sentence,
        trigger=Span(start=at, end=at + 3),
        status=status,
        rule="made",
    )
    power, other = (Participant(country=c, sector=Sector.GOV) for c in (chance.choice(POWERS), host))
    shared: dict[str, Any] = {
        "id": content_id(document.doc_id, str(at)), "doc_id": document.doc_id, "status": status, "mentions": (mention,),
        "certainty": round(chance.uniform(0.4, 1), 2), "confidence": round(chance.uniform(0.5, 1), 2),
    }  # fmt: skip
    told = out - timedelta(days=chance.randrange(20))
    if kind == "tie":
        return Tie(
            kind=chance.choice(list(TieKind)),
            power=power,
            host=other,
            since=day(told),
            last_confirmed=day(out),
            **shared,
        )
    where = None
    if host in PLACES and chance.random() < 0.6:
        lat, lon = PLACES[host]
        n = chance.randrange(12)
        where = Place(
            name=f"Place {n}", place_id=f"made:{host}:{n}", kind=PlaceKind.CITY, country=host,
            lat=lat + n / 5 - 1, lon=lon + n / 4 - 1,
        )  # fmt: skip
    return Event(
        event_type=chance.choice(list(EventType)), actors=(power, other), when=day(told), where=where, **shared
    )


def fill(path: Path, events: int) -> None:
    """Write a store with about that many events."""
    chance = Random(7)
    begin = time.perf_counter()
    with Store(path) as store:
        for number in range(events // PER_DOCUMENT):
            store.add(*made(chance, number))
            if number % 2000 == 1999:
                print(f"{(number + 1) * PER_DOCUMENT:,} events in {time.perf_counter() - begin:.0f} s")


def timed(port: int, path: str) -> tuple[float, float, int, int]:
    """Seconds by the clock and of this process (server and asker), status and bytes of one answer."""
    con = http.client.HTTPConnection("127.0.0.1", port)
    begin, worked = time.perf_counter(), time.process_time()
    con.request("GET", path)
    answer = con.getresponse()
    size = len(answer.read())
    took, used = time.perf_counter() - begin, time.process_time() - worked
    con.close()
    return took, used, answer.status, size


def painted(port: int, addresses: dict[str, str]) -> None:
    """Milliseconds to the first content that Chromium paints, each view in a tab of its own with an empty cache."""
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-gpu"]
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for name in PAINTED:
            times = []
            for _ in range(5):
                context = browser.new_context(viewport={"width": 1300, "height": 900})
                tab = context.new_page()
                tab.goto(f"http://127.0.0.1:{port}{addresses[name]}")
                told = tab.evaluate(
                    "() => new Promise(done => new PerformanceObserver(list => done(list.getEntriesByName("
                    "'first-contentful-paint')[0].startTime)).observe({type: 'paint', buffered: true}))"
                )
                times.append(float(told))
                context.close()
            print(f"{name:22}{statistics.median(times):>8.0f}{max(times):>8.0f}")
        browser.close()


def main() -> None:
    """Make, serve, time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, default=Path("build/big.marchland"))
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--paint", action="store_true", help="Then open the views in Chromium, too.")
    asked = parser.parse_args()
    if not asked.store.exists():
        asked.store.parent.mkdir(parents=True, exist_ok=True)
        fill(asked.store, asked.events)
    with Store(asked.store, read_only=True) as store:
        server = uvicorn.Server(uvicorn.Config(make_app(store), port=0, log_level="warning"))
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        opened = timed(port, "/api/v1/store")
        print(f"reading the store at the first request: {opened[0]:.1f} s, {opened[1]:.1f} s of work")
        document = store.document("made-000100")
        assert document is not None, "the generator makes it"
        record = store.reading("made-000100").records[0].id
        addresses = {
            name: path.format(record=f"/record/{record}", document="/document/made-000100")
            for name, path in VIEWS.items()
        }
        print(f"{'ms':22}{'first':>8}{'(work)':>8}{'median':>8}{'(work)':>8}{'worst':>8}{'KB':>8}")
        for name, address in addresses.items():
            first, cold, status, size = timed(port, address)
            rest = [timed(port, address)[:2] for _ in range(asked.rounds)]
            wall, work = (statistics.median(r[i] for r in rest) for i in (0, 1))
            told = "".join(f"{1000 * s:>8.0f}" for s in (first, cold, wall, work, max(r[0] for r in rest)))
            print(f"{name:22}{told}{size / 1000:>8.0f}{'' if status == 200 else f'  status {status}'}", flush=True)
        if asked.paint:
            print(f"{'first paint, ms':22}{'median':>8}{'worst':>8}")
            painted(port, addresses)
        server.should_exit = True
        thread.join(5)


if __name__ == "__main__":
    main()
