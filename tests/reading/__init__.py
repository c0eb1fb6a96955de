"""Tests of marchland.reading."""
