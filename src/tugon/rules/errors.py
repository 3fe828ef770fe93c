from django.utils.translation import gettext_lazy as _

from tugon.lib.errors import Conflict, Invalid


class RuleInvalid(Invalid):
    code = "rule-invalid"
    words = _("This rule cannot be used: {reason}")


class RuleNameMissing(Invalid):
    code = "rule-name-missing"
    words = _("Give the rule a name.")


class NothingToPublish(Conflict):
    code = "rule-nothing-to-publish"
    words = _("There is no draft. What is published stands as it is.")


class NotPublishedYet(Conflict):
    code = "rule-not-published"
    words = _("Publish the rule first; then it can be switched on.")


class RulesConflict(Conflict):
    code = "rules-conflict"
    words = _("Not published yet. {reason}")


class RulesCircle(Invalid):
    code = "rules-circle"
    words = _("This rule cannot be published, because it would begin again and again: {reason}")


class MacroGone(Conflict):
    code = "macro-gone"
    words = _("This macro is no longer offered. Nothing was changed.")
