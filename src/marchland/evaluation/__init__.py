"""How well it does: measured beside labels and outside data, with bars and baselines."""
