"""A brief as one HTML file: no script, nothing from elsewhere, for light and dark screens and for paper."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from marchland.brief import english
from marchland.brief.charts import style
from marchland.brief.markdown import count_line, source
from marchland.brief.model import Brief, Quote


def html(brief: Brief) -> str:
    """The file."""
    css = files("marchland.brief").joinpath("templates/brief.css").read_text(encoding="utf-8")
    return templates().get_template("brief.html").render(css=Markup(css + style()), **told(brief))  # noqa: S704 - both are the project's own


@cache
def templates() -> Environment:
    """The templates; whatever a document says is escaped."""
    made = Environment(
        loader=PackageLoader("marchland.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["source"] = source
    return made


def told(brief: Brief, link: Callable[[Quote], str | None] | None = None) -> dict[str, Any]:
    """What a template of a brief shows: the brief, its numbers, its charts as markup.

    Args:
        link: The address of a quote's record; None = there is none.
    """
    return {
        "brief": brief,
        "numbers": brief.numbered(),
        "notes": [(n, note, isinstance(note, Quote)) for n, note in brief.notes()],
        "line": f"{english.day(brief.since)} to {english.day(brief.until)}. {count_line(brief)}",
        "charts": [(c, Markup(c.inline)) for c in brief.charts],  # noqa: S704 - drawn here, every value in it is escaped
        "link": link or (lambda _: None),
    }
