"""Tests of marchland.documents."""
