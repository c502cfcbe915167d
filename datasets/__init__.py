"""Data sets: made on the spot, shipped by a package, or drawn by hand; splitting, scaling, cards."""
