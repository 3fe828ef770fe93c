"""Links in a text to articles that its reader may not read. An address would tell their titles and lead nowhere."""

import re
from collections.abc import Iterable

from tugon.helpcenter.models import Translation
from tugon.helpcenter.readers import Reader

_LINK = re.compile(r'<a href="/[a-z-]+/help/articles/([\w-]+)/(?:#[^"]*)?">(.*?)</a>', re.S)


def unlinked(texts: Iterable[str], reader: Reader) -> list[str]:
    """Each text with such links as plain words. texts: HTML of `helpcenter.rendering`. At most one query."""
    held = list(texts)
    slugs = {found[1] for html in held for found in _LINK.finditer(html)}
    if not slugs or reader.is_agent:
        return held
    rows = Translation.objects.published().readable_by(reader).filter(slug__in=slugs)
    may = set(rows.values_list("slug", flat=True))
    return [_LINK.sub(lambda found: found[0] if found[1] in may else found[2], html) for html in held]
