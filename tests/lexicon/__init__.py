"""Tests of marchland.lexicon."""
