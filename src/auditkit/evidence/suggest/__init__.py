"""Which evidence may bear on which requirement, by the words it is written in."""
