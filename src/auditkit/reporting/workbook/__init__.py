"""The workbook: what a run knows as sheets to filter and to fill in, and what auditors wrote into them."""
