"""How well does a grouping of tellings agree with a person's?"""

from collections import Counter
from collections.abc import Mapping


def bcubed(gold: Mapping[str, str], got: Mapping[str, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of `got` against `gold`, averaged over the items that both group.

    Both map an item to the name of its group; names need not agree. An item's precision is the share of its group in
    `got` that belongs to its group in `gold`; its recall is the reverse. Nothing to compare gives (1, 1, 1).

    Source: Bagga and Baldwin 1998.
    """
    items = gold.keys() & got.keys()
    if not items:
        return 1.0, 1.0, 1.0
    both = Counter((gold[i], got[i]) for i in items)
    wanted = Counter(gold[i] for i in items)
    made = Counter(got[i] for i in items)
    precision = sum(n * n / made[g] for (_, g), n in both.items()) / len(items)
    recall = sum(n * n / wanted[w] for (w, _), n in both.items()) / len(items)
    return precision, recall, 2 * precision * recall / (precision + recall)
