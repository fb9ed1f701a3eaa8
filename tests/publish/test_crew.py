"""What processes begin with that are forked from a builder."""

import platform
import subprocess
import sys

import pytest

#: Takes 100 MB in small pieces, lets go of all but the last, and tells what is still taken.
_LETTING_GO = """
import os
from pathlib import Path
from kcc_lib.publish.crew import return_freed

def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6

before = megabytes()
pieces = [bytes(1000) for _ in range(100_000)]
del pieces[:-1]
held = megabytes() - before
return_freed()
print(held, megabytes() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="a library that gives back itself")
def test_what_a_builder_let_go_of_is_not_held_by_the_processes_it_forks():
    done = subprocess.run(
        [sys.executable, "-c", _LETTING_GO], capture_output=True, text=True, check=True
    )

    held, left = map(float, done.stdout.split())
    assert held > 80
    assert left < 20
