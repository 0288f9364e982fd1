"""What is kept of measures: custody of things, time stopped and lengthened, orders to correct, process records."""

from enforcement.measures.models.custody import (
    Appraisal,
    Disposal,
    Fate,
    Handing,
    Measure,
    SeizureExtension,
    Thing,
)
from enforcement.measures.models.records import DeviceEvidence, Monitor, Omission, ProcessRecord
from enforcement.measures.models.timing import CorrectionOrder, Extension, Suspension, TimeBasis

__all__ = [
    "Appraisal",
    "CorrectionOrder",
    "DeviceEvidence",
    "Disposal",
    "Extension",
    "Fate",
    "Handing",
    "Measure",
    "Monitor",
    "Omission",
    "ProcessRecord",
    "SeizureExtension",
    "Suspension",
    "Thing",
    "TimeBasis",
]
