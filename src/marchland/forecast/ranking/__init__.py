"""Who next: which party an actor turns to, or which actor turns to a party, ranked and with reasons."""
