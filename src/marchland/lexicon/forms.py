"""Irregular inflections of the words that tell acts."""

from functools import cache

from marchland.lexicon.tables import cell_list, rows


@cache
def irregular() -> dict[str, frozenset[str]]:
    """Irregular forms by lemma."""
    return {
        row["lemma"]: frozenset(cell_list(row["forms"]))
        for _, row in rows("ontology/irregular.csv", ("lemma", "forms", "source"))
    }
