"""`marchland demo`: the main job on the shipped corpus."""

from collections import Counter
from importlib.resources import as_file, files
from pathlib import Path

import click

from marchland import api
from marchland.brief.verb import brief, write
from marchland.cli.influence import table
from marchland.cli.options import HELP
from marchland.cli.tables import console, event_table, shown, tie_table
from marchland.documents import Unread
from marchland.influence import plot
from marchland.model.dates import partial
from marchland.model.ontology import Domain
from marchland.model.records import KIND_OF, Reading

_HOST, _POWERS = "TJK", ("CHN", "RUS")
_SHOWN_DOCUMENT = "demo-107"  # one dispatch, shown whole so that a newcomer sees what a reading is
_YEARS = ("1995", "2000", "2005", "2010", "2015", "2019")


@click.command(context_settings=HELP)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where to write.",
)
def demo(folder: Path) -> None:
    """Read the shipped dispatches on Central Asia into a store; show a reading, the ties and who holds sway; write a brief."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "demo.marchland"
    unread: list[Unread] = []
    counts: Counter[str] = Counter()
    sample: Reading | None = None
    with as_file(files("marchland.demo").joinpath("corpus.jsonl")) as corpus, api.open_store(path) as store:
        for document, reading in api.read_all([str(corpus)], unread=unread, talk=lambda m: click.echo(m, err=True)):
            api.keep(store, document, reading)
            counts["documents"] += 1
            counts.update(KIND_OF[type(r)] + "s" for r in reading.records)
            if document.doc_id == _SHOWN_DOCUMENT:
                sample = reading
                body = document.text
    out = console()
    out.print(f"read {', '.join(f'{n} {kind}' for kind, n in counts.items())} into {path}\n")
    if sample is not None:
        out.print(shown(body), style="italic")
        out.print(event_table(sample.events))
        out.print()
    _show_influence(path, folder)


def _show_influence(path: Path, folder: Path) -> None:
    out = console()
    since, until = partial(_YEARS[0]).start, partial(_YEARS[-1]).end
    measured = api.influence(_HOST, store=path, power=_POWERS, since=since, until=until)
    standing = [
        t
        for t in measured.ties
        if t.status.happened and t.host and t.host.country == _HOST and not (t.until and t.until.end)
    ]
    out.print(tie_table(standing[:12]))
    out.print()
    shown_domains = (Domain.SECURITY, Domain.ECONOMIC)
    out.print(table([r for r in measured.rows if r.period in _YEARS and r.domain in shown_domains]))
    picture = folder / "tajikistan.svg"
    picture.write_text(plot(measured.rows, documents=len(measured.documents)), encoding="utf-8")
    written = folder / "brief.html"
    write(brief(_HOST, store=path, since=partial("2005").start, until=until), written)
    out.print(f"\nplot: {picture}")
    out.print(f"brief: {written}; as PDF: marchland brief {_HOST} --store {path} -o brief.pdf")
    out.print(f"why: marchland influence {_HOST} --power CHN --power RUS --store {path} --why")
    out.print(f"all events: marchland events --store {path}")
    out.print(f"the page: marchland serve --store {path}, then open the address it prints")
