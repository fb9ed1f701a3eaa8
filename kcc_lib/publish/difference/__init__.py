"""Two builds side by side: which verdicts, values and sentences differ, and why."""
