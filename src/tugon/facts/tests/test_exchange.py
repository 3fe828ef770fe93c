import pytest

from tugon.accounts.models import Agent
from tugon.facts import exchange, operations
from tugon.facts.errors import FactTableInvalid
from tugon.facts.kinds import Kind
from tugon.facts.models import Fact
from tugon.facts.referencing import render
from tugon.lib.errors import NotAllowed

TABLE = """key,kind,unit,value,owner,context_en,words_fil
refund.window,duration,day,14,lea@company.example,"+refund, money back",
fee.creator,percent,,12,,,
refund,duration,day,14,,,
fee.studio,percent,,lots,,,
price.month,colour,,12,,,
payout.day,text,,every Friday,nobody@company.example,,
payout.weekday,text,,every Friday,,,tuwing Biyernes
"""


def test_good_lines_are_taken_and_bad_ones_told_by_their_number(lea: Agent) -> None:
    taken = exchange.take(TABLE.encode(), by=lea.actor)
    assert (taken.made, [number for number, _cells, _why in taken.bad]) == (3, [4, 5, 6, 7])
    assert set(Fact.objects.values_list("key", flat=True)) == {
        "refund.window",
        "fee.creator",
        "payout.weekday",
    }
    assert render("{{ refund.window }} {{ payout.weekday }}", "fil") == "14 na araw tuwing Biyernes"
    window = Fact.objects.get(key="refund.window")
    assert (window.owner, window.context_words) == (lea, {"en": ["+refund", "money back"]})
    rest = exchange.bad_lines(taken)
    assert "lots" in rest
    assert "nobody@company.example" in rest


def test_a_table_that_was_exported_changes_nothing_when_it_comes_back(lea: Agent) -> None:
    exchange.take(TABLE.encode(), by=lea.actor)
    table = exchange.export()
    taken = exchange.take(table.encode(), by=lea.actor)
    assert (taken.made, taken.changed, taken.same, taken.bad) == (0, 0, 3, [])
    assert exchange.export() == table


def test_a_changed_line_changes_its_fact(lea: Agent) -> None:
    exchange.take(TABLE.encode(), by=lea.actor)
    taken = exchange.take(b"key;kind;value\nrefund.window;duration;21 days\n", by=lea.actor)
    assert taken.changed == 1
    assert render("{{ refund.window }}", "en") == "21 days"
    assert Fact.objects.get(key="refund.window").owner == lea


def test_the_kind_of_a_fact_stays(lea: Agent) -> None:
    operations.create(key="refund.window", kind=Kind.DURATION, unit="day", by=lea.actor)
    taken = exchange.take(b"key,kind,value\nrefund.window,text,soon\n", by=lea.actor)
    assert len(taken.bad) == 1


def test_a_file_that_is_no_table_is_refused_in_words(lea: Agent, ben: Agent) -> None:
    with pytest.raises(FactTableInvalid) as refusal:
        exchange.take(b"name\nx\n", by=lea.actor)
    assert "key" in refusal.value.message
    with pytest.raises(NotAllowed):
        exchange.take(TABLE.encode(), by=ben.actor)
