"""The worked engagement: a fictional provider whose whole evidence folder comes from one seeded script."""
