"""The local page: server-rendered views of one store, and the same answers as JSON."""
