"""Occurrence and detection of wildlife crime, estimated separately."""

from .data import OccupancyData
from .fit import Fit, model_table
from .gof import GoodnessOfFit
from .incidents import Calendar, NilReturns, TargetGroup
from .models import colext, colext_or_periods, occu, occu_fp, occu_rn
from .plan import plan_designs
from .profile import ProfileInterval
from .reasons import Reason, RefusedError

__all__ = [
    "Calendar",
    "Fit",
    "GoodnessOfFit",
    "NilReturns",
    "OccupancyData",
    "ProfileInterval",
    "Reason",
    "RefusedError",
    "TargetGroup",
    "colext",
    "colext_or_periods",
    "model_table",
    "occu",
    "occu_fp",
    "occu_rn",
    "plan_designs",
]
