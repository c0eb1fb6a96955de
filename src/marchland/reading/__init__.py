"""Annotated -> records: what the text says was done, stands, is claimed, judged, foretold, or did not come."""

from marchland.reading.stage import read, trigger_words

__all__ = ["read", "trigger_words"]
