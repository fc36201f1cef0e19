"""A finished run in the formats of other tools; every figure is one of the run or of the view."""
