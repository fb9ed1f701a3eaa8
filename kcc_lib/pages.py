"""What notebooks show pages with: each verb takes an opened edition and gives a page's parts."""

from kcc_lib.presentation.about.accessibility import accessibility
from kcc_lib.presentation.about.checking import checking
from kcc_lib.presentation.about.contacts import formats
from kcc_lib.presentation.about.corrected import corrections
from kcc_lib.presentation.about.figures_held import data_quality
from kcc_lib.presentation.about.judged_how import method
from kcc_lib.presentation.about.terms import glossary
from kcc_lib.presentation.areas import areas
from kcc_lib.presentation.audit import audit
from kcc_lib.presentation.beside_table import comparisons
from kcc_lib.presentation.changes import changes
from kcc_lib.presentation.compared_methods import method_comparison
from kcc_lib.presentation.contents import contents
from kcc_lib.presentation.direction_of_travel import direction_of_travel
from kcc_lib.presentation.document_figures import figures_by_document
from kcc_lib.presentation.downloads.page import downloads
from kcc_lib.presentation.easy.page import easy_read
from kcc_lib.presentation.finding import find_a_measure
from kcc_lib.presentation.key_results import key_results
from kcc_lib.presentation.our_outcomes import our_outcomes
from kcc_lib.presentation.outcome_story import chapter, outcome_story
from kcc_lib.presentation.outcomes_audit import outcomes_audit
from kcc_lib.presentation.overview import counts, introduction, passage, progress_summary
from kcc_lib.presentation.products import committee_report, foreword, news
from kcc_lib.presentation.quarterly.changes import quarter_changes
from kcc_lib.presentation.quarterly.directorate import directorate
from kcc_lib.presentation.quarterly.printed import printed_tables
from kcc_lib.presentation.quarterly.reconciliation import reconciliation
from kcc_lib.presentation.quarterly.summary import quarterly_summary
from kcc_lib.presentation.story import story

__all__ = [
    "accessibility",
    "areas",
    "audit",
    "changes",
    "chapter",
    "checking",
    "committee_report",
    "comparisons",
    "contents",
    "corrections",
    "counts",
    "data_quality",
    "direction_of_travel",
    "directorate",
    "downloads",
    "easy_read",
    "figures_by_document",
    "find_a_measure",
    "foreword",
    "formats",
    "glossary",
    "introduction",
    "key_results",
    "method",
    "method_comparison",
    "news",
    "our_outcomes",
    "outcome_story",
    "outcomes_audit",
    "passage",
    "printed_tables",
    "progress_summary",
    "quarter_changes",
    "quarterly_summary",
    "reconciliation",
    "story",
]
