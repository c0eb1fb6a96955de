"""A brief: who holds sway in one country, in prose in which every sentence stands on quotes or measured rows."""
