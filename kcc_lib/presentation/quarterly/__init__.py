"""Pages of a quarterly report: its summary, its directorates, its tables and their gate."""
