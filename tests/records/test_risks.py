"""The corporate risk register: what print says of it, its counts, and faulty rows refused."""

import math
from collections import Counter

import pytest

import kcc_lib as kcc
from kcc_lib.judgement.reconcile import Agreement, check_claim
from kcc_lib.records.catalogue import read_catalogue
from kcc_lib.records.check import check_folder
from kcc_lib.records.editions import read_edition
from kcc_lib.risks import RiskLevel, RiskMovement

FIRST, THIRD = "qpr-2017-18-q1", "qpr-2024-25-q3"
GDPR = "Information Governance – Introduction of General Data Protection Regulations"
CHILDREN = "Implications of high numbers of Unaccompanied Asylum seeking children"
FUTURE = "Future Operating Environment for Local Government"


@pytest.fixture(scope="module")
def register(request):
    raw = request.config.rootpath / "data" / "raw"
    return read_edition(raw, FIRST, read_catalogue(raw)).quarterly


def test_one_risk_is_new_and_two_were_reduced_in_2017(register):
    high, medium = RiskLevel.HIGH, RiskLevel.MEDIUM
    held = [
        (r.risk, r.movement, r.level_before, r.level_now, r.score_before, r.score_now)
        for r in register.risks
    ]

    assert str(held) == str([
        (GDPR, RiskMovement.NEW, None, None, math.nan, math.nan),
        (CHILDREN, RiskMovement.REDUCED, high, medium, math.nan, math.nan),
        (FUTURE, RiskMovement.REDUCED, high, high, 20.0, 16.0),
    ])  # fmt: skip


def test_eleven_actions_stand_under_seven_risks_in_the_order_of_print(register):
    assert list(Counter(a.risk for a in register.actions).values()) == [1, 2, 2, 1, 3, 1, 1]


def test_every_line_has_its_source_and_its_place(register):
    assert all(r.source and r.locator for r in (*register.risks, *register.actions))


def test_nothing_of_another_edition_s_risks_is_held():
    told = kcc.edition(THIRD).quarterly

    assert (told.risks, told.actions) == ((), ())


@pytest.mark.parametrize("name", ["risks.csv", "mitigating_actions.csv"])
def test_the_tables_of_risks_may_be_absent(shipped, name):
    (shipped.raw / name).unlink()

    assert check_folder(shipped.raw, "data/raw")[0] == []


MOVED = f"{FUTURE},reduced,High,High,20,16,"
FELL = f"{CHILDREN},reduced,High,Medium,,,"
CAME = f"{GDPR},new,,,,,"
ACTION = "Health and Social Care Integration,The Health and Wellbeing Strategy is still"


@pytest.mark.parametrize(
    ("name", "old", "new", "faults"),
    [
        pytest.param(
            "risks.csv", MOVED, MOVED.replace("reduced", "lowered"),
            ["line 4, movement: 'lowered' is not a movement of a risk; "
             "known: new, raised, reduced, removed"],
            id="a movement that is none",
        ),
        pytest.param(
            "risks.csv", MOVED, MOVED.replace("High,High,20,16", "High,Higher,20.5,0"),
            ["line 4, level_now: 'Higher' is not a level of a risk; did you mean 'High'?",
             "line 4, score_before: '20.5' is not a score; "
             "write a whole number above nought, or nothing where it is not held",
             "line 4, score_now: '0' is not a score; "
             "write a whole number above nought, or nothing where it is not held"],
            id="a level and scores that are none, all at once",
        ),
        pytest.param(
            "risks.csv", MOVED, MOVED.replace("20,16", "16,20"),
            ["line 4, score_now: '20' does not go with a risk that is reduced; "
             "mend it, score_before or the movement"],
            id="reduced to a higher score",
        ),
        pytest.param(
            "risks.csv", MOVED, MOVED.replace("20,16", "16,16"),
            ["line 4, score_now: '16' does not go with a risk that is reduced; "
             "mend it, score_before or the movement"],
            id="reduced to the same score",
        ),
        pytest.param(
            "risks.csv", FELL, FELL.replace("reduced", "raised"),
            ["line 3, level_now: 'Medium' does not go with a risk that is raised; "
             "mend it, level_before or the movement"],
            id="raised to a lower level",
        ),
        pytest.param(
            "risks.csv", MOVED, MOVED.replace("High,High,20,16", "Low,High,20,16"),
            ["line 4, level_now: 'High' does not go with a risk that is reduced; "
             "mend it, level_before or the movement"],
            id="reduced to a higher level though the score fell",
        ),
        pytest.param(
            "risks.csv", CAME, CAME.replace("new,,,,,", "new,Low,High,4,16,"),
            ["line 2, level_before: 'Low' cannot be of a risk that is new; "
             "leave it blank, or mend the movement",
             "line 2, score_before: '4' cannot be of a risk that is new; "
             "leave it blank, or mend the movement"],
            id="a new risk that had a level before",
        ),
        pytest.param(
            "risks.csv", MOVED, MOVED.replace("reduced", "removed"),
            ["line 4, level_now: 'High' cannot be of a risk that is removed; "
             "leave it blank, or mend the movement",
             "line 4, score_now: '16' cannot be of a risk that is removed; "
             "leave it blank, or mend the movement"],
            id="a risk removed that has a level now",
        ),
        pytest.param(
            "risks.csv", MOVED, MOVED.replace(FUTURE, CHILDREN),
            [f"line 4, risk: {CHILDREN!r} is already on line 3; keep one of the two"],
            id="a risk twice",
        ),
        pytest.param(
            "risks.csv", f"{FIRST},{FUTURE}", f"qpr-2017-18-q2,{FUTURE}",
            ["line 4, edition: 'qpr-2017-18-q2' is no edition; did you mean 'qpr-2017-18-q1'?"],
            id="a risk of no edition",
        ),
        pytest.param(
            "risks.csv", "score_before,score_now,reason", "score_before,score_now,why",
            ["line 1, reason: the column reason is missing; add it to the header and rows",
             "line 1, why: 'why' is not a column of this file; remove it; known: edition, risk, "
             "movement, level_before, level_now, score_before, score_now, reason, source, locator"],
            id="a column of another name",
        ),
        pytest.param(
            "mitigating_actions.csv", f"{FIRST},{ACTION} under review.,{FIRST},Mitigating Actions",
            f"{FIRST},{ACTION} under review.,,Mitigating Actions",
            ["line 9, source: is blank; fill it in"],
            id="an action without a source",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_told_once_with_its_place_and_its_remedy(shipped, name, old, new, faults):
    shipped.swap(name, old, new)

    told = [f for f in check_folder(shipped.raw, "data/raw")[0] if f.file.endswith(name)]

    assert [str(f) for f in sorted(told)] == [f"data/raw/{name}, {f}" for f in faults]


def test_levels_may_stay_while_a_score_moves_and_what_is_not_held_contradicts_nothing(shipped):
    shipped.swap("risks.csv", MOVED, MOVED.replace("High,High,20,16", ",High,,"))

    assert check_folder(shipped.raw, "data/raw")[0] == []


def test_a_table_of_levels_that_lacks_a_cell_is_refused(shipped):
    old = f"{FIRST},risk-register,Target risk level,,High Risk"
    shipped.swap("printed_tables.csv", old, old.replace("High Risk", "Grave Risk"))

    told = [str(f) for f in check_folder(shipped.raw, "data/raw")[0]]

    assert told == [
        "data/raw/printed_tables.csv, table: 'risk-register' has no cell 'Target risk level', "
        f"'High Risk' in {FIRST}; add it, or give the table another name"
    ]


def finding(name, raw):
    """What the gate makes of one claim of 2017."""
    claims = read_edition(raw, FIRST, read_catalogue(raw)).quarterly.claims
    return check_claim(next(c for c in claims if c.claim == name))


@pytest.mark.parametrize(
    ("claim", "stated", "figures", "grade"),
    [
        ("risk-added", 1, (1,), Agreement.AGREES),
        ("risks", 16, (2, 14, 0), Agreement.AGREES),
        ("actions-to-june", 8, (0, 2, 6), Agreement.AGREES),
        ("actions-to-september", 8, (5, 2, 1), Agreement.AGREES),
        ("actions-by-risk", 16, (11,), Agreement.NOT_SETTLED),
    ],
)
def test_the_text_s_counts_of_risks_and_actions_are_counted_from_the_rows(
    request, claim, stated, figures, grade
):
    found = finding(claim, request.config.rootpath / "data" / "raw")

    assert (found.stated, found.parts, found.agreement) == (stated, figures, grade)


@pytest.mark.parametrize(
    ("name", "old", "new", "claim"),
    [
        ("risks.csv", MOVED, f"{FUTURE},new,,High,,16,", "risk-added"),
        ("printed_tables.csv", "Target risk level,,Low Risk,2", "Target risk level,,Low Risk,3",
         "risks"),
        ("printed_tables.csv", "Current risk level,,Low Risk,0", "Current risk level,,Low Risk,1",
         "risks"),
        ("printed_tables.csv", "mitigating-actions,June 2017,,Regular Review,6",
         "mitigating-actions,June 2017,,Regular Review,7", "actions-to-june"),
    ],
)  # fmt: skip
def test_a_row_that_changes_changes_what_is_counted(shipped, name, old, new, claim):
    shipped.swap(name, old, new)

    assert finding(claim, shipped.raw).agreement is Agreement.CONTRADICTS


COUNTED = "mitigating-actions,,,,,row: June 2017"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            COUNTED, COUNTED.replace("June", "July"),
            "line 63, figures_counted: 'row: July 2017' names no row 'July 2017' of the table; "
            "did you mean 'June 2017'?",
            id="a row that the table lacks",
        ),
        pytest.param(
            "risks: new", "risks: added",
            "line 62, figures_counted: 'risks: added' names nothing that can be counted "
            "('risks: added'); known: new, raised, reduced, removed",
            id="a movement that is none",
        ),
        pytest.param(
            "risks: new", "new risks",
            "line 62, figures_counted: 'new risks' names nothing that can be counted "
            "('new risks'); write row: and a row of the claim's table, risks: and a movement, "
            "or actions",
            id="words of one's own",
        ),
        pytest.param(
            "June 2017.,8,,,,,mitigating-actions", "June 2017.,8,0 | 2 | 6,,,,mitigating-actions",
            "line 63, figures: '0 | 2 | 6' stands beside figures_counted; keep one of the two",
            id="typed and counted",
        ),
        pytest.param(
            "June 2017.,8,,,,,mitigating-actions", "June 2017.,8,,,,,",
            "line 63, figures_counted: 'row: June 2017' counts a row of no table; "
            "name the table of the claim",
            id="a row of no table",
        ),
        pytest.param(
            ",A07,same,,", ",A07,unchanged,,",
            "line 40, word: 'unchanged' is no word of the printed matrix; "
            "known: Green, Amber, Red, improved, same, worsened",
            id="a word that the matrix lacks",
        ),
        pytest.param(
            "Specialist Children's Services,A07,same", ",A07,same",
            "line 40, word: 'same' is of no directorate; name the directorate whose count it is",
            id="a word of no directorate",
        ),
    ],
)  # fmt: skip
def test_a_claim_that_counts_what_is_not_there_is_refused(shipped, old, new, fault):
    shipped.swap("claims.csv", old, new)

    told = [str(f) for f in check_folder(shipped.raw, "data/raw")[0]]

    assert told == [f"data/raw/claims.csv, {fault}"]
