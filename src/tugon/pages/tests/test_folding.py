import pytest
from django.template import engines
from django.utils import translation
from jinja2 import nodes

from tugon.pages.folding import spoken


@pytest.fixture(autouse=True)
def built(settings):
    engines["jinja2"].env.auto_reload = False


def calls_in(source: str) -> int:
    return len(list(spoken()._parse(source, "page.html", None).find_all(nodes.Call)))


def rendered(source: str, **context: object) -> str:
    return spoken().from_string(source).render(context)


def test_words_icons_and_components_of_constants_are_written_when_the_template_is_compiled():
    assert (
        calls_in('{{ _("Send") }}{{ icon("x", "sm") }}{{ ui.button(_("Send"), type="submit", key="s") }}')
        == 0
    )


def test_what_depends_on_the_page_is_still_asked():
    assert calls_in("{{ ui.button(words) }}") == 1
    assert rendered("{{ ui.badge(words) }}", words="<b>") == rendered('{{ ui.badge("<b>") }}')


def test_a_component_that_shows_the_moment_is_no_constant():
    assert spoken().globals["ui"].constant("clock") is None
    assert spoken().globals["ui"].constant("button") is not None


def test_what_is_folded_reads_as_what_is_called():
    source = '{{ ui.menu_item(_("Follow") ~ " & <more>", icon="eye", type="submit", key="w") }}'
    assert rendered(source) == engines["jinja2"].env.from_string(source).render()


def test_each_language_has_its_own_words():
    for language in ("en", "fil", "en"):
        with translation.override(language):
            assert rendered('{{ _("Search") }}') == translation.gettext("Search")


def test_a_called_component_keeps_its_caller():
    assert "inside: Send" in rendered('{% call ui.alert(tone="info") %}inside: {{ _("Send") }}{% endcall %}')


def test_while_templates_are_edited_nothing_is_folded():
    engines["jinja2"].env.auto_reload = True
    try:
        assert spoken() is engines["jinja2"].env
    finally:
        engines["jinja2"].env.auto_reload = False
