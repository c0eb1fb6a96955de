"""A store's events in the formats of the field, line by line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from marchland.exchange.outgoing import Documents, Outgoing, going
from marchland.exchange.refused import ExchangeError
from marchland.exchange.write_json import ftm, geojson, plover
from marchland.exchange.write_rows import gdelt, plain, polecat
from marchland.model.document import Document
from marchland.model.records import Event

Writer = Callable[[Iterable[Event], Documents, Outgoing], Iterator[str]]
WRITERS: Final[Mapping[str, Writer]] = {
    "csv": plain,
    "ftm": ftm,
    "gdelt": gdelt,
    "geojson": geojson,
    "plover": plover,
    "polecat": polecat,
}


def export(
    events: Iterable[Event],
    documents: Iterable[Document] = (),
    *,
    format: str,  # noqa: A002  # the command line's word
    every: bool = False,
    count: Outgoing | None = None,
) -> Iterator[str]:
    """Lines, without their ends, of a file in this format.

    Args:
        documents: Those that the events quote, for outlets and addresses.
        every: Planned, alleged, denied acts too. GDELT and POLECAT have no place for the status: rows of such acts look
            like those of acts that happened, but that plans to act together are written as CAMEO intents (03) by GDELT.
        count: Is filled with what was written and what was left out.

    Raises:
        ExchangeError: there is no such format.
    """
    writer = WRITERS.get(format)
    if writer is None:
        raise ExchangeError(f'"{format}" is no format to write; it is one of {", ".join(WRITERS)}')
    count = count if count is not None else Outgoing()
    return writer(going(events, count, every=every), {d.doc_id: d for d in documents}, count)
