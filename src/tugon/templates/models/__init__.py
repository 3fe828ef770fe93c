from .folders import Folder
from .templates import Template, TemplateFile, Visibility
from .translations import Review, Translation, Version
from .uses import Use

__all__ = ["Folder", "Review", "Template", "TemplateFile", "Translation", "Use", "Version", "Visibility"]
