"""Records in one embedded file: written by one process while others read."""

from marchland.store.bcubed import bcubed
from marchland.store.corrected import Conflict
from marchland.store.corrections import Action, Correction, Subject, correction_from, correction_json
from marchland.store.open import store_path
from marchland.store.review import Rejected
from marchland.store.store import Merge, Store
from marchland.store.views import Hit, StoreView
from marchland.store.write import Added

__all__ = [
    "Action", "Added", "Conflict", "Correction", "Hit", "Merge", "Rejected", "Store", "StoreView", "Subject", "bcubed",
    "correction_from", "correction_json", "store_path",
]  # fmt: skip
