"""The report's charts as SVG text of our own making, the same on paper and on a web page.

Each function returns one ``<svg>`` with a title and a description in words. Nothing is told by
colour alone, text stands beside what it names, and only presentation attributes are used, so
that a strict content security policy lets a page show it. Amounts are whole pence.
"""

from reports.charts.benefits_map import Node, benefits_map
from reports.charts.bridge import bridge_chart
from reports.charts.run_rate import run_rate_chart
from reports.charts.slips import slip_chart
from reports.charts.strip import status_strip
from reports.charts.years import YearBar, year_chart

__all__ = [
    "Node",
    "YearBar",
    "benefits_map",
    "bridge_chart",
    "run_rate_chart",
    "slip_chart",
    "status_strip",
    "year_chart",
]
