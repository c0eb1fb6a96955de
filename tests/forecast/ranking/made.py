"""A small world of events with habits: pairs that meet again, answers that follow threats, crowds in their own countries."""

import numpy as np

from marchland.forecast.ranking.graph import EventGraph
from marchland.forecast.ranking.kinds import kinds_from_names

COUNTRIES = ("Arden", "Borland", "Calder", "Dorne")
ROLES = ("Police", "Citizen", "Ministry", "Media")
PARTIES = (*COUNTRIES, *(f"{role} ({country})" for country in COUNTRIES for role in ROLES), "Jane Doe", "Old League")
RELATIONS = ("meet", "threaten", "answer", "detain")


def world(days=90, *, seed=0):
    """Some nine events a day."""
    chance = np.random.default_rng(seed)
    rows = []
    threats: list[tuple[int, int]] = []
    for day in range(days):
        rows += [(o, 2, s, day) for s, o in threats]  # a threat is answered the day after
        threats = []
        for _ in range(3):
            a, b = chance.choice(4, 2, replace=False)
            rows.append((a, 0, (a + 1) % 4 if chance.random() < 0.7 else b, day))
        if chance.random() < 0.7:
            a, b = chance.choice(4, 2, replace=False)
            rows.append((a, 1, b, day))
            threats.append((a, b))
        for _ in range(3):
            c = int(chance.integers(4))
            rows.append((4 + 4 * c, 3, 4 + 4 * c + int(chance.integers(1, 4)), day))  # a police detains its own
    return graph(rows)


def graph(rows):
    """A graph from (subject, relation, object, day)."""
    table = np.array(rows, np.int64).reshape(-1, 4)
    kinds, countries, roles = kinds_from_names(PARTIES)
    return EventGraph(
        subject=table[:, 0],
        relation=table[:, 1],
        object=table[:, 2],
        day=table[:, 3],
        parties=PARTIES,
        relations=RELATIONS,
        kinds=kinds,
        countries=countries,
        roles=roles,
    )


def rows_of(made):
    """The rows of a graph, to be changed."""
    return list(zip(*(x.tolist() for x in (made.subject, made.relation, made.object, made.day)), strict=True))
