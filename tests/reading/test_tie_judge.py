"""What the learned judge of ties adds to the rules: wordings that no rule foresees, with the right sides."""

from collections.abc import Callable

import pytest

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.lexicon.tie_cues import cue_words
from marchland.model.annotated import Token
from marchland.model.ontology import TieKind
from marchland.model.records import Tie
from marchland.model.tree import Tree
from marchland.reading.tie_cues import Cue, cues_of
from marchland.reading.tie_ways import clause_way, coordinated, relation
from marchland.reading.ties import TieReader


@pytest.fixture(scope="module")
def tree() -> Callable[[str], Tree]:
    def read(text: str) -> Tree:
        [doc] = Annotator()([document(text)])
        return Tree(doc.sentences[0].tokens)

    return read


def ties(text: str) -> list[Tie]:
    [doc] = Annotator()([document(text, date="2025-06-30")])
    return TieReader(doc, "test").ties()


def at(tree: Tree, word: str) -> int:
    return next(t.index for t in tree.tokens if t.text == word)


@pytest.mark.parametrize(
    ("text", "kind", "power", "host"),
    [
        ("Chinese state firms own seven tenths of the railway in Laos.", TieKind.INVESTMENT, "CHN", "LAO"),
        ("Iranian advisers man a chain of lookout positions in Syria.", TieKind.OUTPOST, "IRN", "SYR"),
        ("Hundreds of Kyrgyz cadets study at Russian staff colleges free of charge.", TieKind.TRAINING, "RUS", "KGZ"),
    ],
)
def test_wordings_without_a_rule_are_read_with_their_sides(text: str, kind: TieKind, power: str, host: str) -> None:
    [tie] = [t for t in ties(text) if t.kind is kind]
    assert (tie.power.country, tie.host.country) == (power, host)


def test_a_judged_tie_names_the_judge_as_its_rule() -> None:
    [tie] = [
        t for t in ties("Chinese state firms own seven tenths of the railway in Laos.") if t.kind is TieKind.INVESTMENT
    ]
    assert tie.mentions[0].rule in ("judged.investment", "investment.hold")


@pytest.mark.parametrize(
    "text",
    [
        "Nigeria's police clashed with students from Benin.",
        "The cyclist trains in Rwanda's hills before races in Belgium.",
        "Protesters in Iraq burned a flag at the Danish embassy.",
    ],
)
def test_passing_acts_and_other_senses_tell_no_tie(text: str) -> None:
    assert ties(text) == []


def test_a_faint_cue_counts_only_beside_another_of_its_kind(tree: Callable[[str], Tree]) -> None:
    words = cue_words()
    assert TieKind.CREDIT in words.faint["bank"]
    alone = cues_of(tree("The bank is old."))
    beside = cues_of(tree("The bank gave a loan."))
    assert Cue(TieKind.CREDIT, 1, plain=False) not in alone
    assert Cue(TieKind.CREDIT, 1, plain=False) in beside


def test_every_kind_of_tie_has_cues() -> None:
    words = cue_words()
    told = {k for table in (words.plain, words.faint) for kinds in table.values() for k in kinds}
    assert told == set(TieKind)


def test_listed_parties_are_coordinated_and_others_are_not(tree: Callable[[str], Tree]) -> None:
    t = tree("Russia sold tanks to Mali, Niger and Chad.")
    assert coordinated(t, at(t, "Mali"), at(t, "Chad"))
    assert not coordinated(t, at(t, "Russia"), at(t, "Chad"))
    assert not coordinated(t, at(t, "Russia"), None)


def test_ways_tell_clause_and_preposition(tree: Callable[[str], Tree]) -> None:
    t = tree("France keeps troops in Chad, while Russia watches.")
    assert clause_way(t, at(t, "troops"), at(t, "France")) == "same"
    assert clause_way(t, at(t, "troops"), at(t, "Russia")) == "below-advcl"
    assert relation(t, at(t, "keeps"), at(t, "France")) == ">nsubj"


def test_tokens_are_told_apart_by_position(tree: Callable[[str], Tree]) -> None:
    t = tree("The base is a base.")
    heads = [c.head for c in cues_of(t) if c.kind is TieKind.BASE]
    assert heads == [i for i, x in enumerate(t.tokens) if isinstance(x, Token) and x.text == "base"]
