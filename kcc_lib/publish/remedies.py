"""What to do about a failure, by what it says; the long form is docs/when-a-run-fails.md."""

_AGAIN = "Then build again: kcc report, with the name of the edition."
_OPEN = (
    "Open the notebook in JupyterLab (kcc lab) and run it to the cell that is named: it "
    "shows where in the code it went wrong."
)
#: What a message holds, and what is done about it; the first that fits.
_BY_WORDS = (
    ("while the report was built", "Wait until nobody edits those files."),
    (
        "ran for more than",
        "Look what the cell waits for. If it only needs longer, give it more: "
        "kcc report --timeout 3600.",
    ),
    (
        "ended in",
        "The system stopped it, often for want of memory, or the cell ended it itself. Build with "
        "--jobs 1; if it ends again, run the notebook in JupyterLab (kcc lab) to that cell.",
    ),
    ("No space left", "Make room on the disk."),
    ("kcc check", "kcc check lists every fault in the data; put them right."),
    ("Fault", "Put right what the message names in the data; kcc check reads them all again."),
    (".csv, line ", "Look at the rows that are named; kcc check reads all data."),
    (
        ".html: ",
        "The page was made but does not hold what it must. Run the notebook in JupyterLab (kcc "
        "lab), and compare what it shows with the line above.",
    ),
)


def remedies(failure: str) -> list[str]:
    """What to do about a failure, in order.

    Parameters
    ----------
    failure
        The lines of it, as the command prints them.
    """
    fitting = (todo for words, todo in _BY_WORDS if words in failure)
    return [next(fitting, _OPEN), _AGAIN]
