"""Train the learned parts of the coder from the texts in this folder and the lexicon's own examples.

    python training/train.py [--check]

Writes the tables of `src/marchland/lexicon/models/`: a line per feature, a weight per class. In this order, since each reads the texts
with those before it: whose (whom a bare party means), gate, triggers, roles, where, unsaid, when. `--check` cross-validates instead and
prints precision, recall and F1 by threshold. The same texts give the same tables (fixed order, fixed seed, rounded weights).
Needs scikit-learn, which the coder itself does not.
"""

import argparse
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

import antecedents
import days
import gaps
import grounds
from blocks import LabelledText, Told, read_blocks
from marchland.annotate import Annotator
from marchland.annotate.gate import gate_features
from marchland.annotate.gazetteer import gazetteer, words
from marchland.documents import document
from marchland.lexicon import linear
from marchland.lexicon.tie_words import tie_entries
from marchland.lexicon.verbs import entries
from marchland.model.annotated import Annotated, Name, Sentence
from marchland.model.tree import Tree
from marchland.reading.classify import Candidate, candidates, rule_role
from marchland.reading.clauses import Clauses
from marchland.reading.features import Scene, role_features, scene_features
from marchland.reading.roles import RoleFinder
from marchland.reading.triggers import TriggerFinder
from ranking import Question, best, feature_names, fitted, laid
from told import overlaps, spans

HERE = Path(__file__).parent
MODELS = HERE.parent / "src/marchland/lexicon/models"
FEWEST = 2  # texts in which a feature must stand to get a weight
STRENGTH = {
    "triggers": 0.2,
    "roles": 0.3,
    "gate": 0.3,
    "whose": 0.2,
    "where": 0.2,
    "unsaid": 0.3,
    "when": 0.3,
}  # inverse of the L2 penalty, by cross-validation
GATE_WEIGHT = 2.0  # of a sentence with a tie or a silence, of which there are few, in the gate
EXAMPLE_WEIGHT = 2.0  # of a lexicon sentence against a sentence of a labelled text
_FRAMED = {"actor": 1, "recipient": 2}
_FOLDS = 5
_ANALYSIS = ("d3", "e1", "f", "g", "h", "i")  # files whose texts are paragraphs of analysis
SMALLEST = 0.02  # weights below this are not written


@dataclass(slots=True)
class Rows:
    """Training rows of one model."""

    features: list[tuple[str, ...]]
    labels: list[int]
    groups: list[int]
    weights: list[float]

    def add(self, features: Sequence[str], label: int, group: int, weight: float = 1.0) -> None:
        """One row."""
        self.features.append(tuple(features))
        self.labels.append(label)
        self.groups.append(group)
        self.weights.append(weight)


def scenes(doc: Annotated) -> Iterator[tuple[Sentence, Scene, TriggerFinder, RoleFinder]]:
    """Each parsed sentence with its finders."""
    for sentence in doc.sentences:
        if not sentence.tokens:
            continue
        tree = Tree(sentence.tokens)
        clauses = Clauses(tree)
        names: dict[int, list[Name]] = {}
        for n in doc.names:
            if n.sentence == sentence.index:
                names.setdefault(n.head, []).append(n)
        scene = Scene.of(tree, clauses, names, doc, sentence)
        yield sentence, scene, TriggerFinder(tree, names, clauses.arguments), RoleFinder(tree, clauses, names)


def gate_rows(texts: Sequence[LabelledText]) -> Rows:
    """Rows of "does this text tell a political act?"."""
    rows = Rows([], [], [], [])
    for group, label in enumerate(texts):
        found = words(label.text, 0, len(label.text))
        lowered = frozenset(w.text.lower() for w in found)
        rows.add(gate_features(lowered, gazetteer().find(found)), int(bool(label.events)), group)
        if label.title and not label.events:  # the gate looks at each paragraph, and a headline is one
            alone = words(label.title, 0, len(label.title))
            rows.add(gate_features(frozenset(w.text.lower() for w in alone), gazetteer().find(alone)), 0, group)
    for number, (text, telling) in enumerate(standing_texts(), len(texts)):
        found = words(text, 0, len(text))
        lowered = frozenset(w.text.lower() for w in found)
        rows.add(gate_features(lowered, gazetteer().find(found)), int(telling), number, GATE_WEIGHT)
    return rows


def standing_texts() -> Iterator[tuple[str, bool]]:
    """Single sentences, and whether they tell a standing tie or a silence, which the gate is to let through as well."""
    for name in ("sentences.txt", "silences.txt"):
        for line in (HERE / "ties" / name).read_text(encoding="utf-8").splitlines():
            text, _, labels = line.partition(" ##")
            if text.strip():
                yield text.strip(), bool(labels.strip())
    for e in tie_entries():
        yield e.fires.text, True


def role_of(name: Name, told: Told, text: str, framed: str) -> int | None:
    """Label of a party beside an act: 1 actor, 2 recipient, 0 neither.

    A party that is labelled at another mention takes its label where the frame says so too (a pronoun, a name told again in
    the headline), else None: the row is left out.
    """
    mutual = len(told.actors) > 1 and not told.recipients
    sides = [(p, 1) for p in told.actors] + [(p, 1 if mutual else 2) for p in told.recipients]
    here = (name.span.start, name.span.end)
    for party, label in sides:
        if party.text and overlaps(here, spans(text, party.text)):
            return label
    for party, label in sides:
        same = (party.org is not None and name.org == party.org) or (
            party.country is not None and name.country == party.country
        )
        if same:
            plain = not party.text and name.kind != "pronoun" and name.sector.value == party.sector
            return label if plain or _FRAMED.get(framed) == label else None
    return 0


def collect(texts: Sequence[LabelledText], docs: Iterable[Annotated], triggers: Rows, roles: Rows) -> None:
    """Rows from labelled texts as annotated."""
    for group, (label, doc) in enumerate(zip(texts, docs, strict=True)):
        text = doc.document.text
        for sentence, scene, finder, finder_roles in scenes(doc):
            here = [
                e
                for e in label.events
                if any(s >= sentence.span.start and t <= sentence.span.end for s, t in spans(text, e.trigger))
            ]
            for c in candidates(scene, finder, finder_roles):
                kind = c.trigger.entry.event_type.value
                chars = (
                    min(scene.tree.tokens[i].start for i in c.trigger.tokens),
                    max(scene.tree.tokens[i].end for i in c.trigger.tokens),
                )
                told = next((e for e in here if kind in e.types and overlaps(chars, spans(text, e.trigger))), None)
                near = here if scene.long else label.events  # a long text tells several acts of one type
                if told is None and any(kind in e.types for e in near):
                    continue  # another word for the same act: neither right nor wrong
                triggers.add(
                    (*c.features, *scene_features(kind, scene)),
                    int(told is not None),
                    group,
                    0.5 if told and told.optional else 1.0,
                )
                if told is not None:
                    _roles(c, told, scene, text, group, roles)


def _roles(c: Candidate, told: Told, scene: Scene, text: str, group: int, roles: Rows) -> None:
    for found in scene.names.values():
        for name in found:
            framed = rule_role(name, c.roles)
            label = role_of(name, told, text, framed)
            if label is not None:
                roles.add(role_features(c.trigger, name, framed, c.roles, scene), label, group)


def examples(triggers: Rows, first_group: int) -> None:
    """Rows from the lexicon's own sentences: the entry fires in one, and nothing of its type is told in the other."""
    known = entries()
    texts = [(e, told) for e in known for told in (True, False)]
    docs = [document(e.fires.text if told else e.near_miss) for e, told in texts]
    for number, ((entry, told), doc) in enumerate(zip(texts, Annotator(encoder=False)(docs), strict=True)):
        for _, scene, finder, roles in scenes(doc):
            for c in candidates(scene, finder, roles):
                same = c.trigger.entry.event_type is entry.event_type
                if same and (not told or c.trigger.entry.id == entry.id):
                    around = scene_features(entry.event_type.value, scene)
                    triggers.add((*c.features, *around), int(told), first_group + number // 2, EXAMPLE_WEIGHT)


def matrix(rows: Rows) -> tuple[csr_matrix, dict[str, int]]:
    """Rows as a sparse matrix over features seen often enough."""
    counts: Counter[str] = Counter()
    for f in rows.features:
        counts.update(set(f))
    names = {f: i for i, f in enumerate(sorted(f for f, n in counts.items() if n >= FEWEST))}
    indptr, indices = [0], []
    for f in rows.features:
        indices += sorted({names[x] for x in f if x in names})
        indptr.append(len(indices))
    return csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(rows.features), len(names))), names


def fit(x: csr_matrix, rows: Rows, strength: float) -> LogisticRegression:
    """One regularised logistic regression."""
    model = LogisticRegression(C=strength, max_iter=2000, solver="lbfgs")
    model.fit(x, rows.labels, sample_weight=rows.weights)
    return model


def write(name: str, rows: Rows, classes: tuple[str, ...], strength: float) -> None:
    """Fit on everything and write the table: a column for each class, or one for a yes-or-no model."""
    x, names = matrix(rows)
    model = fit(x, rows, strength)
    table = {f: model.coef_[:, i] for f, i in names.items()}
    table["bias"] = table.get("bias", np.zeros(len(classes))) + model.intercept_
    MODELS.mkdir(exist_ok=True)
    lines = ["\t".join(("feature", *classes))]
    for f in sorted(table):
        if np.abs(table[f]).max() >= SMALLEST:
            lines.append("\t".join((f, *(f"{w:.3f}" for w in table[f]))))
    (MODELS / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    forget()
    print(f"{name}: {len(rows.labels)} rows, {len(lines) - 1} weights")


def forget() -> None:
    """Let the next question read the tables as they are now."""
    for kept in (linear.binary, linear.classes, linear.available):
        kept.cache_clear()


def write_ranking(name: str, asked: Sequence[Question], fewest: int = FEWEST) -> None:
    """Fit a ranking on everything and write its table."""
    names = feature_names(asked, fewest)
    weights = fitted(laid(asked, names), STRENGTH[name])
    lines = ["feature\tweight"]
    lines += [f"{f}\t{weights[i]:.3f}" for f, i in sorted(names.items()) if abs(weights[i]) >= SMALLEST]
    (MODELS / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    forget()
    print(f"{name}: {len(asked)} questions, {len(lines) - 1} weights")


def check_ranking(name: str, asked: Sequence[Question]) -> None:
    """Cross-validate a ranking by text, beside what the rules alone would take: in news, and in files of analysis."""
    folds = [zlib.crc32(q.group.encode()) % _FOLDS for q in asked]
    hits: Counter[tuple[str, str]] = Counter()
    for fold in range(_FOLDS):
        train = [q for q, f in zip(asked, folds, strict=True) if f != fold]
        test = [q for q, f in zip(asked, folds, strict=True) if f == fold]
        names = feature_names(train, FEWEST)
        taken = best(laid(test, names), fitted(laid(train, names), STRENGTH[name]))
        for i, q in zip(taken, test, strict=True):
            kind = "analysis" if q.group.startswith(_ANALYSIS) else "news"
            hits.update({(kind, "asked"): 1, (kind, "rules"): q.ruled in q.right, (kind, "ranked"): i in q.right})
    for kind in ("news", "analysis"):
        of = max(1, hits[kind, "asked"])
        print(f"{name}, {kind}: right {hits[kind, 'ranked'] / of:.3f}, rules {hits[kind, 'rules'] / of:.3f}, of {of}")


def check(name: str, rows: Rows) -> None:
    """Cross-validate by text and print what each threshold gives."""
    x, _ = matrix(rows)
    y, w = np.array(rows.labels), np.array(rows.weights)
    for strength in (0.05, 0.15, 0.3, 1.0):
        p = np.zeros((len(y), int(y.max()) + 1))
        for train, test in GroupKFold(5).split(x, y, rows.groups):
            model = LogisticRegression(C=strength, max_iter=2000).fit(x[train], y[train], sample_weight=w[train])
            p[test] = model.predict_proba(x[test])
        if p.shape[1] == 2:
            for t in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
                hit = p[:, 1] >= t
                tp = (hit & (y == 1)).sum()
                precision, recall = tp / hit.sum(), tp / (y == 1).sum()
                print(
                    f"{name} C={strength} from {t}: P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"
                )
        else:
            print(
                f"{name} C={strength}: accuracy {(p.argmax(1) == y).mean():.3f}, of parties {(p.argmax(1) == y)[y > 0].mean():.3f}"
            )


def main() -> int:
    """Train, or check."""
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--check", action="store_true", help="cross-validate and print, write nothing")
    ap.add_argument("--rankings", action="store_true", help="whose, where, unsaid and when alone")
    args = ap.parse_args()
    texts = [t for f in sorted(HERE.glob("*.txt")) for t in read_blocks(f)]
    learn = check_ranking if args.check else write_ranking
    learn("whose", antecedents.questions(texts))  # what follows reads the texts with it
    docs = list(Annotator(encoder=False)(antecedents.documents(texts)))
    if not args.rankings:
        _learn_acts(texts, docs, check_only=args.check)
    learn("where", grounds.questions(texts, docs))
    learn("unsaid", gaps.questions(texts, docs))
    learn("when", days.questions(texts))
    return 0


def _learn_acts(texts: Sequence[LabelledText], docs: Sequence[Annotated], *, check_only: bool) -> None:
    """The models of the gate, of acts and of roles."""
    triggers, roles = Rows([], [], [], []), Rows([], [], [], [])
    collect(texts, docs, triggers, roles)
    examples(triggers, len(texts))
    print(
        f"{len(texts)} texts, {sum(triggers.labels)} triggers of {len(triggers.labels)} candidates, {len(roles.labels)} parties",
        file=sys.stderr,
    )
    gate = gate_rows(texts)
    if check_only:
        check("gate", gate)
        check("triggers", triggers)
        check("roles", roles)
    else:
        write("gate", gate, ("political",), STRENGTH["gate"])
        write("triggers", triggers, ("act",), STRENGTH["triggers"])
        write("roles", roles, ("none", "actor", "recipient"), STRENGTH["roles"])


if __name__ == "__main__":
    sys.exit(main())
