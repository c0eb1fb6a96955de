"""Since when and until when does a tie stand, as far as its sentence tells? And how large is it?"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from marchland.lexicon.tie_words import tie_acts, tie_classes, tie_sizes
from marchland.lexicon.weights import StockWeight, load_weights
from marchland.model import dates
from marchland.model.annotated import Figure, Time, Token
from marchland.model.dates import DateRange
from marchland.model.ontology import Precision, TieKind
from marchland.model.tree import Tree
from marchland.reading.tie_finder import TieTrigger
from marchland.reading.tie_status import TieStanding

_SINCE = re.compile(r"^(?:ever )?(?:since|from|starting|beginning)\b(?!.*\b(?:to|until|till)\b)", re.IGNORECASE)
_UNTIL = re.compile(r"^(?:until|till|up to|through|by|to)\b", re.IGNORECASE)
_LASTING = re.compile(
    r"\bfor (?:about |around |some |more than |over |almost |nearly |the (?:past|last) )?"
    r"(?P<n>\d+|one|two|three|four|five|six|seven|eight|nine|ten|a|several)"
    r" (?P<unit>year|month|decade)s?\b",
    re.IGNORECASE,
)
_NUMBERS = {
    w: i for i, w in enumerate(["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"])
} | {"a": 1}
_YEAR_ONLY = re.compile(r"\b(?P<year>1[89]\d\d|20\d\d)\s*$")
_MONTH_YEAR = re.compile(
    r"\b(?P<month>january|february|march|april|may|june|july|august|september|october|november|december)\s+(?P<year>\d{4})\s*$",
    re.IGNORECASE,
)
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_SMALLEST, _LARGEST = 0.1, 10.0  # bounds of a magnitude: one figure, perhaps misread, never drowns or hides a tie


class TieClock:
    """Reads the intervals and figures of the ties of one sentence."""

    def __init__(self, tree: Tree, times: list[Time], sentence: str, written: date | None) -> None:
        self.tree = tree
        self.times = times
        self.sentence = sentence
        self.written = written

    def bounds(
        self, trigger: TieTrigger, standing: TieStanding, *, lead: bool
    ) -> tuple[DateRange | None, DateRange | None]:
        """(since, until) as far as told; what a `lead` tells as just opened began in the year of writing."""
        since, until = self._told(trigger)
        act = self._act_time(trigger) if standing.does in ("opens", "ends") else None
        if standing.does == "opens" and since is None:
            since = act
        elif standing.does == "ends" and until is None:
            until = act or (
                DateRange(start=None, end=self.written, precision=Precision.RANGE, anchor="published")
                if self.written
                else None
            )
        if since is None and standing.does != "ends":
            since = self._participle(trigger) or self._lasting(trigger)
        if since is None and lead and standing.does == "opens" and standing.status.happened:
            since = self._this_year(trigger)
        return _ordered(since, until)

    # ---- which date belongs here ----

    def _told(self, trigger: TieTrigger) -> tuple[DateRange | None, DateRange | None]:
        since = until = None
        for t in self.times:
            text = t.range.text or ""
            if not self._near(t, trigger):
                continue
            if (
                _UNTIL.match(text)
                and t.range.end
                and not (text.lower().startswith("by") and t.range.precision is Precision.DAY)
            ):
                until = until or _closing(t.range, text)
            elif _SINCE.match(text) and t.range.start:
                since = since or _opening(t.range, text)
        return since, until

    def _near(self, time: Time, trigger: TieTrigger) -> bool:
        """Does the date stand in the noun phrase or with the verb of the tie?"""
        first, last = sorted((time.head, trigger.head))
        if any(t.text == ";" for t in self.tree.tokens[first:last]):
            return False
        anchors = set(trigger.tokens)
        for word in (trigger.governor.verb, trigger.governor.noun):
            if word is not None:
                anchors.add(word.index)
        if time.head in anchors:
            return True
        for a in self.tree.ancestors(time.head):
            if a.index in anchors:
                return True
            if a.tag.startswith("VB") and a.dep not in ("acl", "relcl", "xcomp", "advcl", "conj"):
                return False
        return False

    def _act_time(self, trigger: TieTrigger) -> DateRange | None:
        plain = [
            t
            for t in self.times
            if t.range.start and not _UNTIL.match(t.range.text or "") and not _SINCE.match(t.range.text or "")
        ]
        own = [t for t in plain if self._near(t, trigger)]
        anchor = trigger.governor.verb.index if trigger.governor.verb is not None else trigger.head
        found = own or [t for t in plain if self._same_sentence_act(t)]
        best = min(found, key=lambda t: (t.range.precision is Precision.RANGE, abs(t.head - anchor)), default=None)
        return best.range if best else None

    def _same_sentence_act(self, time: Time) -> bool:
        """A date that no other verb below the main one has taken for itself."""
        for a in self.tree.ancestors(time.head):
            if a.tag.startswith("VB"):
                return a.dep in ("ROOT", "ccomp", "conj", "parataxis")
        return True

    def _participle(self, trigger: TieTrigger) -> DateRange | None:
        """ "a base opened in 2017", "the dam that China built in 2010"."""
        opens = tie_acts().verbs["object"]
        for clause in self.tree.having(trigger.head, "acl", "relcl"):
            if opens.get(clause.lemma) == "opens":
                inside = {x.index for x in self.tree.subtree(clause.index)}
                found = next((t for t in self.times if t.head in inside), None)
                if found is not None:
                    return found.range
        return None

    def _lasting(self, trigger: TieTrigger) -> DateRange | None:
        """ "for about three years": counted back from the day of writing."""
        told = _LASTING.search(self.sentence)
        if told is None or self.written is None or (trigger.entry.part == "noun" and trigger.governor.verb is None):
            return None
        if trigger.governor.verb is not None and not self._perfect(trigger.governor.verb):
            return None
        n = _NUMBERS.get(told["n"].lower()) or (int(told["n"]) if told["n"].isdigit() else 0)
        back = n * {"year": 12, "decade": 120, "month": 1}[told["unit"].lower()]
        if not back:
            return None
        index = self.written.year * 12 + self.written.month - 1 - back
        if told["unit"].lower() == "month":
            return dates.month(index // 12, index % 12 + 1, text=told[0], anchor="published")
        return dates.year(index // 12, text=told[0], anchor="published")

    def _this_year(self, trigger: TieTrigger) -> DateRange | None:
        """ "has opened an embassy", in the lead of a report: between New Year and the day of writing."""
        verb = trigger.governor.verb
        if self.written is None or verb is None or not self._perfect(verb):
            return None
        return DateRange(
            start=date(self.written.year, 1, 1), end=self.written, precision=Precision.RANGE, anchor="published"
        )

    def _perfect(self, verb: Token) -> bool:
        return any(c.lemma == "have" and c.dep == "aux" for c in self.tree.children[verb.index])


def _opening(told: DateRange, text: str) -> DateRange:
    """The days on which a tie that stands "since" a date began."""
    assert told.start is not None
    if m := _MONTH_YEAR.search(text):
        return dates.month(int(m["year"]), _MONTHS.index(m["month"].lower()) + 1, text=text)
    if (m := _YEAR_ONLY.search(text)) and int(m["year"]) == told.start.year:
        return dates.year(int(m["year"]), text=text)
    if told.precision is Precision.RANGE and told.end is not None and told.start != told.end and told.start.day == 1:
        if told.start.month == 1:  # "since then", of a year told before
            return dates.year(told.start.year, text=text, anchor=told.anchor)
        return dates.month(told.start.year, told.start.month, text=text, anchor=told.anchor)
    return dates.day(told.start, text=text, anchor=told.anchor)


def _closing(told: DateRange, text: str) -> DateRange:
    """The days on which a tie that stands "until" a date ends."""
    assert told.end is not None
    if (m := _YEAR_ONLY.search(text)) and int(m["year"]) == told.end.year and not _MONTH_YEAR.search(text):
        return dates.year(int(m["year"]), text=text)
    if m := _MONTH_YEAR.search(text):
        return dates.month(int(m["year"]), _MONTHS.index(m["month"].lower()) + 1, text=text)
    return dates.day(told.end, text=text, anchor=told.anchor)


def _ordered(since: DateRange | None, until: DateRange | None) -> tuple[DateRange | None, DateRange | None]:
    if since and until and since.start and until.end and since.start > until.end:
        return None, until
    return since, until


# ---- size ----


def figures_of(tree: Tree, trigger: TieTrigger, figures: list[Figure]) -> list[Figure]:
    """The figures told with a tie: in its noun phrase, or as an argument of its verb."""
    heads = set(trigger.tokens)
    if trigger.governor.verb is not None:
        heads.add(trigger.governor.verb.index)
    out = []
    for f in figures:
        for index in (f.head, *(a.index for a in tree.ancestors(f.head))):
            t = tree.tokens[index]
            if index in heads:
                out.append(f)
                break
            if t.tag.startswith("VB"):
                break
    return out


@cache
def stock_weights() -> Mapping[TieKind, StockWeight]:
    """The shipped weights of standing ties."""
    return load_weights().stock


def magnitude(kind: TieKind, figures: list[Figure]) -> float:
    """The size of a tie in units of its kind's typical one; 1 where no figure tells it."""
    sizes = tie_sizes().get(kind, {})
    share = stock_weights()[kind].typical_share
    soldiers = tie_classes()["soldiers"]
    for f in figures:
        value = f.value if f.value is not None else f.high if f.high is not None else f.low
        unit = f.unit or ("soldier" if f.of in soldiers or f.of == "people" else f.of)
        typical = share * 100 if unit == "%" and share else sizes.get(unit or "")
        if value and typical:
            return round(min(max(value / typical, _SMALLEST), _LARGEST), 4)
    return 1.0
