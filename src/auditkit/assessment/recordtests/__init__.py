"""Record tests: claims about records as data, their predicates, and what their counts mean."""
