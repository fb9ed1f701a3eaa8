"""A section: what a notebook holds while it shows one page, and the verbs it shows it with."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from kcc_lib.errors import Fault, KccError, NarrativeError, UnknownNameError
from kcc_lib.measures import Catalogue, Measure, StrategicOutcome
from kcc_lib.presentation.beside import Surroundings, look_around
from kcc_lib.presentation.blocks import Block, Blocks, blocks
from kcc_lib.presentation.measure_block import measure_block
from kcc_lib.presentation.narrative.binding import bind
from kcc_lib.presentation.narrative.facts import Facts
from kcc_lib.presentation.summary import summary_table
from kcc_lib.presentation.views import MeasureView, Verdict, shown_points
from kcc_lib.records.editions import Edition
from kcc_lib.records.figures import Figure
from kcc_lib.records.observations import held_columns
from kcc_lib.vocabulary import Horizon


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
    """

    edition: Edition
    catalogue: Catalogue
    observations: pd.DataFrame
    judgements: pd.DataFrame
    area: str
    comparators: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    narrative: Path | None = None
    shown: pd.DataFrame = field(init=False)
    around: Surroundings = field(init=False)

    def __post_init__(self) -> None:
        points = shown_points(self.observations, self.edition.windows, self.edition.base_end)
        object.__setattr__(self, "shown", points)
        around = look_around(
            self.observations, self.catalogue, self.edition,
            area=self.area, comparators=self.comparators,
        )  # fmt: skip
        object.__setattr__(self, "around", around)

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
        """The frames of the edition's data files, by name."""
        return {
            "judgements": self.judgements, "observations": self.shown[held_columns(self.shown)],
            "comparisons": self.around.comparisons, "ranks": self.around.ranks,
        }  # fmt: skip

    def view(self, measure: str) -> MeasureView:
        """One measure as this section shows it.

        Raises
        ------
        UnknownNameError
            If the catalogue holds no such measure.
        """
        if measure not in self.catalogue.measures:
            raise UnknownNameError("measure", measure, list(self.catalogue.measures))
        points = self.shown[self.shown["measure"] == measure]
        comparator = self._comparator(self.catalogue.measures[measure], points)
        rows = self.judgements[
            (self.judgements["measure"] == measure) & (self.judgements["area"] == self.area)
        ]
        anywhere = self.observations[
            (self.observations["measure"] == measure) & (self.observations["area"] == self.area)
        ]
        notes = {p.horizon: p.note for p in self.edition.published if p.measure == measure}
        verdicts = tuple(
            Verdict(
                horizon=Horizon(row["horizon"]),
                heading=self.edition.horizons.get(row["horizon"], str(row["horizon"]).capitalize()),
                row=row,
                published_note=notes.get(Horizon(row["horizon"]), ""),
            )
            for row in _records(rows)
        )
        return MeasureView(
            measure=self.catalogue.measures[measure],
            area=self.area_name,
            comparator=self.catalogue.areas.get(comparator, comparator),
            points=points[points["area"] == self.area],
            other=points[points["area"] == comparator],
            verdicts=verdicts,
            as_of=self.edition.as_of,
            held_at_all=bool(anywhere["value"].notna().any()),
            beside=self.around.of(measure),
        )

    def _comparator(self, measure: Measure, points: pd.DataFrame) -> str:
        """The first area asked for that the measure is compared with and has figures."""
        held = points[points["value"].notna()]["area"].unique()
        wanted = (c for c in self.comparators if c in measure.comparators)
        return next((c for c in wanted if c in held), "")

    def heading(self, outcome: str) -> Blocks:
        """The title of a strategic outcome's page, and its contents."""
        found = self._strategic(outcome)
        links = [
            {
                "code": s.supporting_outcome,
                "text": s.title,
                "href": f"#{_outcome_id(s.supporting_outcome)}",
            }
            for s in self.catalogue.supporting_outcomes.values()
            if s.outcome == outcome
        ]
        head: Block = {"kind": "heading", "level": 1, "text": found.title, "id": "top",
                       "kicker": f"Outcome {outcome}"}  # fmt: skip
        return blocks(head, {"kind": "contents", "title": "On this page", "links": links})

    def summary(self, outcome: str) -> Blocks:
        """The progress summary of one strategic outcome."""
        self._strategic(outcome)
        views = [self.view(m.measure) for m in self.catalogue.under(outcome)]
        head: Block = {
            "kind": "heading",
            "level": 2,
            "text": "Summary of progress",
            "id": "summary",
        }
        title = f"Outcome {outcome}: judgement of each measure"
        return blocks(head, summary_table(views, self.catalogue, title, same_page=True))

    def supporting_outcome(self, code: str) -> Blocks:
        """One supporting outcome: its narrative, then each of its measures."""
        if code not in self.catalogue.supporting_outcomes:
            known = list(self.catalogue.supporting_outcomes)
            raise UnknownNameError("supporting outcome", code, known)
        found = self.catalogue.supporting_outcomes[code]
        head: Block = {"kind": "heading", "level": 2, "text": found.title, "id": _outcome_id(code),
                       "kicker": code}  # fmt: skip
        told: Block = {"kind": "prose", "markdown": self.prose(code)}
        measures = [measure_block(self.view(m.measure)) for m in self.catalogue.under(code)]
        return blocks(head, told, measures)

    def measure(self, measure: str) -> Blocks:
        """One measure alone, for exploring."""
        return blocks(measure_block(self.view(measure)))

    def prose(self, name: str) -> str:
        """The narrative of a supporting outcome, or a named passage, with its figures filled in.

        Raises
        ------
        KccError
            If the edition has no such narrative.
        NarrativeError
            With every unbound figure and broken binding.
        """
        if self.narrative is None:
            raise KccError("this section was opened without a narrative folder")
        path = self.narrative / f"{name}.md"
        if not path.is_file():
            raise KccError(f"no narrative {name}: {self.edition.name} needs a file {path.name}")
        file = f"data/raw/narrative/{self.edition.name}/{path.name}"
        return bind(path.read_text("utf-8"), self.facts(), file=file)

    def narrative_faults(self) -> list[Fault]:
        """Everything wrong in any of the edition's narrative, found before a page is made."""
        faults: list[Fault] = []
        folder = f"data/raw/narrative/{self.edition.name}"
        names = {p.stem for p in self.narrative.glob("*.md")} if self.narrative else set()
        for code in self.catalogue.supporting_outcomes:
            if code not in names:
                problem, remedy = "is missing", "write the narrative of this supporting outcome"
                faults.append(Fault(f"{folder}/{code}.md", 0, "", "", problem, remedy))
        for name in sorted(names):
            try:
                self.prose(name)
            except NarrativeError as error:
                faults += error.faults
        return faults

    def facts(self) -> Facts:
        """What narrative may quote in this section."""
        return Facts(
            self.catalogue, self.area, self.shown, self.edition.published, self.figures,
            self.around.ranks,
        )  # fmt: skip

    def views(self) -> Sequence[MeasureView]:
        """Every measure of the catalogue, in code order."""
        return [self.view(m) for m in self.catalogue.measures]

    def _strategic(self, outcome: str) -> StrategicOutcome:
        if outcome not in self.catalogue.strategic_outcomes:
            known = list(self.catalogue.strategic_outcomes)
            raise UnknownNameError("strategic outcome", outcome, known)
        return self.catalogue.strategic_outcomes[outcome]


def _records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(k): v for k, v in row.items()} for row in rows.to_dict("records")]


def _outcome_id(code: str) -> str:
    return f"so-{code.replace('.', '-')}"
