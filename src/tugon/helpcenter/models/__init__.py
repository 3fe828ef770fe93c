from .articles import Article, ArticleFile, ArticleTicket, Kind, Visibility
from .chapters import Category, Section
from .notices import Level, Notice
from .returns import BrokenLink, DayCount, Vote
from .translations import Redirect, Review, Translation, Version

__all__ = [
    "Article",
    "ArticleFile",
    "ArticleTicket",
    "BrokenLink",
    "Category",
    "DayCount",
    "Kind",
    "Level",
    "Notice",
    "Redirect",
    "Review",
    "Section",
    "Translation",
    "Version",
    "Visibility",
    "Vote",
]
