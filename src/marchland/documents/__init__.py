"""Pages and files into Documents: what the text is, where it came from, when it came out; nothing is interpreted.

`document` takes one plain text, `read` takes paths, folders, addresses and standard input. What cannot be read comes out
as an `Unread` beside the documents, so one broken file never stops the rest.
"""

from marchland.documents.build import document
from marchland.documents.inputs import read
from marchland.documents.unread import Unread

__all__ = ["Unread", "document", "read"]
