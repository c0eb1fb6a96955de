"""Document -> Annotated: sentences, parties, places, dates, figures, citations. The parser stays inside."""

from marchland.annotate.stage import Annotator, Gate

__all__ = ["Annotator", "Gate"]
