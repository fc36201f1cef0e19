"""Documents of their own beside the audit report: one table says which there are, one view says what they show."""
