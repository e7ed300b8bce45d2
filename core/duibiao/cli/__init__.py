"""The command line: it turns words into calls of the service and reports into words; it decides nothing."""
