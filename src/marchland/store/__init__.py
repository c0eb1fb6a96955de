"""Records in one embedded file: written by one process while others read."""

from marchland.store.bcubed import bcubed
from marchland.store.open import store_path
from marchland.store.store import Merge, Store
from marchland.store.views import Hit, StoreView
from marchland.store.write import Added

__all__ = ["Added", "Hit", "Merge", "Store", "StoreView", "bcubed", "store_path"]
