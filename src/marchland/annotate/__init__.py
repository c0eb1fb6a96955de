"""Document -> Annotated: sentences, parties, places, dates, figures, citations. The parser stays inside."""

from marchland.annotate.gate import Gate
from marchland.annotate.stage import Annotator

__all__ = ["Annotator", "Gate"]
