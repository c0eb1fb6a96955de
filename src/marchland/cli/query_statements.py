"""`marchland statements`, `silences`, `links`: questions to a store."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from marchland import api_statements
from marchland.cli.options import HELP, filters
from marchland.cli.query import answer
from marchland.cli.reading_view import holder, odds
from marchland.cli.tables import parties, party, shown, when
from marchland.documents.unread import printable
from marchland.model import wire
from marchland.model.document import Span
from marchland.model.records import KIND_OF, Claim, Forecast, Judgement, Link, Silence

_QUOTE = 110  # characters of a sentence that a table shows


def _columns(*names: str) -> Table:
    out = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        out.add_column(name, overflow="fold")
    return out


def _quote(text: str) -> str:
    told = shown(text)
    return told if len(told) <= _QUOTE else told[: _QUOTE - 3] + "..."


def statement_table(found: Iterable[Claim | Judgement | Forecast]) -> Table:
    """Statements: what kind, on whose word, about whom, how sure."""
    out = _columns("kind", "holder", "about", "sense", "odds", "until", "told")
    for s in found:
        foretold = s if isinstance(s, Forecast) else None
        out.add_row(
            KIND_OF[type(s)],
            holder(s.holder),
            parties(s.parties),
            "no" if s.polarity < 0 else "yes",
            odds(foretold.probability) if foretold else "-",
            when(foretold.horizon) if foretold else "-",
            _quote(s.mentions[0].quote) + (f" [one of {s.alternative_group[:4]}]" if s.alternative_group else ""),
        )
    return out


def silence_table(found: Iterable[Silence]) -> Table:
    """Silences: who, over which days, told how."""
    out = _columns("party", "window", "answers", "told")
    for s in found:
        answers = "words of the text" if isinstance(s.stimulus, Span) else s.stimulus or "-"
        out.add_row(party(s.party), when(s.window), answers, _quote(s.mentions[0].quote))
    return out


def link_table(found: Iterable[Link]) -> Table:
    """Links: which record stands how to which."""
    out = _columns("from", "relation", "to", "told")
    for x in found:
        out.add_row(x.source, x.relation.value.replace("_", " "), x.target, _quote(x.mentions[0].quote))
    return out


@click.command(context_settings=HELP)
@filters
def statements(store: Path | None, kind: str | None, *, as_json: bool, **question: Any) -> None:
    """List the claims, judgements and forecasts of a store; --type names one of the three."""
    found = api_statements.statements(store, type=kind, **question)
    answer((wire.record_json(s) for s in found), statement_table(found), as_json=as_json)


@click.command(context_settings=HELP)
@filters
@click.option(
    "--why",
    "explain",
    is_flag=True,
    help="For each, its sentences, the act that went unanswered, and whether the party's own outlets were read.",
)
def silences(store: Path | None, kind: str | None, *, as_json: bool, explain: bool, **question: Any) -> None:
    """List the silences that a store's documents tell of."""
    if not explain:
        found = api_statements.silences(store, type=kind, **question)
        answer((wire.record_json(s) for s in found), silence_table(found), as_json=as_json)
        return
    for told, lines in api_statements.silences_why(store, type=kind, **question):
        if as_json:
            click.echo(json.dumps({**wire.record_json(told), "why": lines}, ensure_ascii=False))
        else:
            for line in lines:
                click.echo(printable(line))


@click.command(context_settings=HELP)
@filters
def links(store: Path | None, kind: str | None, *, as_json: bool, **question: Any) -> None:
    """List the links between the records of a store; --type names a relation such as in_return_for."""
    found = api_statements.links(store, type=kind, **question)
    answer((wire.record_json(x) for x in found), link_table(found), as_json=as_json)
