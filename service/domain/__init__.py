"""Rules and geometry: pure functions and frozen values, without clock, disk or network."""
