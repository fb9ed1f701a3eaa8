"""The page "Get the data": every file of the edition, what it holds, and how to use it."""

from kcc_lib.presentation.addresses import data_address
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.downloads.bundle import (
    LICENCE_PATH,
    Group,
    charted,
    groups_of,
    particulars_of,
    tables_of,
)
from kcc_lib.presentation.downloads.links import (
    CHARTS,
    FIGURES,
    JUDGEMENTS,
    MEASURES,
    PICTURES,
    WHOLE,
)
from kcc_lib.presentation.downloads.tables import DataTable
from kcc_lib.presentation.downloads.text import csv_of, csv_text, json_text
from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.report import Report
from kcc_lib.vocabulary import Flag, SignOff

#: What each file of the whole edition holds.
WHOLE_FILES = {
    "judgements": "Every judgement, with the test behind it",
    "observations": "Every figure within the edition's periods, of every area held",
    "comparisons": "Every measure beside each other area",
    "ranks": "The area's place among its statistical neighbours",
    "outcomes": "The word of each supporting outcome, printed and worked out",
    "targets": "Targets, floors and thresholds of the financial year",
    "outlook": "Where each indicator would stand at the end of the year",
    "reconciliation": "Every printed count and total worked out again",
}
_NONE = "none"
_NONE_HELD = "none held"


def downloads(report: Report) -> Blocks:
    """The page that lists the files of an edition, by outcome or by directorate."""
    parts: list[Block] = [
        {
            "kind": "heading",
            "level": 1,
            "text": "Get the data",
            "id": "top",
            "kicker": report.edition.subtitle,
        },
        {"kind": "prose", "markdown": _INTRODUCTION},
        _heading("Everything in one file", "everything"),
        _spreadsheets(report),
        _heading("Whole tables", "tables"),
        _whole_tables(report),
    ]
    for group in groups_of(report):
        parts += [_heading(group.heading, f"files-{_name(group)}"), _group_table(report, group)]
    parts += [
        _heading("What the files hold", "formats"),
        {"kind": "prose", "markdown": _FORMATS},
        _shorthand(),
        _heading("Licence, and how to cite", "licence"),
        {"kind": "prose", "markdown": _licence(report)},
    ]
    return blocks(parts)


_INTRODUCTION = (
    "Every judgement and figure of these pages can be downloaded: in one spreadsheet, as whole "
    "tables, or measure by measure. A file has the same address for as long as the edition stands, "
    "and the same measure has the same name in every edition."
)
_FORMATS = (
    "**CSV** opens in any spreadsheet program: a header row, one row a line, numbers unrounded. "
    "**JSON** of a measure has everything that its page says of it. **SVG** pictures stay sharp at "
    "any size, **PNG** pictures suit slides and documents; title, judgement, source, date and "
    "licence are in the picture. The spreadsheets have a cover, notes and one table a sheet, no "
    "merged cells and no formulas.\n\n"
    "What each column means, its type and its unit: [the data package](data/datapackage.json) "
    "(Frictionless), which lists every file with its size and its SHA-256, and the schemas in the "
    "folder `data/schema` (Frictionless table schemas, and JSON Schema).\n\n"
    "A figure that is missing is blank, and its flags say why. In the spreadsheets the flags stand "
    "in square brackets, and the missing figure has its own there."
)


def _heading(text: str, identifier: str) -> Block:
    return {"kind": "heading", "level": 2, "text": text, "id": identifier}


def _spreadsheets(report: Report) -> Block:
    """The two spreadsheets, which hold the same."""
    name = report.edition.name
    kinds = (("ods", "OpenDocument spreadsheet"), ("xlsx", "Microsoft Excel"))
    return _table(
        "spreadsheets", "Spreadsheets of the whole edition", ("File", "Format"),
        [[{"text": f"{name}.{e}", "href": f"data/{name}.{e}"}, words] for e, words in kinds],
    )  # fmt: skip


def _whole_tables(report: Report) -> Block:
    rows: list[list[str | Block]] = []
    for name, frame in report.files.items():
        made = ((".csv", csv_text), (".json", json_text))
        links = [_link(name, f"data/{name}{e}", text(frame)) for e, text in made]
        rows.append([WHOLE_FILES[name], *links])
    return _table(
        "whole", "Tables of the whole edition", ("Table", "For spreadsheets", "For programs"), rows
    )


def _group_table(report: Report, group: Group) -> Block:
    """The files of an outcome or a directorate, and of each of its measures."""
    both = tables_of(report, group.views)
    short = _short(group)
    rows = [_row(f"All of {short}", short, group.folder, group.name, both, drawn=False)]
    for view in group.views:
        measure = view.measure
        title = measure.short_title or measure.title
        # a KPI's code is for machines: its links are called by its title
        called = title if isinstance(report, Quarter) else measure.measure
        named = title if isinstance(report, Quarter) else f"{measure.measure} {title}"
        own = tuple(t.of(measure=measure.measure) for t in both)
        rows.append(_row(named, called, MEASURES, measure.measure, own, drawn=charted(view)))
    what = "Indicator" if isinstance(report, Quarter) else "Measure"
    heads = (what, "Figures", "Judgements", "Everything", "Chart, SVG", "Chart, PNG")
    return _table(f"list-{_name(group)}", f"{short}: files", heads, rows)


def _row(
    named: str, called: str, folder: str, code: str, both: tuple[DataTable, ...], *, drawn: bool
) -> list[str | Block]:
    figures, judged = both
    said = f"{called}, judgements"
    pictures = [_link(f"{called}, chart", data_address(CHARTS, code, e)) for e in PICTURES]
    return [
        named,
        _link(f"{called}, figures", data_address(folder, code, FIGURES), csv_of(figures))
        if figures.rows
        else _NONE_HELD,
        _link(said, data_address(folder, code, JUDGEMENTS), csv_of(judged)),
        _link(f"{called}, everything", data_address(folder, code, WHOLE)),
        *(pictures if drawn else [_NONE] * len(pictures)),
    ]


def _link(before: str, href: str, content: str = "") -> Block:
    """A link that says its format, and how large the file is where that is known beforehand.

    What is in `before` is heard and not seen, since the row and the column say it to the eye.
    """
    text = href.rpartition(".")[2].upper()
    if content:
        thousands = len(content.encode()) / 1000
        text += f", {thousands:.1f} kB" if thousands < 10 else f", {thousands:.0f} kB"
    return {"before": before, "text": text, "href": href}


def _shorthand() -> Block:
    rows: list[list[str | Block]] = [[str(flag), flag.meaning] for flag in Flag]
    return _table("shorthand", "Flags of a figure", ("Flag", "Meaning"), rows)


def _licence(report: Report) -> str:
    """The licence, and a line to cite."""
    of = particulars_of(report, state=SignOff.DRAFT, sign_off="")
    return (
        f"Text and data: [Open Government Licence v3.0]({LICENCE_PATH}), except where a source "
        f"states otherwise; each figure names its source.\n\nCite as: {of.publisher}, *{of.title}: "
        f"{of.subtitle}*, as of {of.as_of.day} {of.as_of:%B %Y}, and the name of the file."
    )


def _name(group: Group) -> str:
    return data_address("", group.name, "").rpartition("/")[2]


def _short(group: Group) -> str:
    return group.title if group.title == group.name else f"Outcome {group.name}"


def _table(
    identifier: str, caption: str, heads: tuple[str, ...], rows: list[list[str | Block]]
) -> Block:
    columns = [{"name": h} for h in heads]
    return {"kind": "table", "id": identifier, "caption": caption, "columns": columns, "rows": rows}
