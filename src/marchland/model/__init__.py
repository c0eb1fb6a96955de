"""The shared nouns: documents, annotated documents and the seven records. Standard library only."""
