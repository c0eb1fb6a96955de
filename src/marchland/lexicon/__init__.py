"""All curated knowledge, as data: words, actors, places, weights. See README.md in this folder for the formats."""
