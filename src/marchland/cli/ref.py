"""`marchland ref`: the closed lists that records are made of."""

import click

from marchland.cli.options import HELP
from marchland.lexicon.actors import countries
from marchland.model.ontology import MODES, QUAD_OF, Domain, EventType, Relation, Sector, Status, TieKind


@click.command(context_settings=HELP)
@click.argument(
    "what", type=click.Choice(["events", "modes", "statuses", "sectors", "ties", "links", "domains", "countries"])
)
def ref(what: str) -> None:
    """Print a list of WHAT: the codes that records, options and the lexicon use."""
    lines = {
        "events": [f"{t.value}\t{QUAD_OF[t].value}" for t in EventType],
        "modes": [f"{t.value}\t{', '.join(sorted(MODES[t]))}" for t in EventType if t in MODES],
        "statuses": [f"{s.value}\t{'happened' if s.happened else 'does not count as happened'}" for s in Status],
        "sectors": [s.value for s in Sector],
        "ties": [t.value for t in TieKind],
        "links": [r.value for r in Relation],
        "domains": [d.value for d in Domain],
        "countries": [f"{c.iso3}\t{c.name}" for c in countries() if c.kind in ("state", "dependency")],
    }
    for line in lines[what]:
        click.echo(line)
