"""The verb: a brief from a store's path, and its text in one of three formats."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import quote

from marchland.api import open_store, opened_path
from marchland.brief.compose import compose
from marchland.brief.html import html
from marchland.brief.markdown import markdown
from marchland.brief.material import Asked
from marchland.brief.model import Brief
from marchland.brief.pdf import pdf
from marchland.errors import MarchlandError

FORMATS: Final = (".md", ".html", ".pdf")


def brief(
    host: str,
    *,
    store: Path | str | None = None,
    power: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    registry: bool = True,
    as_of: date | None = None,
    as_known_on: date | None = None,
) -> Brief:
    """Write who holds sway in `host`: what happened, stands, shifted, was answered, foretold, planned, disputed, not looked at.

    Args:
        power: Only these outside powers are named; none = those with most exposure.
        since: First day; else that of the store's first document or act.
        until: Last day; else the store's last.

    Returns:
        Sections of sentences, each with the quotes and rows it stands on; `dropped` are those that theirs did not support.

    Raises:
        DocumentError: nothing in the store has a date, and no days are given.
    """
    asked = Asked(
        host=host, since=since, until=until, power=tuple(power), registry=registry, as_of=as_of, as_known_on=as_known_on
    )
    with open_store(store, read_only=True) as opened:
        return compose(opened, asked, home=opened_path(store))


def write(made: Brief, path: Path) -> tuple[Path, ...]:
    """Put a brief into a file by its suffix; Markdown has its drawings beside it.

    Returns:
        Every file that was written, the brief first.

    Raises:
        MarchlandError: the suffix is none of `FORMATS`.
    """
    suffix = format_of(path)
    if suffix == ".html":
        path.write_text(html(made), encoding="utf-8")
    elif suffix == ".pdf":
        path.write_bytes(pdf(made))
    else:
        pictures = {c.key: path.with_name(f"{path.stem}-{c.key}.svg") for c in made.charts}
        for c in made.charts:
            pictures[c.key].write_text(c.svg, encoding="utf-8")
        named = {key: quote(p.name) for key, p in pictures.items()}
        path.write_text(markdown(made, pictures=named), encoding="utf-8")
        return path, *pictures.values()
    return (path,)


def format_of(path: Path) -> str:
    """The suffix, if it is one that can be written.

    Raises:
        MarchlandError: it is not.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise MarchlandError(
            f'{path}: "{suffix or "no suffix"}" is no format of briefs; end the name in {", ".join(FORMATS)}'
        )
    return suffix
