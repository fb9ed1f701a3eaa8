"""A section: what a notebook holds while it shows one page, and the verbs it shows it with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from kcc_lib.errors import Fault, UnknownNameError
from kcc_lib.in_short import in_short
from kcc_lib.judgement.outcomes import outcomes_beside
from kcc_lib.measures import Catalogue, Measure, StrategicOutcome
from kcc_lib.presentation.addresses import measures_recipe
from kcc_lib.presentation.beside import Surroundings, look_around
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.by_measure import ByMeasure
from kcc_lib.presentation.elsewhere import Elsewhere, Other, tell_elsewhere
from kcc_lib.presentation.measure_block import measure_block
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.presentation.narrative.written import Written
from kcc_lib.presentation.outcome_words import (
    OutcomeWord,
    outcome_anchor,
    outcome_words,
    words_block,
)
from kcc_lib.presentation.stepping import measure_places, with_steps
from kcc_lib.presentation.summary import summary_table
from kcc_lib.presentation.views import MeasureView, shown_points, verdicts_of
from kcc_lib.records.editions import Edition
from kcc_lib.records.figures import Figure, known_by
from kcc_lib.records.observations import held_columns


@dataclass(frozen=True, slots=True)
class Section:
    """Observations, judgements and catalogue of an edition, ready to be shown.

    Parameters
    ----------
    edition, catalogue
        What is reported, and the words for it.
    observations, judgements
        Tidy frames of `load_observations` and `assess`.
    area, comparators
        Whose figures are shown, and beside whose (the first that has any is drawn).
    others
        The other annual editions, each with its own judgements.
    """

    edition: Edition
    catalogue: Catalogue
    observations: pd.DataFrame
    judgements: pd.DataFrame
    area: str
    comparators: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    narrative: Path | None = None
    others: tuple[Other, ...] = ()
    shown: pd.DataFrame = field(init=False)
    around: Surroundings = field(init=False)
    outcomes: pd.DataFrame = field(init=False)
    elsewhere: Mapping[str, tuple[Elsewhere, ...]] = field(init=False)
    written: Written = field(init=False)
    _by_measure: ByMeasure = field(init=False, repr=False, compare=False)

    __repr__ = in_short(
        "edition.name", "area_name",
        measure="catalogue.measures", judgement="judgements", observation="observations",
    )  # fmt: skip

    def __post_init__(self) -> None:
        points = shown_points(self.observations, self.edition.windows, self.edition.base_end)
        object.__setattr__(self, "shown", points)
        around = look_around(
            self.observations, self.catalogue, self.edition,
            area=self.area, comparators=self.comparators,
        )  # fmt: skip
        object.__setattr__(self, "around", around)
        outcomes = outcomes_beside(
            self.judgements, self.catalogue.measures, self.edition.published_outcomes,
            list_assumed=bool(self.edition.measures_from),
        )  # fmt: skip
        object.__setattr__(self, "outcomes", outcomes)
        told = tell_elsewhere(self.others, self.catalogue, self.area)
        object.__setattr__(self, "elsewhere", told)
        written = Written(self.narrative, self.edition.name, self._facts())
        object.__setattr__(self, "written", written)
        parted = ByMeasure(
            self.observations, points, self.judgements, self.area, (self.area, *self.comparators)
        )
        object.__setattr__(self, "_by_measure", parted)

    @property
    def area_name(self) -> str:
        """The area in words."""
        return self.catalogue.areas.get(self.area, self.area)

    @property
    def covers(self) -> str:
        """Which periods the pages cover, and how firm their figures are."""
        until = f"{self.edition.as_of:%B %Y}"
        return f"Covers periods up to {until}; some figures have been revised since."

    @property
    def files(self) -> dict[str, pd.DataFrame]:
        """The frames of the edition's data files, by name; outcomes where it printed words."""
        frames = {
            "judgements": self.judgements, "observations": self.shown[held_columns(self.shown)],
            "comparisons": self.around.comparisons, "ranks": self.around.ranks,
        }  # fmt: skip
        return frames | ({"outcomes": self.outcomes} if self.edition.published_outcomes else {})

    @property
    def narrated(self) -> bool:
        """Whether any supporting outcome has a narrative; then each of them needs one."""
        return any(self.written.has(code) for code in self.catalogue.supporting_outcomes)

    def view(self, measure: str) -> MeasureView:
        """One measure as this section shows it.

        Raises
        ------
        UnknownNameError
            If the catalogue holds no such measure.
        """
        if measure not in self.catalogue.measures:
            raise UnknownNameError("measure", measure, list(self.catalogue.measures))
        return self._by_measure.view(measure, self._view)

    def _view(self, measure: str) -> MeasureView:
        found, parted = self.catalogue.measures[measure], self._by_measure
        comparator = self._comparator(found)
        return MeasureView(
            measure=found,
            area=self.area_name,
            comparator=self.catalogue.areas.get(comparator, comparator),
            points=parted.points(measure, self.area),
            other=parted.points(measure, comparator),
            verdicts=verdicts_of(self.edition, measure, parted.judged(measure)),
            as_of=self.edition.as_of,
            held_at_all=parted.is_held(measure),
            beside=self.around.of(measure),
            elsewhere=self.elsewhere.get(measure, ()),
            note=self.edition.measure_notes.get(measure, ""),
            named_in=self.edition.measures_from,
        )

    def _comparator(self, measure: Measure) -> str:
        """The first area asked for that the measure is compared with and has figures."""
        wanted = (c for c in self.comparators if c in measure.comparators)
        figures = ((c, self._by_measure.points(measure.measure, c)["value"]) for c in wanted)
        return next((c for c, values in figures if values.notna().any()), "")

    def title_of(self, outcome: str, over: str = "") -> Blocks:
        """The title of a strategic outcome's page; `over` stands above it, else its number."""
        found = self._strategic(outcome)
        return blocks({"kind": "heading", "level": 1, "text": found.title, "id": "top",
                       "kicker": over or f"Outcome {outcome}"})  # fmt: skip

    def heading(self, outcome: str) -> Blocks:
        """The title of the page of an outcome's measures, as the menu has it, and its contents."""
        made = measures_recipe(self.edition, outcome)
        title = self.title_of(outcome, over=made.title if made else "")
        links = [
            {
                "code": s.supporting_outcome,
                "text": s.title,
                "href": f"#{outcome_anchor(s.supporting_outcome)}",
            }
            for s in self.catalogue.supporting_outcomes.values()
            if s.outcome == outcome
        ]
        return title + blocks({"kind": "contents", "title": "On this page", "links": links})

    def summary(self, outcome: str) -> Blocks:
        """The progress summary of one strategic outcome."""
        self._strategic(outcome)
        views = [self.view(m.measure) for m in self.catalogue.under(outcome)]
        head: Block = {"kind": "heading", "level": 2, "text": "Summary of progress",
                       "id": "summary"}  # fmt: skip
        title = f"Outcome {outcome}: judgement of each measure"
        return blocks(head, summary_table(views, self.catalogue, title))

    def supporting_outcome(self, code: str) -> Blocks:
        """One supporting outcome: its printed words, its narrative, then each of its measures."""
        if code not in self.catalogue.supporting_outcomes:
            known = list(self.catalogue.supporting_outcomes)
            raise UnknownNameError("supporting outcome", code, known)
        found = self.catalogue.supporting_outcomes[code]
        head: Block = {"kind": "heading", "level": 2, "text": found.title,
                       "id": outcome_anchor(code), "kicker": code}  # fmt: skip
        words = [w for w in self.outcome_words() if w.outcome == code]
        printed = [words_block(words)] if self.edition.published_outcomes else []
        told: list[Block] = []
        if self.narrated:
            told.append({"kind": "prose", "markdown": self.prose(code)})
        places = measure_places(self.edition, self.catalogue)
        made = [measure_block(self.view(m.measure)) for m in self.catalogue.under(code)]
        measures = [with_steps(block, places) for block in made]
        return blocks(head, printed, told, measures)

    def measure(self, measure: str) -> Blocks:
        """One measure alone, for exploring."""
        return blocks(measure_block(self.view(measure)))

    def prose(self, name: str) -> str:
        """The narrative of a supporting outcome, or a named passage, with its figures filled in."""
        return self.written.prose(name)

    def narrative_faults(self) -> list[Fault]:
        """Everything wrong in any of the edition's narrative, found before a page is made."""
        return self.written.faults(self.catalogue.supporting_outcomes if self.narrated else ())

    def facts(self) -> Facts:
        """What narrative may quote in this section."""
        return self.written.facts

    def _facts(self) -> Facts:
        words = {(w.outcome, str(w.row["horizon"])): w.label for w in self.outcome_words()}
        return Facts(
            self.catalogue, self.area, self.shown, self.edition.published,
            known_by(self.figures, self.edition.as_of),
            outcome_words=words if self.edition.published_outcomes else {},
            ranks=self.around.ranks,
        )  # fmt: skip

    def outcome_words(self) -> list[OutcomeWord]:
        """The word of every supporting outcome over each horizon, then those of all together."""
        return outcome_words(self.edition, self.outcomes, self.area)

    def views(self) -> Sequence[MeasureView]:
        """Every measure of the catalogue, in code order."""
        return [self.view(m) for m in self.catalogue.measures]

    def _strategic(self, outcome: str) -> StrategicOutcome:
        if outcome not in self.catalogue.strategic_outcomes:
            known = list(self.catalogue.strategic_outcomes)
            raise UnknownNameError("strategic outcome", outcome, known)
        return self.catalogue.strategic_outcomes[outcome]
