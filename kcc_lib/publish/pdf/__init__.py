"""The PDF of a whole report, made from its finished pages and printed by Chromium."""
