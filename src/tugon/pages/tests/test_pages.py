import pytest
from django.template import engines

from tugon.pages import controls, views
from tugon.pages.components import attributes
from tugon.pages.security import policy


def rendered(source: str, **context: object) -> str:
    return engines["jinja2"].env.from_string(source).render(context)  # type: ignore[attr-defined]


def test_a_whole_page_is_whole_and_a_fragment_is_its_block(client):
    whole = client.get("/-/kit").content.decode()
    part = client.get("/-/kit", headers={"HX-Request": "true", "HX-Request-Type": "partial"}).content.decode()
    assert "<!doctype html>" in whole
    assert part.lstrip().startswith('<form id="kit-form"')
    assert part.split("csrfmiddlewaretoken")[0] in whole


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_or_restored_page_is_whole(client, header):
    answer = client.get("/-/kit", headers={"HX-Request": "true", header: "true"})
    assert b"<!doctype html>" in answer.content
    assert "HX-Request" in answer.headers["Vary"]


def test_a_form_that_came_back_marks_its_fields_for_eye_and_ear(client):
    answer = client.post("/-/kit", {"email": "maria@"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_subject_hint id_subject_error"' in html
    assert 'value="maria@"' in html


def test_what_a_person_wrote_is_never_markup():
    html = rendered(
        '{{ ui.button(words, title=words) }}{{ ui.input("a", words, value=words) }}', words='"><script>'
    )
    assert "<script>" not in html


def test_an_unknown_component_is_named():
    with pytest.raises(Exception, match="no component named 'buton'"):
        rendered('{{ ui.buton("x") }}')


def test_attributes_are_written_as_html_wants_them():
    given = {
        "hx_get": "/a?b&c",
        "hx-target:inherited": "#x",
        "disabled": True,
        "hidden": False,
        "title": None,
    }
    assert attributes(given) == ' hx-get="/a?b&amp;c" hx-target:inherited="#x" disabled'


def test_a_field_knows_its_kind_from_its_widget():
    form = views.KitForm()
    kinds = {bound.name: controls.control(bound).kind for bound in form}
    assert kinds == {
        "subject": "text",
        "email": "email",
        "details": "textarea",
        "topic": "select",
        "side": "radio",
        "urgent": "checkbox",
    }


def test_a_chosen_option_stays_chosen():
    html = rendered(
        "{{ ui.field(form['topic']) }}{{ ui.field(form['side']) }}",
        form=views.KitForm({"topic": "video", "side": "mine"}),
    )
    assert '<option value="video" selected>' in html
    assert 'value="mine" checked' in html


@pytest.mark.parametrize("path", ["/-/kit", "/-/kit/console", "/-/kit/portal", "/-/kit/plain", "/nothing"])
def test_pages_carry_the_strict_headers_and_no_inline_script_or_style(client, path):
    answer = client.get(path)
    html = answer.content.decode()
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert " style=" not in html
    assert "<style" not in html
    assert "onclick" not in html
    assert html.count("<script") == html.count('<script type="module" src="/static/')


def test_a_policy_can_be_widened_by_name_only():
    widened = policy({"img-src": "https://cdn.example.org", "frame-ancestors": "'self' https:"})
    assert "img-src 'self' data: blob: https://cdn.example.org" in widened
    assert "frame-ancestors 'self' https:" in widened
    assert "script-src 'self';" in widened


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("fil-PH,en;q=0.5", "fil"), ("tl", "fil"), ("de,fr;q=0.5", "en"), ("", "en"), ("en-US", "en")],
)
def test_the_browsers_language_is_taken_where_it_is_spoken(client, accepted, language):
    answer = client.get("/-/kit/plain", headers={"Accept-Language": accepted})
    assert f'<html lang="{language}"' in answer.content.decode()


def test_a_chosen_language_is_remembered_and_an_unknown_one_ignored(client):
    client.get("/-/kit/plain?lang=tl")
    assert b'lang="fil"' in client.get("/-/kit/plain").content
    assert b'lang="fil"' in client.get("/-/kit/plain?lang=xx").content


def test_the_theme_is_drawn_by_the_server_and_only_known_ones(client):
    client.cookies["tugon_theme"] = "dark"
    assert b'data-theme="dark"' in client.get("/-/kit/plain").content
    client.cookies["tugon_theme"] = '"><script>'
    assert b"data-theme" not in client.get("/-/kit/plain").content


def test_the_readers_zone_decides_the_clock(client, rf):
    from tugon.pages.reader import reader_of

    request = rf.get("/")
    request.COOKIES["tugon_zone"] = "Asia/Manila"
    assert reader_of(request).zone == "Asia/Manila"
    request.COOKIES["tugon_zone"] = "../../etc/passwd"
    assert reader_of(request).zone == "UTC"


def test_strangers_do_not_see_the_kit(client, settings):
    settings.SHOW_KIT = False
    assert client.get("/-/kit").status_code == 404
