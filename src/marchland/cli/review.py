"""`marchland review`: what needs a look, and what a person says of it."""

import getpass
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, override

import click
from rich.table import Table

from marchland import api_review
from marchland.cli.options import COUNTRY, HELP, STORE
from marchland.cli.tables import console, shown
from marchland.errors import CorrectionError
from marchland.influence import ToReview
from marchland.model.records import Event, Tie
from marchland.store import Action, Conflict, Correction, Store, correction_json
from marchland.store.fields import FIELDS

_QUOTE = 80  # characters of a sentence that a table shows
_LISTED = 20


class _Review(click.Group):
    """Without the name of a command it lists the queue."""

    @override
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default in where no command is named."""
        if not args or (args[0] not in self.commands and args[0] not in HELP["help_option_names"]):
            args = ["queue", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Review, context_settings=HELP, subcommand_metavar="[COMMAND] [ARGS]...")
def review() -> None:
    """Look at what the coder read, and correct it. Without a command: list what needs a look, as `review queue` does.

    A correction names who made it, can be taken back, and outlives a new reading of the same documents.
    """


# ---- looking ----


@review.command(context_settings=HELP)
@click.argument("host", type=COUNTRY, required=False)
@click.option("--store", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store.")
@click.option("--limit", type=click.IntRange(1), default=_LISTED, show_default=True, help="Records listed at most.")
@click.option("--log", "what", flag_value="log", help="List all corrections instead, first one first.")
@click.option(
    "--conflicts", "what", flag_value="conflicts", help="List where corrections and the present reading differ."
)
@click.option("--rejected", "what", flag_value="rejected", help="List what was rejected.")
@click.option(
    "--replay", "log_path", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take over a log that --log --json printed.",
)  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def queue(
    host: str | None, store: Path | None, limit: int, what: str | None, log_path: Path | None, *, as_json: bool
) -> None:
    """List what needs a look: records that move a share of HOST (else of any country) and are read unsurely."""
    if log_path is not None:
        with log_path.open(encoding="utf-8") as lines:
            count = api_review.replay(lines, store=store, name=log_path.name)
        click.echo(f"marchland: {count} corrections taken over", err=True)
        return
    if what is None:
        found = api_review.review(host, store=store)[:limit]
        _print((api_review.to_review_json(t) for t in found), _queue_table(found), as_json=as_json)
        return
    with api_review.opened(store) as opened:
        if what == "log":
            log = opened.corrections()
            _print(map(correction_json, log), _log_table(log), as_json=as_json)
        elif what == "conflicts":
            differing = opened.conflicts()
            _print(map(api_review.conflict_json, differing), _conflict_table(differing), as_json=as_json)
        else:
            gone = opened.rejected()
            rows = (
                {"record": "rejected", "correction": r.correction.n, "row": api_review.record_json(r.record)}
                for r in gone
            )
            table = _columns("entry", "who", "id", "told")
            for r in gone:
                table.add_row(
                    str(r.correction.n), shown(r.correction.who), r.record.id, _quote(r.record.mentions[0].quote)
                )
            _print(rows, table, as_json=as_json)


def _print(rows: Iterable[dict[str, Any]], table: Table, *, as_json: bool) -> None:
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        console().print(table)


def _columns(*names: str) -> Table:
    out = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        out.add_column(name, overflow="fold")
    return out


def _quote(text: str) -> str:
    told = shown(text)
    return told if len(told) <= _QUOTE else told[: _QUOTE - 3] + "..."


def _queue_table(found: Iterable[ToReview]) -> Table:
    """Share points moved, doubt, and what it is."""
    out = _columns("id", "what", "moves", "unsure", "told")
    for t in found:
        moved = t.leverage
        moves = (
            f"{100 * moved.moves:.1f} {moved.power} in {moved.host}, {moved.domain.value} {moved.period}"
            if moved
            else "-"
        )
        out.add_row(t.record.id, _what(t.record), shown(moves), f"{t.unsure:.0%}", _quote(t.record.mentions[0].quote))
    return out


def _what(record: Event | Tie) -> str:
    return record.event_type.value if isinstance(record, Event) else record.kind.value


def _log_table(log: Iterable[Correction]) -> Table:
    out = _columns("entry", "at", "who", "action", "stands", "record", "what")
    for c in log:
        ids = list(dict.fromkeys(str((s.before or s.after or s.read or {}).get("id", "-")) for s in c.subjects))
        told = f"takes back {c.takes_back[:8]}" if c.takes_back else ""
        changes = (c.subjects[0].changes or {}) if c.action is Action.EDIT and c.subjects else {}
        told = told or "; ".join(f"{k} = {_short(v)}" for k, v in changes.items()) or c.note
        out.add_row(
            str(c.n),
            c.at or "-",
            shown(c.who),
            c.action.value,
            "yes" if c.standing else "no",
            " ".join(ids) or "-",
            shown(told),
        )
    return out


def _conflict_table(found: Iterable[Conflict]) -> Table:
    out = _columns("entry", "who", "action", "kind", "document", "field", "read then", "read now", "stands")
    for x in found:
        cells = [_short(v) if x.field else "-" for v in (x.read_then, x.read_now, x.stands)]
        out.add_row(
            str(x.correction.n), shown(x.correction.who), x.correction.action.value, x.kind, shown(x.subject.doc_id), x.field or "-",
            *map(shown, cells),
        )  # fmt: skip
    return out


def _short(value: Any) -> str:
    """A field's value in a few letters."""
    if isinstance(value, list):
        return ", ".join(map(_short, value)) or "-"
    if isinstance(value, dict):
        if "sector" in value:
            return value["org"] or value["country"] or "?"
        if "precision" in value:
            return value["start"] if value["start"] == value["end"] else f"{value['start'] or ''}..{value['end'] or ''}"
        return str(value.get("name") or value.get("text") or value)
    return "-" if value is None else str(value)


# ---- saying ----


def _saying(command: Callable[..., Any]) -> Callable[..., Any]:
    """Who says it, why, and of which store."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print the entry of the log as JSON."),
        click.option("--note", default="", help="Why; kept with the correction."),
        click.option(
            "--by",
            envvar="MARCHLAND_REVIEWER",
            default=getpass.getuser,
            help="Your name; else $MARCHLAND_REVIEWER, else your user name.",
        ),
        click.option("--store", type=STORE, help="The store; else $MARCHLAND_STORE, else ./marchland.store."),
    ):
        command = option(command)
    return command


_ONE = click.option("--telling", is_flag=True, help="Only the one telling with this id, not the whole record.")


def _told(done: Correction, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(correction_json(done), ensure_ascii=False))
        return
    ids = list(dict.fromkeys(str((s.after or s.before or {}).get("id", "-")) for s in done.subjects))
    more = f" (in {len(ids)} tellings)" if len(ids) > 1 and done.action not in (Action.MERGE, Action.SPLIT) else ""
    click.echo(f"{done.n} {done.action.value} {ids[0] if more else ' '.join(ids)}{more}".rstrip())
    click.echo(f"marchland: kept; `marchland review undo {done.n}` takes it back", err=True)


@review.command(context_settings=HELP)
@click.argument("ids", nargs=-1, required=True)
@_ONE
@_saying
def accept(ids: tuple[str, ...], store: Path | None, by: str, note: str, *, telling: bool, as_json: bool) -> None:
    """The records with these IDS are read rightly: what they say now holds, and they leave the queue."""
    for i in ids:
        done = _said(store, _on(Store.accept, i, by=by, note=note, whole=not telling))
        _told(done, as_json=as_json)


@review.command(context_settings=HELP)
@click.argument("ids", nargs=-1, required=True)
@_ONE
@_saying
def reject(ids: tuple[str, ...], store: Path | None, by: str, note: str, *, telling: bool, as_json: bool) -> None:
    """The records with these IDS are no records: they count no longer."""
    for i in ids:
        done = _said(store, _on(Store.reject, i, by=by, note=note, whole=not telling))
        _told(done, as_json=as_json)


_SET = click.option(
    "--set", "changes", multiple=True, metavar="FIELD=VALUE",
    help="A field's right value, such as status=denied, actors=CHN,TJK or when=2016-10; repeatable; empty = not known.",
)  # fmt: skip


@review.command(context_settings=HELP)
@click.argument("record_id", metavar="ID")
@_SET
@_ONE
@_saying
def edit(
    record_id: str, changes: tuple[str, ...], store: Path | None, by: str, note: str, *, telling: bool, as_json: bool
) -> None:
    """Fields of the record with this ID are otherwise; the others stay as they are read."""
    fields = _fields(changes)
    done = _said(store, lambda s, at: s.edit(record_id, fields, by=by, note=note, at=at, whole=not telling))
    _told(done, as_json=as_json)


@review.command(context_settings=HELP)
@click.argument("left")
@click.argument("right")
@_saying
def merge(left: str, right: str, store: Path | None, by: str, note: str, *, as_json: bool) -> None:
    """The records LEFT and RIGHT are one."""
    _told(_said(store, lambda s, at: s.merge(left, right, by=by, note=note, at=at)), as_json=as_json)


@review.command(context_settings=HELP)
@click.argument("left")
@click.argument("right")
@_saying
def split(left: str, right: str, store: Path | None, by: str, note: str, *, as_json: bool) -> None:
    """The tellings LEFT and RIGHT are of two records."""
    _told(_said(store, lambda s, at: s.split(left, right, by=by, note=note, at=at)), as_json=as_json)


@review.command(context_settings=HELP)
@click.option("--document", "doc_id", required=True, help="The document that tells it, by id.")
@click.option("--kind", type=click.Choice(list(FIELDS)), required=True, help="What kind of record it is.")
@click.option("--quote", required=True, help="The sentence, exactly as it stands in the document, once.")
@click.option("--trigger", default="", help="The words of the sentence that tell it; else the whole sentence.")
@_SET
@_saying
def add(
    doc_id: str, kind: str, quote: str, trigger: str, changes: tuple[str, ...], store: Path | None, by: str, note: str,
    *, as_json: bool,
) -> None:  # fmt: skip
    """A document tells a record that was not read."""
    fields = _fields(changes)

    def say(opened: Store, at: datetime) -> Correction:
        document = opened.document(doc_id)
        if document is None:
            raise CorrectionError(f"document {doc_id[:40]}: the store does not hold it. List them: marchland documents")
        start = _once(document.text, quote, "the document's text")
        told: dict[str, Any] = {"record": kind, "doc_id": doc_id, "start": start, "end": start + len(quote), **fields}
        if trigger:
            begin = start + _once(quote, trigger, "the sentence")
            told["trigger"] = [begin, begin + len(trigger)]
        return opened.add_record(told, by=by, note=note, at=at)

    _told(_said(store, say), as_json=as_json)


@review.command(context_settings=HELP)
@click.argument("entry", required=False)
@_saying
def undo(entry: str | None, store: Path | None, by: str, note: str, *, as_json: bool) -> None:
    """Take back an ENTRY of the log, by its number; without one, the last that stands."""

    def say(opened: Store, at: datetime) -> Correction:
        return opened.undo(entry or _last(opened.corrections()), by=by, note=note, at=at)

    _told(_said(store, say), as_json=as_json)


def _on(verb: Callable[..., Correction], record_id: str, **told: Any) -> Callable[[Store, datetime], Correction]:
    return lambda opened, at: verb(opened, record_id, at=at, **told)


def _said(store: Path | None, say: Callable[[Store, datetime], Correction]) -> Correction:
    return api_review.said(store, say)


def _last(log: Iterable[Correction]) -> int:
    standing = [c.n for c in log if c.standing and c.action is not Action.UNDO]
    if not standing:
        raise CorrectionError("the log holds no correction that stands; there is nothing to take back")
    return standing[-1]


def _once(text: str, words: str, where: str) -> int:
    if text.count(words) != 1:
        raise CorrectionError(
            f'"{words[:60]}" stands {text.count(words)} times in {where}; give words that stand there once, exactly as written'
        )
    return text.index(words)


def _fields(changes: Iterable[str]) -> dict[str, Any]:
    """`FIELD=VALUE` as field and value; a value that begins like JSON is JSON."""
    out: dict[str, Any] = {}
    for told in changes:
        name, between, value = told.partition("=")
        if not between:
            raise click.UsageError(f'--set "{told[:60]}": write FIELD=VALUE, such as status=denied')
        out[name.strip()] = value.strip()
        if value.strip()[:1] in ("[", "{"):
            try:
                out[name.strip()] = json.loads(value)
            except ValueError as error:
                raise click.UsageError(f"--set {name}: no JSON ({error})") from None
    return out
