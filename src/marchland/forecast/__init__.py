"""What comes next: odds with reasons, ranked parties, and the record of how such forecasts did."""
