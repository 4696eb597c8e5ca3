"""Legal time (法定时限): pure functions of events, calendar and dated rules that explain every day.

No clock is read here: the day for which an answer is wanted is always passed in.
"""

from onewindow.kernel.legal_time.acceptance import Acceptance, Standing, accepted
from onewindow.kernel.legal_time.backwards import Backward, latest_before
from onewindow.kernel.legal_time.calendar import (
    Calendar,
    CalendarError,
    DayKind,
    Notice,
    NoticeDay,
    OwnDay,
    YearNotLoaded,
)
from onewindow.kernel.legal_time.card_days import CardDays, card_days
from onewindow.kernel.legal_time.cards import Card, Level, ThresholdError, Thresholds, card, thresholds
from onewindow.kernel.legal_time.changes import Clocked, Moved, moved
from onewindow.kernel.legal_time.clock import SHANGHAI, Act, ClockError, Course, Event, course_of, follow
from onewindow.kernel.legal_time.explaining import Counts, Day
from onewindow.kernel.legal_time.joint import Joint, joint_term
from onewindow.kernel.legal_time.notice_text import read_text
from onewindow.kernel.legal_time.notices import NoticeFault, bundled_calendar, bundled_notices, read_csv
from onewindow.kernel.legal_time.reckoning import Reckoning, State, due_date, reckon
from onewindow.kernel.legal_time.terms import (
    End,
    Excluded,
    Extension,
    JointRule,
    Rulebook,
    Sense,
    Term,
    TermError,
    Unit,
)
from onewindow.kernel.legal_time.terms_file import read, rulebook

__all__ = [
    "SHANGHAI",
    "Acceptance",
    "Act",
    "Backward",
    "Calendar",
    "CalendarError",
    "Card",
    "CardDays",
    "ClockError",
    "Clocked",
    "Counts",
    "Course",
    "Day",
    "DayKind",
    "End",
    "Event",
    "Excluded",
    "Extension",
    "Joint",
    "JointRule",
    "Level",
    "Moved",
    "Notice",
    "NoticeDay",
    "NoticeFault",
    "OwnDay",
    "Reckoning",
    "Rulebook",
    "Sense",
    "Standing",
    "State",
    "Term",
    "TermError",
    "ThresholdError",
    "Thresholds",
    "Unit",
    "YearNotLoaded",
    "accepted",
    "bundled_calendar",
    "bundled_notices",
    "card",
    "card_days",
    "course_of",
    "due_date",
    "follow",
    "joint_term",
    "latest_before",
    "moved",
    "read",
    "read_csv",
    "read_text",
    "reckon",
    "rulebook",
    "thresholds",
]
