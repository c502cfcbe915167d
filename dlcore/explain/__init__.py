"""Looking inside what learns."""
