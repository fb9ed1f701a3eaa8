"""What can be published: an annual edition's section or a quarterly edition's quarter."""

from kcc_lib.presentation.quarterly.quarter import Quarter
from kcc_lib.presentation.section import Section

#: Both have an edition, an area, the points shown, their data files and their narrative.
Report = Section | Quarter
