"""`make bench`: every comparison, medians of round-robin rounds; quote the ratios."""

import sys

from benchmarks import assessing, building, engine, england, loading, pages


def main() -> None:
    """Run all comparisons, or those named on the command line."""
    known = {
        "engine": engine.run,
        "loading": loading.run,
        "assessing": assessing.run,
        "building": building.run,
        "pages": pages.run,
        "england": england.run,
    }
    wanted = sys.argv[1:] or list(known)
    for name in wanted:
        if name not in known:
            sys.exit(f"no benchmark {name!r}; known: {', '.join(known)}")
        known[name]()


if __name__ == "__main__":
    main()
