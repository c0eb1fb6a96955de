"""Tests of the project's own files: what is pinned, what ships."""
