"""The worked engagement: a fictional managed-service provider and all its evidence, made from one seed."""
