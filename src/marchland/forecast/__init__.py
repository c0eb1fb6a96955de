"""What comes next: odds, ranked parties, and the record of how such forecasts did."""
