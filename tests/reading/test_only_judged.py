"""In an analysis a word that weighs what is going on is no act, unless it surely tells one."""

from marchland.annotate import Annotator
from marchland.documents import document
from marchland.model.records import Event
from marchland.reading import read

BEFORE = (
    "China has a post in the Pamirs. It has lent money to Tajikistan since 2007. Most of its soldiers live in tents. "
)


def acts(text: str) -> list[str]:
    doc = next(iter(Annotator()([document(text)])))
    events = [r for r in read(doc, "test").records if isinstance(r, Event)]
    return [text[e.mentions[0].trigger.start : e.mentions[0].trigger.end] for e in events]


def test_laying_the_groundwork_is_no_act() -> None:
    assert not [
        a for a in acts(BEFORE + "China is laying the groundwork for a lasting presence in the Pamirs.") if "lay" in a
    ]


def test_an_act_beside_a_judgement_stays() -> None:
    text = BEFORE + "In May 2018 Chinese troops crossed the border into Tajikistan, which was a turning point."
    assert [a for a in acts(text) if "crossed" in a]
