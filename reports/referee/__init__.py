"""The referee: does a printed table add up, and where it does not, is it more than rounding?"""

from reports.referee.check import check
from reports.referee.verdict import Break, Outcome, Suspect, Verdict

__all__ = ["Break", "Outcome", "Suspect", "Verdict", "check"]
