from .levels import Department, Level, Rota, RotaOverride, RotaPlace
from .outside import Inquiry, InquiryFile, InquiryLetter
from .raising import Escalation, Page, PageCall, Standing

__all__ = [
    "Department",
    "Escalation",
    "Inquiry",
    "InquiryFile",
    "InquiryLetter",
    "Level",
    "Page",
    "PageCall",
    "Rota",
    "RotaOverride",
    "RotaPlace",
    "Standing",
]
