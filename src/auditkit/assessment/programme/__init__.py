"""The audit programme over its cycle and the plan of one audit: models, checks, coverage, effort, calendar."""
