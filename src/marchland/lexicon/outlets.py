"""Where is an outlet at home? The table `sources/outlets.csv`: a silence counts only where a country's own outlets were read."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from marchland.errors import LexiconError
from marchland.lexicon.actors import countries
from marchland.lexicon.tables import cell_list, rows
from marchland.model.document import Document

_FILE = "sources/outlets.csv"
_COLUMNS = ("name", "aliases", "hosts", "country", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """Home countries by name and by host of the address."""

    names: Mapping[str, str]  # casefolded, without a leading "the", to ISO3
    hosts: Mapping[str, str]

    def home(self, document: Document) -> str | None:
        """The country in which the document's outlet is at home; None = not in the table."""
        if document.publisher and (found := self.names.get(_plain(document.publisher))):
            return found
        host = (urlsplit(document.url).hostname or "") if document.url else ""
        parts = host.casefold().split(".")
        tails = (".".join(parts[i:]) for i in range(len(parts) - 1))
        return next((self.hosts[t] for t in tails if t in self.hosts), None)


@cache
def outlets() -> Outlets:
    """The shipped table.

    Raises:
        LexiconError: a country is unknown, or a name or host stands in two rows.
    """
    names: dict[str, str] = {}
    hosts: dict[str, str] = {}
    known = {c.iso3 for c in countries()}
    for where, row in rows(_FILE, _COLUMNS):
        if row["country"] not in known:
            raise LexiconError(f'{where}: "{row["country"]}" is no country code (ISO 3166-1 alpha-3)')
        if not row["name"] or not row["source"]:
            raise LexiconError(f"{where}: name and source are needed")
        for table, values in ((names, (row["name"], *cell_list(row["aliases"]))), (hosts, cell_list(row["hosts"]))):
            for key in sorted({_plain(v) for v in values}):
                if key in table:
                    raise LexiconError(f'{where}: "{key}" stands in an earlier row too; a name belongs to one outlet')
                table[key] = row["country"]
    return Outlets(names=names, hosts=hosts)


def _plain(name: str) -> str:
    told = " ".join(name.casefold().split())
    return told.removeprefix("the ")
