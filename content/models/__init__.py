"""The models of everything under `content/`: what a file may say."""

from content.models.base import Checked, Seen, earliest
from content.models.district import District, DistrictCentre
from content.models.hours import Hours, HoursException, Span, WeeklySpan
from content.models.page import Page, PageSource, Review
from content.models.service import Channel, FormerValue, Labels, Period, Service
from content.models.talk import Answer, Topic

__all__ = [
    "Answer",
    "Channel",
    "Checked",
    "District",
    "DistrictCentre",
    "FormerValue",
    "Hours",
    "HoursException",
    "Labels",
    "Page",
    "PageSource",
    "Period",
    "Review",
    "Seen",
    "Service",
    "Span",
    "Topic",
    "WeeklySpan",
    "earliest",
]
