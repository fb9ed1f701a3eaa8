"""What analysts call to judge: an edition's own choices hold where they choose nothing."""

import kcc_lib as kcc


def test_an_edition_is_judged_by_its_own_method_where_none_is_named():
    report = kcc.edition("annual-2017")

    found = kcc.assess(kcc.load_observations(), kcc.load_measures(), edition=report)

    assert set(found["method"]) == {"variance-2017"}
