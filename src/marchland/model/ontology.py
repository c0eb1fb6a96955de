"""The closed word lists that records are made of: event types, statuses, sectors, kinds of tie and link.

Event types, quad classes and sectors follow PLOVER 2.0; the rest is marchland's own.
"""

from enum import StrEnum
from typing import Final


class EventType(StrEnum):
    """The sixteen PLOVER 2.0 event types, milder to harsher."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class QuadClass(StrEnum):
    """Verbal or material, cooperation or conflict."""

    VERBAL_COOPERATION = "verbal cooperation"
    MATERIAL_COOPERATION = "material cooperation"
    VERBAL_CONFLICT = "verbal conflict"
    MATERIAL_CONFLICT = "material conflict"


_TYPES_BY_QUAD: Final = {
    QuadClass.VERBAL_COOPERATION: "AGREE CONSULT SUPPORT CONCEDE",
    QuadClass.MATERIAL_COOPERATION: "COOPERATE AID RETREAT",
    QuadClass.VERBAL_CONFLICT: "REQUEST ACCUSE REJECT THREATEN",
    QuadClass.MATERIAL_CONFLICT: "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}
QUAD_OF: Final[dict[EventType, QuadClass]] = {
    EventType(name): quad for quad, names in _TYPES_BY_QUAD.items() for name in names.split()
}

MODES: Final[dict[EventType, frozenset[str]]] = {
    EventType.CONSULT: frozenset({"visit", "third-party", "multilateral", "phone"}),
    EventType.RETREAT: frozenset({"withdraw", "release", "disarm", "ceasefire", "access", "resign"}),
    EventType.REQUEST: frozenset({"assist", "change", "yield", "meet"}),
    EventType.REJECT: frozenset({"assist", "change", "yield", "meet"}),
    EventType.ACCUSE: frozenset({"disapprove", "investigate", "allege"}),
    EventType.THREATEN: frozenset({"restrict", "arrest", "relations", "expel", "territory", "violence"}),
    EventType.PROTEST: frozenset({"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"}),
    EventType.SANCTION: frozenset({"convict", "expel", "withdraw", "discontinue"}),
    EventType.MOBILIZE: frozenset({"troops", "weapons", "police", "militia"}),
    EventType.COERCE: frozenset(
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber".split()
    ),
    EventType.ASSAULT: frozenset(
        (
            "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
            "heavy-weapons crowd-control unconventional"
        ).split()
    ),
}  # types that are not named have no modes


class Status(StrEnum):
    """How a telling stands to fact. Only `asserted` and `reported` count as happened."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    PLANNED = "planned"
    ALLEGED = "alleged"
    HYPOTHETICAL = "hypothetical"
    PREDICTED = "predicted"
    DENIED = "denied"

    @property
    def happened(self) -> bool:
        """Does a record of this status enter flows, stocks and counts?"""
        return self in (Status.ASSERTED, Status.REPORTED)


STATUS_STRENGTH: Final[tuple[Status, ...]] = tuple(Status)  # strongest first; a denial never wins, it disputes


class Sector(StrEnum):
    """What a party is, after PLOVER 2.0; `UNK` is the explicit unknown party."""

    GOV = "GOV"
    MIL = "MIL"
    COP = "COP"
    JUD = "JUD"
    LEG = "LEG"
    SPY = "SPY"
    PTY = "PTY"
    OPP = "OPP"
    REB = "REB"
    PRM = "PRM"
    UAF = "UAF"
    CRM = "CRM"
    CVL = "CVL"
    REF = "REF"
    BUS = "BUS"
    MNC = "MNC"
    JRN = "JRN"
    EDU = "EDU"
    MED = "MED"
    REL = "REL"
    SOC = "SOC"
    LAB = "LAB"
    ELI = "ELI"
    IGO = "IGO"
    NGO = "NGO"
    UNK = "UNK"


class Precision(StrEnum):
    """The unit in which a text tells a date."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    RANGE = "range"


class PlaceKind(StrEnum):
    """What a named place is; it says how precisely a mark may be drawn."""

    COUNTRY = "country"
    ADMIN = "admin"
    CITY = "city"
    SITE = "site"
    REGION = "region"
    BORDER = "border"
    SEA = "sea"
    AIRSPACE = "airspace"


class Bound(StrEnum):
    """How a figure bounds the true number."""

    EXACT = "exact"
    ABOUT = "about"
    UP_TO = "up_to"
    AT_LEAST = "at_least"


class HolderKind(StrEnum):
    """Whose word a telling is; the publisher's own word is no holder at all."""

    AUTHOR = "author"
    SPEAKER = "speaker"
    SOURCE = "source"
    GROUP = "group"


class Domain(StrEnum):
    """The four fields in which influence is measured."""

    SECURITY = "security"
    ECONOMIC = "economic"
    POLITICAL = "political"
    INFORMATION = "information"


class TieKind(StrEnum):
    """Standing relations that last until ended."""

    BASE = "base"
    OUTPOST = "outpost"
    PRESENCE = "presence"
    ALLIANCE = "alliance"
    MEMBERSHIP = "membership"
    PARTNERSHIP = "partnership"
    EXERCISE_SERIES = "exercise_series"
    ARMS_SUPPLY = "arms_supply"
    TRAINING = "training"
    SECURITY_FINANCE = "security_finance"
    DEBT = "debt"
    CREDIT = "credit"
    INVESTMENT = "investment"
    TRADE = "trade"
    TRANSIT = "transit"
    CONCESSION = "concession"
    CUSTOMS_UNION = "customs_union"
    INFRASTRUCTURE = "infrastructure"
    CURRENCY = "currency"
    TERRITORY = "territory"
    MEDIA = "media"
    EDUCATION = "education"
    EMBASSY = "embassy"
    RECOGNITION = "recognition"
    CLAIM_OF_SPHERE = "claim_of_sphere"
    DEPENDENCE = "dependence"


class Relation(StrEnum):
    """How one record stands to another."""

    IN_RETURN_FOR = "in_return_for"
    CARRIES_OUT = "carries_out"
    BEFORE = "before"
    CAUSED_BY = "caused_by"
    RESPONDS_TO = "responds_to"
    CONTRADICTS = "contradicts"
    PART_OF = "part_of"
    SAME_AS = "same_as"
