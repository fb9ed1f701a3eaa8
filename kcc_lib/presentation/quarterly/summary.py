"""The summary page of a quarterly report: covering report, key, and executive summary."""

from kcc_lib.presentation.addresses import easy_read_link
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.formats import count_words, format_period
from kcc_lib.presentation.quarterly.cover import CABINET, contact, particulars
from kcc_lib.presentation.quarterly.findings import gate_sentence, notes_on
from kcc_lib.presentation.quarterly.kpi import PROVISIONAL
from kcc_lib.presentation.quarterly.matrix import key_tables, matrix_table, other_method
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.quarterly.tallies import Matrix, counted, standing
from kcc_lib.presentation.quarterly.words import (
    directorate_sentence,
    majority_sentence,
    net_sentence,
)
from kcc_lib.presentation.ways_in import ways_in
from kcc_lib.vocabulary import Direction, Flag

FLOOR_NOTE = "\\* A floor standard is the least performance that is acceptable."


def quarterly_summary(quarter: Quarter) -> Blocks:
    """The covering report, the key to the marks, the data quality note and the matrix."""
    matrix = standing(quarter)
    edition = quarter.edition
    head: Block = {"kind": "heading", "level": 1, "text": edition.title, "id": "top",
                   "kicker": edition.subtitle}  # fmt: skip
    return blocks(
        head,
        easy_read_link(edition),
        other_method(quarter),
        ways_in(edition),
        _covering_report(quarter, matrix),
        {"kind": "heading", "level": 2, "text": "Key", "id": "key"},
        key_tables(matrix.words, by_regression=Direction.IMPROVING in matrix.words),
        {"kind": "prose", "markdown": FLOOR_NOTE},
        _data_quality(quarter),
        _executive_summary(quarter, matrix),
    )


def _covering_report(quarter: Quarter, matrix: Matrix) -> list[Block]:
    """Who reports what to whom, numbered paragraphs of it, and how to reach the producer."""
    asked = f"{quarter.quarterly.cover.to or CABINET} is asked to note the performance report of "
    asked += f"{format_period(quarter.quarterly.quarter)}."
    sections = [
        ("Introduction", _introduction(quarter, matrix)),
        ("Performance", _performance(matrix)),
        ("Recommendation", [asked]),
    ]
    return [
        particulars(quarter, asked),
        {
            "kind": "numbered",
            "id": "covering-report",
            "sections": [
                {"number": str(at), "title": title, "paragraphs": [
                    {"number": f"{at}.{n}", "text": text} for n, text in enumerate(said, start=1)
                ]}
                for at, (title, said) in enumerate(sections, start=1)
            ],
        },
        *contact(quarter.quarterly.cover, number=len(sections) + 1),
    ]  # fmt: skip


def _introduction(quarter: Quarter, matrix: Matrix) -> list[str]:
    year = format_period(quarter.quarterly.financial_year)
    period = format_period(quarter.quarterly.quarter)
    return [
        f"The performance of {period} follows: a summary, then a page for each of "
        f"{count_words(len(matrix.rows), 'directorate')}.",
        f"It holds {count_words(matrix.total.kpis, 'key performance indicator')} (KPIs), whose "
        f"targets and floor standards are set at the start of the financial year {year}.",
        f"Figures of {year} are {PROVISIONAL}.",
    ]


def _performance(matrix: Matrix) -> list[str]:
    """The counts, from the record that the matrix is printed from."""
    total = matrix.total
    green, amber, red, none = total.ratings
    rated = (
        f"Of the {count_words(total.kpis, 'KPI')}, {green} met or beat the target (Green), "
        f"{amber} missed it but met the floor standard (Amber) and {red} missed the floor "
        f"standard (Red)"
    )
    return [
        "The latest value of each KPI is rated Red, Amber or Green (RAG) against its target and "
        "floor standard.",
        f"{rated}; {none} could not be rated (N/A)." if none else f"{rated}.",
        majority_sentence(total),
        net_sentence(total, matrix.words),
    ]


def _data_quality(quarter: Quarter) -> list[Block]:
    year = format_period(quarter.quarterly.financial_year)
    said = (
        f"Every figure of the financial year {year} is {PROVISIONAL}, and may be revised. "
        "A value that is missing is shown as N/A and counted as N/A, never as zero."
    )
    drawn = quarter.shown["flags"].map(lambda f: Flag.READ_FROM_CHART in str(f).split())
    if drawn.any():
        said += (
            " Values marked as read from a chart were measured on a printed graph, to the "
            "nearest figure that its labels allow."
        )
    return [
        {"kind": "heading", "level": 2, "text": "Data quality", "id": "data-quality"},
        {"kind": "notice", "text": said},
    ]


def _executive_summary(quarter: Quarter, matrix: Matrix) -> list[Block]:
    """The matrix, the sentences that follow from it, and a paragraph for each directorate."""
    found: list[Block] = [
        {"kind": "heading", "level": 2, "text": "Executive summary", "id": "summary"},
        {"kind": "prose", "markdown": majority_sentence(matrix.total)},
        {"kind": "prose", "markdown": net_sentence(matrix.total, matrix.words)},
        matrix_table(quarter, matrix, matrix.rows, identifier="matrix",
                     caption=_caption(matrix, quarter)),
    ]  # fmt: skip
    found += notes_on(quarter.findings_on())
    if matrix.printed:
        found += _beside_print(quarter, matrix)
    for row in matrix.rows:
        found.append(
            {"kind": "heading", "level": 3, "text": row.name, "id": _id(quarter, row.name)}
        )
        found.append({"kind": "prose", "markdown": directorate_sentence(row, matrix.words)})
        if told := quarter.prose(f"summary-{quarter.directorate(row.name).slug}").strip():
            found.append({"kind": "prose", "markdown": told})
    if quarter.findings:
        found.append({"kind": "heading", "level": 3, "text": "Do the figures agree?",
                      "id": "agree"})  # fmt: skip
        found.append({"kind": "prose", "markdown": gate_sentence(quarter.findings)})
    return found


def _caption(matrix: Matrix, quarter: Quarter) -> str:
    year = format_period(quarter.quarterly.financial_year)
    said = "as the report prints them" if matrix.printed else "counted from the KPIs shown"
    return (
        f"KPIs by RAG status and direction of travel, {said}. Figures of {year} are {PROVISIONAL}."
    )


def _beside_print(quarter: Quarter, matrix: Matrix) -> list[Block]:
    """What the KPIs shown here add up to, beside the printed counts."""
    ours = counted(quarter)
    if (ours.rows, ours.total) == (matrix.rows, matrix.total):
        return [{"kind": "prose", "markdown": "The KPIs shown here add up to the same counts."}]
    untold = ours.total.directions[3]
    told = "The KPIs shown here can be counted as far as the text says what each one's status is."
    if untold:
        told += f" Of {count_words(untold, 'KPI')} it does not say the direction of travel."
    return [
        {"kind": "prose", "markdown": told},
        matrix_table(quarter, ours, ours.rows, identifier="matrix-counted",
                     caption="The same, counted from the KPIs shown here"),
    ]  # fmt: skip


def _id(quarter: Quarter, name: str) -> str:
    return f"d-{quarter.directorate(name).slug}"
