"""The quarterly run, written for whatever starts it: cron, systemd, Windows or GitHub Actions."""
