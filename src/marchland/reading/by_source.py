"""When did an act happen that a dated source tells and the text itself dates nowhere? In the days up to the source.

"Mogadishu declared the agreement void (Berbera Tide, March 13)": a paper tells an act as news within the week. The interval is that
week, or the month of a source whose month alone is told; it begins no earlier than an act dated just before it in the same
paragraph. Nothing is said of what lasts, of what had happened before, and of sentences that tell any date of their own.
"""

from datetime import date, timedelta

from marchland.model.annotated import Annotated, Sentence, SourceCitation, Token
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision, Status
from marchland.model.tree import Tree
from marchland.reading.triggers import Trigger

_NEWS = timedelta(days=6)  # before the source's day: with it a week, within which a daily or a weekly tells an act
_MONTH = 31  # days of the longest source date that says when something happened
_ENDS = " \t\n.,;:!?’”\"')]"
_BOUND_CLAUSES = frozenset(
    {"relcl", "acl", "advcl", "csubj", "pcomp", "xcomp", "parataxis"}
)  # what no source is cited for
_NO_NEWS = frozenset(
    "once long formerly previously earlier already often always usually regularly repeatedly traditionally still never yet "
    "annually originally initially historically".split()
)


def told_by_source(
    doc: Annotated, sentence: Sentence, tree: Tree, trigger: Trigger, status: Status
) -> DateRange | None:
    """The days in which an undated act happened by the source that closes its sentence; None where that cannot be said."""
    if not status.happened or any(t.sentence == sentence.index for t in doc.times):
        return None
    source = _closing(doc, sentence)
    if source is None or source.date is None or not _is_news(tree, trigger):
        return None
    return days_up_to(source.date, _before(doc, sentence, source.date))


def days_up_to(source: DateRange, before: date | None) -> DateRange | None:
    """The week up to a source's day, or its month; from `before` on, where that lies within. None for a vaguer source."""
    if source.start is None or source.end is None or source.end - source.start > timedelta(days=_MONTH):
        return None
    start = source.start - _NEWS if source.start == source.end else source.start
    if before is not None and start < before <= source.end:
        start = before
    return DateRange(start=start, end=source.end, precision=Precision.RANGE, anchor="citation")


def _closing(doc: Annotated, sentence: Sentence) -> SourceCitation | None:
    """The source at the very end of a sentence, or in brackets behind its full stop."""
    found = [c for c in doc.citations if c.sentence == sentence.index and not c.credit]
    if not found or doc.document.text[found[-1].span.end : sentence.span.end].strip(_ENDS):
        return None
    return found[-1]


def _before(doc: Annotated, sentence: Sentence, source: DateRange) -> date | None:
    """The last day told before the sentence in its paragraph, the source's day at the latest."""
    mine = {s.index for s in doc.sentences if s.paragraph == sentence.paragraph and s.index < sentence.index}
    told = [t.range.start for t in doc.times if t.sentence in mine and t.range.start and t.range.end]
    return next((d for d in reversed(told) if source.end and d <= source.end), None)


def _is_news(tree: Tree, trigger: Trigger) -> bool:
    """Is the act told in a main clause as done once, and not as lasting or as done before?"""
    verb: Token | None = None
    for t in (tree.tokens[trigger.head], *tree.ancestors(trigger.head)):
        if t.dep in _BOUND_CLAUSES:
            return False
        if t.tag.startswith("VB"):
            verb = verb or t
    if verb is None or verb.tag not in ("VBD", "VBN") or _closes_in_present(tree):
        return False
    around = {c.text.lower() for c in tree.children[verb.index] if c.dep in ("aux", "auxpass", "advmod", "neg")}
    passive = any(c.dep == "auxpass" and c.tag in ("VBZ", "VBP", "VBG") for c in tree.children[verb.index])
    return not (around & (_NO_NEWS | {"had", "not", "n't", "n’t", "would", "will"}) or passive)


def _closes_in_present(tree: Tree) -> bool:
    """ "It lent; the port is being rebuilt (, 14 January)": the source is cited for what is, told last."""
    root = next((t for t in tree.tokens if t.dep == "ROOT"), None)
    if root is None:
        return False
    last = max((t for t in tree.conjuncts(root.index) if t.tag.startswith("VB")), key=lambda t: t.index, default=root)
    helpers = {c.lemma for c in tree.having(last.index, "aux", "auxpass") if c.tag in ("VBZ", "VBP")}
    return last.tag in ("VBZ", "VBP") or "be" in helpers
