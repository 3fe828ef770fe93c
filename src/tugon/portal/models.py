from django.db import models


class SignIn(models.Model):
    """One letter asked for to sign in: a link and a six-digit code, good for 30 minutes and once.

    Neither is stored here: both are MACs over the row's id and `nonce` (see `portal.proofs`), so that reading this
    table is not enough to sign in as anybody.
    """

    address = models.CharField(max_length=320, db_comment="lower case, as typed by who asked")
    nonce = models.CharField(max_length=32)
    client = models.CharField(
        max_length=64, blank=True, db_comment="keyed hash of the network address, of one day"
    )
    language = models.CharField(max_length=16, blank=True)
    asked_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            # How many letters an address, or somebody, asked for lately.
            models.Index(fields=["address", "asked_at"], name="sign_in_of_address"),
            models.Index(fields=["client", "asked_at"], name="sign_in_of_client"),
        ]

    def __str__(self) -> str:
        return f"Sign-in {self.pk}"
