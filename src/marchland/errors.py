"""Everything that can go wrong, as one tree.

    MarchlandError            shown to a person as one line, exit status 1
    |- DocumentError          a document that cannot be read: missing, empty, binary, broken
    |- CodingError            a record that would break a promise (no mention, a span outside the text)
    |- LexiconError           curated data with an unknown key, value or name
    |- ForecastError          a forecast that cannot be made from what it was given
    `- StoreError             a store that cannot be opened, read or written
       |- StoreTooNewError    written by a newer version of marchland
       `- CorrectionError     a person's correction that cannot be made as asked

Each message names the place, the value, the rule and the next step.
"""


class MarchlandError(Exception):
    """The root: one line for a person, no traceback."""


class DocumentError(MarchlandError):
    """A document cannot be read."""


class CodingError(MarchlandError):
    """A record would break one of its promises."""


class LexiconError(MarchlandError):
    """Curated data breaks its schema."""


class ForecastError(MarchlandError):
    """A forecast cannot be made from what it was given."""


class StoreError(MarchlandError):
    """The store cannot do what was asked."""


class StoreTooNewError(StoreError):
    """The store was written by a newer version of marchland."""


class CorrectionError(StoreError):
    """A correction cannot be made as asked."""
