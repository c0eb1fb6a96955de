"""Others' data in and our records out: event files, tables of ties, and the formats of the field."""

from marchland.exchange.flow import Flow, FlowRow, imported_flow, imported_months
from marchland.exchange.ideal import IdealPoint, ideal_points
from marchland.exchange.look import (
    imported_document,
    imported_events,
    imported_files,
    imported_record,
    imported_ties,
)
from marchland.exchange.refused import ExchangeError, Refusal
from marchland.exchange.run import Imported, import_

__all__ = [
    "ExchangeError",
    "Flow",
    "FlowRow",
    "IdealPoint",
    "Imported",
    "Refusal",
    "ideal_points",
    "import_",
    "imported_document",
    "imported_events",
    "imported_files",
    "imported_flow",
    "imported_months",
    "imported_record",
    "imported_ties",
]
