"""Three made-up years of news, drawn from a seed: other hosts, powers, outlets, statuses and shapes of sentence than the demo's."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from marchland.documents import document
from marchland.model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A host with its outsiders, as documents name them."""

    host: str
    name: str
    adjective: str
    capital: str
    city: str
    powers: tuple[tuple[str, str, str], ...]  # name, adjective, capital
    seed: int


WORLDS = (
    World(host="LKA", name="Sri Lanka", adjective="Sri Lankan", capital="Colombo", city="Trincomalee", seed=1,
          powers=(("India", "Indian", "Delhi"), ("China", "Chinese", "Beijing"), ("Japan", "Japanese", "Tokyo"))),
    World(host="MDA", name="Moldova", adjective="Moldovan", capital="Chisinau", city="Tiraspol", seed=2,
          powers=(("Russia", "Russian", "Moscow"), ("Romania", "Romanian", "Bucharest"), ("Turkey", "Turkish", "Ankara"))),
    World(host="SRB", name="Serbia", adjective="Serbian", capital="Belgrade", city="Nis", seed=3,
          powers=(("Russia", "Russian", "Moscow"), ("China", "Chinese", "Beijing"), ("the United States", "American", "Washington"))),
)  # fmt: skip

_OUTLETS = ("Harbour Gazette", "Upland Courier", "Ferry Road News", "Meridian Wire", "Old Market Review")
_LINES = (
    "{P} and {H} held a joint military exercise near {city} on {day}, with about {n},000 troops.",
    "Troops of {P} and {H} took part in a joint drill in {month}.",
    "{P} signed an agreement on trade with {H} in {capital} on {day}.",
    "The {a} foreign minister visited {capital} on {day} and met the president of {H}.",
    "{P} will build a railway for {H}, an official said.",
    "{P} plans to hold an exercise with {H} next year.",
    "{P} lent {H} {n}00 million dollars for a port in {month}.",
    "{P} handed over {n} vehicles to the {ha} police on {day}.",
    "{H} accused {P} of interference on {day}.",
    "{pc} rejected the charge.",
    "{P} has a military base near {city}.",
    "{H} denied that {P} had a base on its soil.",
    "According to officials in {capital}, {a} companies will invest more than {n}0 million dollars in {H}.",
    "{P} is said to have sent advisers to {city}.",
    "{P} has not commented on the exercise.",
    "Analysts expect that {P} will win more influence in {H}.",
    "{P} may open a second consulate in {city}, observers say.",
    "{H} cancelled a contract with a {a} company on {day}.",
    "{P} and {H} declared a strategic partnership in {capital} on {day}.",
    "{P} holds about {n}0 per cent of the foreign debt of {H}.",
    "{P} warned {H} on {day} against closer ties with its rivals.",
    "{P} opened an embassy in {capital} on {day}.",
    "No answer has come from {pc} to the agreement.",
    "The leaders of {P} and {H} met at a summit in {pc} on {day}.",
    "{P} expelled three {ha} diplomats on {day}.",
    "In return for the loan, {H} granted {P} the lease of a port.",
)


def documents(world: World, count: int = 60) -> list[Document]:
    """News of three years, in the order of publication; one in six is a copy of the one before under another name."""
    chance = Random(world.seed)
    out: list[Document] = []
    on = date(2015, 1, 10)
    for i in range(count):
        on += timedelta(days=chance.randrange(5, 30))
        power = chance.choice(world.powers)
        text = " ".join(_line(chance, world, power, on) for _ in range(chance.randrange(2, 5)))
        if i and not i % 6:
            text = out[-1].text
        made = document(text, date=on.isoformat(), publisher=chance.choice(_OUTLETS), doc_id=f"w{world.seed}-{i}")
        out.append(made)
    return out


def _line(chance: Random, world: World, power: tuple[str, str, str], on: date) -> str:
    day = on - timedelta(days=chance.randrange(1, 9))
    told = chance.choice([f"{day:%-d %B %Y}", f"{day:%-d %B}", f"{day:%A}"])
    told = f"{day:%-d %B %Y}" if told == f"{day:%A}" and (on - day).days > 6 else told
    line = chance.choice(_LINES).format(
        P=power[0], a=power[1], pc=power[2], H=world.name, ha=world.adjective, capital=world.capital, city=world.city,
        day=told.removeprefix("on "), month=f"{day:%B %Y}", n=chance.randrange(2, 9),
    )  # fmt: skip
    return line[:1].upper() + line[1:]
