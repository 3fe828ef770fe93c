from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tugon.rules import operations
from tugon.rules.models import Firing, Rule, WordList
from tugon.rules.naming import difference
from tugon.rules.starting import create_starting_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, ada):
    client.force_login(ada)
    create_starting_rows()
    return client


@pytest.fixture
def publish(ada):
    """Make and publish a rule."""

    def make(name, conditions, actions, kind="trigger"):
        definition = {"on": ["opened"], "conditions": conditions, "actions": actions}
        row = operations.create(kind=kind, name=name, definition=definition, by=ada.actor)
        operations.publish(row, despite_conflicts=True, by=ada.actor)

    return make


def fields(**extra):
    """A form with one condition and one action."""
    return {
        "name": "Mangoes",
        "note": "Fruit first",
        "on": ["opened"],
        "c-0-group": "all",
        "c-0-field": "message_text",
        "c-0-is": "any_of",
        "c-0-value": "mango, papaya",
        "a-0-do": "tags",
        "a-0-add": "fruit",
        **extra,
    }


@pytest.mark.parametrize("kind", ["trigger", "automation", "filter", "macro"])
def test_every_kind_has_a_list_and_a_form(desk, kind):
    listed = desk.get(f"/administration/rules/{kind}")
    assert listed.status_code == 200
    assert desk.get(f"/administration/rules/{kind}/new").status_code == 200
    rule = Rule.objects.filter(kind=kind).first()
    assert rule.name in listed.content.decode()
    for page in ("", "/trial", "/versions", "/log"):
        assert desk.get(f"/administration/rules/{rule.pk}{page}").status_code == 200


def test_every_starter_rule_can_be_edited_and_says_the_same_afterwards(desk):
    from html.parser import HTMLParser

    class Form(HTMLParser):
        """What a browser would send of #rule-form."""

        def __init__(self):
            super().__init__()
            self.data, self.area, self.select = [], None, None

        def handle_starttag(self, tag, attrs):
            at = dict(attrs)
            name = at.get("name", "")
            if tag == "input" and name:
                kind = at.get("type", "text")
                if kind not in ("checkbox", "radio") or "checked" in at:
                    self.data.append((name, at.get("value", "")))
            elif tag == "textarea":
                self.area = name
                self.data.append((name, ""))
            elif tag == "select":
                self.select = [name, None]
            elif tag == "option" and self.select and ("selected" in at or self.select[1] is None):
                self.select[1] = at.get("value", "")

        def handle_data(self, data):
            if self.area:
                name, value = self.data[-1]
                self.data[-1] = (name, value + data)

        def handle_endtag(self, tag):
            if tag == "textarea":
                self.area = None
            elif tag == "select" and self.select:
                if self.select[1] is not None:
                    self.data.append(tuple(self.select))
                self.select = None

    for rule in Rule.objects.all():
        shown = desk.get(f"/administration/rules/{rule.pk}")
        assert shown.status_code == 200, rule.key
        html = shown.content.decode()
        form = Form()
        form.feed(html[html.index('id="rule-form"') : html.index('name="do" value="publish"')])
        data: dict[str, list[str]] = {}
        for name, value in form.data:
            data.setdefault(name, []).append(value.removeprefix("\n"))
        answer = desk.post(f"/administration/rules/{rule.pk}", {**data, "do": "save"})
        assert answer.status_code == 302, (rule.key, answer.content.decode()[:3000])
        rule.refresh_from_db()
        assert rule.draft is None, (rule.key, rule.draft, rule.published.definition)


def test_a_rule_is_written_tried_and_published(desk, write_in):
    ticket = write_in("Mango", "A mango please")
    made = desk.post("/administration/rules/trigger/new", {**fields(), "do": "trial"})
    rule = Rule.objects.get(name="Mangoes")
    assert made["Location"] == f"/administration/rules/{rule.pk}/trial"
    tried = desk.get(made["Location"]).content.decode()
    assert f"#{ticket.pk} Mango" in tried
    assert "Tags: nothing → fruit" in tried
    ticket.refresh_from_db()
    assert (ticket.tags, rule.is_on) == ([], False)
    desk.post(f"/administration/rules/{rule.pk}", {**fields(), "do": "publish"})
    other = write_in("Papaya", "A papaya please")
    other.refresh_from_db()
    assert other.tags == ["fruit"]
    log = desk.get(f"/administration/rules/{rule.pk}/log").content.decode()
    assert f"#{other.pk}" in log
    assert Firing.objects.filter(rule=rule).count() == 1


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk):
    answer = desk.post("/administration/rules/trigger/new", {**fields(name=""), "do": "save"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Give the rule a name" in html
    assert "mango, papaya" in html
    assert not Rule.objects.filter(name="Mangoes").exists()


def test_rows_are_added_moved_and_removed_without_keeping_anything(desk):
    def preview(**extra):
        data = {**fields(), **extra}
        return desk.post("/administration/rules/trigger/preview", data, headers={"HX-Request": "true"})

    assert b"c-1-field" in preview(add="any").content
    assert b"a-1-do" in preview(**{"add-action": "1"}).content
    assert b"a-0-do" not in preview(**{"remove-action": "0"}).content
    assert not Rule.objects.filter(name="Mangoes").exists()


def test_a_conflict_is_told_and_can_be_published_all_the_same(desk, publish):
    publish(
        "Low fruit",
        {"all": [{"field": "subject", "is": "contains", "value": "fruit"}]},
        [{"do": "set", "field": "kind", "value": "task"}],
    )
    data = fields(**{"a-0-do": "set", "a-0-field": "kind", "a-0-value": "problem"})
    answer = desk.post("/administration/rules/trigger/new", {**data, "do": "publish"})
    assert answer.status_code == 422
    assert "has the last word" in answer.content.decode()
    row = Rule.objects.get(name="Mangoes")
    assert not row.is_on
    desk.post(f"/administration/rules/{row.pk}", {**data, "do": "publish-anyway"})
    row.refresh_from_db()
    assert row.is_on


def test_the_order_changes_by_arrow_and_by_dragging(desk):
    ids = list(Rule.objects.of_kind("trigger").values_list("pk", flat=True))
    desk.post("/administration/rules/order", {"ids": ids, "down": ids[0]})
    assert list(Rule.objects.of_kind("trigger").values_list("pk", flat=True))[:2] == [ids[1], ids[0]]
    answer = desk.post("/administration/rules/order", {"ids": ids}, headers={"Accept": "application/json"})
    assert answer.status_code == 204
    assert list(Rule.objects.of_kind("trigger").values_list("pk", flat=True)) == ids


def test_a_rule_is_switched_off_and_on(desk):
    rule = Rule.objects.of_kind("trigger").first()
    desk.post(f"/administration/rules/{rule.pk}/switch", {"on": "0"})
    rule.refresh_from_db()
    assert not rule.is_on
    desk.post(f"/administration/rules/{rule.pk}/switch", {"on": "1"})
    rule.refresh_from_db()
    assert rule.is_on


def test_word_lists_are_kept_a_word_a_line(desk):
    desk.post("/administration/rules/words/new", {"name-en": "Fruit", "words-en": "mango\npapaya, kiwi"})
    row = WordList.objects.get(names__en="Fruit")
    assert row.words == {"en": ["mango", "papaya", "kiwi"]}
    payment = WordList.objects.get(key="payment")
    desk.post(f"/administration/rules/words/{payment.pk}/removal")
    assert WordList.objects.filter(key="payment").exists()


def test_who_may_not_edit_rules_is_turned_away(client, ben):
    client.force_login(ben)
    assert client.get("/administration/rules/").status_code == 403


def test_the_list_costs_the_same_whatever_the_number_of_rules(desk, publish):
    def asked():
        # What the company decided is asked once after each change.
        desk.get("/administration/rules/macro")
        with CaptureQueriesContext(connection) as found:
            desk.get("/administration/rules/macro")
        return len(found)

    before = asked()
    for number in range(3):
        publish(
            f"More {number}",
            {},
            [{"do": "tags", "add": ["x"]}],
            kind="macro",
        )
    assert asked() == before


def test_what_is_gone_stands_where_it_stood():
    before, after = ["When: new", "If: mango", "Then: tag"], ["When: new", "If: papaya", "Then: tag"]
    said = [(" ", "When: new"), ("-", "If: mango"), ("+", "If: papaya"), (" ", "Then: tag")]
    assert difference(before, after) == said
