"""What comes next: odds from a history of acts, with reasons, a baseline and a record of hits and misses."""
