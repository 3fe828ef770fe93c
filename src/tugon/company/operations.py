import hashlib
import io
from typing import Any

from django.db import transaction

from tugon.events.actors import Actor
from tugon.events.operations import record

from . import settings
from .configuring import require
from .errors import LogoInvalid, SettingInvalid
from .events import CompanySettingChanged
from .keys import KEYS, ValueRefused
from .models import Logo, Setting

PERMISSION = "admin.settings"
LOGO_BYTES = 2 * 1024 * 1024
LOGO_PIXELS = 512
LOGO_MOST_PIXELS = 25_000_000
"""Of what is given, over all: two megabytes can unfold to gigabytes."""


@transaction.atomic
def decide(key: str, *, value: Any, by: Actor) -> Any:
    """Decide one setting and return its clean value. Raises NotAllowed, SettingInvalid; KeyError for an unknown key."""
    require(by, PERMISSION)
    definition = KEYS[key]
    try:
        clean = definition.clean(value)
    except ValueRefused as refusal:
        raise SettingInvalid(label=definition.label, reason=str(refusal)) from refusal
    row, created = Setting.objects.select_for_update().get_or_create(
        key=key, defaults={"value": definition.default}
    )
    if row.value == clean and not created:
        return clean
    before, row.value = row.value, clean
    row.save(update_fields=["value", "changed_at"])
    settings.forget()
    transaction.on_commit(settings.forget)
    if before != clean:
        record(CompanySettingChanged(setting_id=row.pk, key=key, before=before, after=clean), by=by)
    return clean


def decide_all(values: dict[str, Any], *, by: Actor) -> None:
    """Decide several settings, all or none."""
    with transaction.atomic():
        for key, value in values.items():
            decide(key, value=value, by=by)


@transaction.atomic
def change_logo(content: bytes, *, by: Actor) -> Logo:
    """Take a picture as the company's logo, at most 512 pixels wide or high. Raises NotAllowed, LogoInvalid."""
    require(by, PERMISSION)
    if not content or len(content) > LOGO_BYTES:
        raise LogoInvalid
    png, width, height = _small_png(content)
    Logo.objects.all().delete()
    logo = Logo.objects.create(
        sha256=hashlib.sha256(png).hexdigest(), content=png, width=width, height=height
    )
    _note_logo(None, logo, by)
    return logo


@transaction.atomic
def remove_logo(*, by: Actor) -> None:
    require(by, PERMISSION)
    logo = Logo.objects.first()
    if logo is not None:
        _note_logo(logo, None, by)
        logo.delete()


def _note_logo(before: Logo | None, after: Logo | None, by: Actor) -> None:
    row = after or before
    assert row is not None
    fact = CompanySettingChanged(
        setting_id=row.pk, key="logo", before=before and before.sha256, after=after and after.sha256
    )
    record(fact, by=by)


def _small_png(content: bytes) -> tuple[bytes, int, int]:
    from PIL import Image, UnidentifiedImageError  # 8 MB, for who changes the logo

    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG", "WEBP", "GIF"]) as image:
            if image.width * image.height > LOGO_MOST_PIXELS:
                raise LogoInvalid
            image.thumbnail((LOGO_PIXELS, LOGO_PIXELS))
            picture = image.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise LogoInvalid from error
    written = io.BytesIO()
    picture.save(written, "PNG", optimize=True)
    return written.getvalue(), picture.width, picture.height
