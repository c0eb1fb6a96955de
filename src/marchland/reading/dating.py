"""Which of the dates that a text tells is the day of an act? Learned weights rank those of its sentence and of the sentences before.

The rule's choice (`when`) is one feature among others: how a date hangs in the sentence, what stands between it and the act, whether
the act has a day of its own at all. The weights are made by `training/train.py`.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import log

from marchland.encoder import Spot
from marchland.lexicon.linear import available, binary
from marchland.model.annotated import Annotated, Time
from marchland.model.tree import Tree
from marchland.reading.features import Scene, path
from marchland.reading.triggers import Trigger
from marchland.reading.when import Dater

MODEL = "when"
_SURE = 8.0  # how many times likelier than the rule's choice another date must be
_SEEN_SURE = 2.0  # ... where the encoder has seen the text
_OWN, _SENSED = 0.5, 1.0  # weight of the words' own scores, and of the encoder's, in a text that it has seen
_BACK = 3  # sentences back from which a date may still hold
_LASTING = re.compile(r"(?:ever\s+)?since\b|until\b|till\b|by\b|before\b|after\b|from\b|for\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:same|that|later|earlier|before|after|following|next|previous|ago|last|this)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One act's dates with their features, "no day" first."""

    trigger: Trigger
    kind: str
    scene: Scene
    times: tuple[Time | None, ...]
    rows: tuple[tuple[str, ...], ...]
    sensed: tuple[float, ...] = ()  # the encoder's score of each, where it has seen the text


type Judge = Callable[[Asked], Time | None]


class Days:
    """The dates of one document, asked for the day of each act."""

    def __init__(self, doc: Annotated, judge: Judge | None = None) -> None:
        self.judge = judge or (learned if available((MODEL,)) else None)
        self.text = doc.document.text
        self.sentences = doc.sentences
        self.paragraphs = [s.paragraph for s in doc.sentences]
        self.times: dict[int, list[Time]] = {}
        for t in doc.times:
            self.times.setdefault(t.sentence, []).append(t)

    def find(self, sentence: int, scene: Scene, trigger: Trigger, kind: str, status: str) -> Time | None:
        """The date of an act; None where the text tells none."""
        here = self.times.get(sentence, [])
        ruled = Dater(scene.tree, here, scene.stretch).find(trigger)
        if self.judge is None:
            return ruled
        before = [t for back in range(1, _BACK + 1) for t in reversed(self._before(sentence, back))]
        rows = [tuple(_no_day(scene, trigger, kind, status, len(here), before=bool(before)))]
        rows += [tuple(self._here(t, here, scene, trigger, (kind, status), ruled)) for t in here]
        rows += [tuple(self._earlier(t, sentence, here, scene, trigger, (kind, status))) for t in before]
        times = (*here, *before)
        return self.judge(Asked(trigger, kind, scene, (None, *times), tuple(rows), self._sensed(scene, trigger, times)))

    def _sensed(self, scene: Scene, trigger: Trigger, times: Sequence[Time]) -> tuple[float, ...]:
        if scene.passages is None:
            return ()
        spots = [Spot(self.sentences[t.sentence].tokens[t.head].start, t.sentence) for t in times]
        return tuple(scene.passages.days(scene.spot(trigger.head), trigger.entry.event_type.value, spots) or ())

    def _before(self, sentence: int, back: int) -> list[Time]:
        return self.times.get(sentence - back, []) if back <= sentence else []

    def _sort(self, time: Time) -> str:
        words = self.text[time.span.start : time.span.end]
        bound = "bound" if _LASTING.match(words) else "at"
        return f"{bound},{'pointing' if _POINTING.search(words) else 'plain'}"

    def _here(
        self,
        time: Time,
        times: Sequence[Time],
        scene: Scene,
        trigger: Trigger,
        told: tuple[str, str],
        ruled: Time | None,
    ) -> Iterator[str]:
        """Features of a date in the act's own sentence."""
        tree = scene.tree
        top = _top(tree, time)
        above = tree.tokens[tree.tokens[top].head]
        prep = above.lemma if tree.tokens[top].dep == "pobj" else tree.tokens[top].dep
        holder = tree.tokens[above.head] if tree.tokens[top].dep == "pobj" else above
        low, high = sorted((time.head, trigger.head))
        between = tree.tokens[low + 1 : high]
        verbs = min(sum(t.tag.startswith(("VB", "MD")) and t.dep not in ("aux", "auxpass") for t in between), 3)
        marks = min(sum(t.text in (",", ";", ":", "-", "–", "—") for t in between), 3)
        others = min(sum(low < t.head < high for t in times), 2)
        side = "after" if time.head > trigger.head else "before"
        rule = "-" if ruled is None else str(ruled is time)
        kind, status = told
        sort, way = self._sort(time), path(tree, trigger.head, top)
        hung = "act" if holder.index == trigger.head else holder.tag[:2]
        part = trigger.entry.part
        dep = tree.tokens[trigger.head].dep
        lone = len(times) == 1
        opens = top <= 3 or time.head <= 4
        yield f"rule={rule}"
        yield f"rule,lone={rule},{lone}"
        yield f"rule,sort={rule},{sort}"
        yield f"rule,verbs={rule},{verbs},{side}"
        yield f"rule,hung={rule},{hung}"
        yield f"rule,part={rule},{part},{dep}"
        yield f"path={way}"
        yield f"path,part={way},{part}"
        yield f"verbs={verbs},{side},{marks}"
        yield f"verbs,others={verbs},{side},{others}"
        yield f"others={others},{side},{lone}"
        yield f"prep={prep},{hung}"
        yield f"prep,side={prep},{side},{verbs}"
        yield f"holder={holder.lemma},{hung}"
        yield f"holder,dep={holder.dep},{side}"
        yield f"holder,tag={holder.tag},{dep}"
        yield f"opens={opens},{verbs},{side}"
        yield f"opens,dep={opens},{dep},{marks}"
        yield f"sort={sort},{side}"
        yield f"sort,hung={sort},{hung}"
        yield f"type={kind},{sort}"
        yield f"precision={time.range.precision.value},{hung}"
        yield f"status={status},{side},{hung}"
        yield f"dep={dep},{side},{verbs}"
        yield f"semicolon={any(t.text == ';' for t in between)}"
        yield f"perfect={_perfect(tree, trigger.head)},{_perfect(tree, holder.index)},{side}"

    def _earlier(
        self, time: Time, sentence: int, here: Sequence[Time], scene: Scene, trigger: Trigger, told: tuple[str, str]
    ) -> Iterator[str]:
        """Features of a date that a sentence before tells."""
        back = sentence - time.sentence
        fellows = self.times[time.sentence]
        last, first = fellows[-1] is time, fellows[0] is time
        paragraph = self.paragraphs[time.sentence] == self.paragraphs[sentence]
        nearer = any(self._before(sentence, b) for b in range(1, back))
        kind, status = told
        yield "earlier"
        yield f"earlier={back},{paragraph}"
        yield f"earlier,here={back},{min(len(here), 2)}"
        yield f"earlier,last={back},{last},{first},{nearer}"
        yield f"earlier,sort={self._sort(time)},{min(len(here), 1)}"
        yield f"earlier,type={kind},{min(len(here), 1)}"
        yield f"earlier,status={status}"
        yield f"earlier,precision={time.range.precision.value}"
        yield f"earlier,perfect={_perfect(scene.tree, trigger.head)},{min(len(here), 1)}"
        yield f"earlier,nearer={nearer},{min(len(here), 1)}"
        yield f"earlier,tag={scene.tree.tokens[trigger.head].tag},{min(len(here), 1)}"
        yield f"earlier,start={scene.tree.tokens[0].lemma}"


def _no_day(scene: Scene, trigger: Trigger, kind: str, status: str, here: int, *, before: bool) -> Iterator[str]:
    """Features of "the text does not say when"."""
    token = scene.tree.tokens[trigger.head]
    yield "none"
    yield f"none,here={min(here, 3)},{before}"
    yield f"none,type={kind},{min(here, 1)}"
    yield f"none,status={status},{min(here, 1)}"
    yield f"none,lemma={token.lemma},{min(here, 1)}"
    yield f"none,dep={token.dep},{trigger.entry.part},{min(here, 2)}"
    yield f"none,tag={token.tag},{min(here, 1)}"
    yield f"none,perfect={_perfect(scene.tree, trigger.head)},{min(here, 1)}"
    yield f"none,long={scene.long},{min(here, 1)}"
    yield f"none,title={scene.title}"


def _top(tree: Tree, time: Time) -> int:
    """The highest word of the date's own phrase."""
    own = [t.index for t in tree.tokens if time.span.start <= t.start and t.end <= time.span.end]
    return min(own, key=lambda i: (len(list(tree.ancestors(i))), i), default=time.head)


def _perfect(tree: Tree, index: int) -> bool:
    return any(c.dep == "aux" and c.text.lower() in ("had", "having") for c in tree.children[index])


def learned(asked: Asked) -> Time | None:
    """The likeliest date by the shipped weights; the rule's choice, unless another is `_SURE` times as likely."""
    weights = binary(MODEL)
    scores = [weights.score(row) for row in asked.rows]
    if asked.sensed:
        scores = [_OWN * own + _SENSED * seen for own, seen in zip(scores, asked.sensed, strict=True)]
    best = max(range(len(scores)), key=scores.__getitem__)
    ruled = next((i for i, row in enumerate(asked.rows) if "rule=True" in row), 0)
    sure = _SEEN_SURE if asked.sensed else _SURE
    return asked.times[best if scores[best] - scores[ruled] >= log(sure) else ruled]
