"""Tests of marchland.annotate."""
