"""What every stage stands on: identifiers, places, periods, issues, errors and the YAML door."""
