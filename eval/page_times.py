"""How long does a page take at 50,000 events? Makes such a store, serves it, and times every view.

`python eval/page_times.py [--store S] [--events N] [--rounds R]`: a store that is there already is used as it is. Times are
from request to last byte over loopback, one after the other. "first" is the first time a view is asked for after the store
was opened, "median" and "worst" are over the later rounds.
"""

import argparse
import http.client
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
    "brief": "/brief/TJK",
    "dyad": "/dyad/CHN/TJK",
    "record": "{record}",
    "document": "{document}",
    "search": "/search?q=border+convoy",
    "search, fields": "/search?what=events&country=TJK&since=2015&until=2015",
    "data": "/data?what=events&country=TJK&since=2015&until=2015",
    "API events": "/api/v1/events?country=TJK&since=2015&until=2015",
}


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


def timed(port: int, path: str) -> tuple[float, int, int]:
    """Seconds, status and bytes of one answer."""
    con = http.client.HTTPConnection("127.0.0.1", port)
    begin = time.perf_counter()
    con.request("GET", path)
    answer = con.getresponse()
    size = len(answer.read())
    took = time.perf_counter() - begin
    con.close()
    return took, answer.status, size


def main() -> None:
    """Make, serve, time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, default=Path("build/big.marchland"))
    parser.add_argument("--events", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=7)
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
        print(f"reading the store at the first request: {opened[0]:.1f} s")
        document = store.document("made-000100")
        assert document is not None, "the generator makes it"
        record = store.reading("made-000100").records[0].id
        print(f"{'view':22}{'first':>8}{'median':>8}{'worst':>8}{'KB':>8}")
        for name, path in VIEWS.items():
            address = path.format(record=f"/record/{record}", document="/document/made-000100")
            first, status, size = timed(port, address)
            rest = [timed(port, address)[0] for _ in range(asked.rounds)]
            told = (
                f"{1000 * first:>8.0f}{1000 * statistics.median(rest):>8.0f}{1000 * max(rest):>8.0f}{size / 1000:>8.0f}"
            )
            print(f"{name:22}{told}{'' if status == 200 else f'  status {status}'}")
        server.should_exit = True
        thread.join(5)


if __name__ == "__main__":
    main()
