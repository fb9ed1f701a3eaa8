"""The test run itself: what is shared is made once."""

import os

import pytest


@pytest.mark.xdist_group("together")
def test_the_tests_of_one_group_go_to_one_process(request):
    """Else every process builds every edition and looks at every page again."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        pytest.skip("only where several processes share the tests")

    assert request.node.nodeid.endswith("@together")
