"""The same readings, however many processes make them."""

from marchland.documents import document
from marchland.pipeline import Coder

TEXTS = (
    "Kenya and Uganda signed a border treaty on Monday.",
    "Chilean police arrested two Peruvian officers in Arica.",
    "Shares rose in Zurich.",
)


def test_two_workers_read_as_one_does() -> None:
    docs = [document(text, doc_id=str(i)) for i, text in enumerate(TEXTS)]
    assert list(Coder(workers=2)(docs)) == list(Coder()(docs))
