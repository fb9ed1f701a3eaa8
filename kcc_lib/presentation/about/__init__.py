"""Pages about the report: how to reach the council, what words mean, what was put right."""
