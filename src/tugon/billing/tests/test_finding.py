"""Lines as statements print them, and as people copy them, against the directory of the demo."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tugon.billing.finding import SURE, Entry, Index, Reason, distance, find
from tugon.billing.noise import core, without_personal
from tugon.demo.processors import PROCESSORS

NUMBER = {given.name: place for place, given in enumerate(PROCESSORS, start=1)}


def _entries() -> Index:
    entries = []
    for given_one in PROCESSORS:
        countries = frozenset(given_one.countries.split())
        rows = [(0, given_one.name), *enumerate((words for _kind, words in given_one.descriptors), start=1)]
        entries += [
            Entry(NUMBER[given_one.name], place, words, tuple(core(words)), countries)
            for place, words in rows
        ]
    return Index.of(entries)


DIRECTORY = _entries()

LINES = [
    # the line as it stands, and a beginning of it
    ("SINPAY*CREATOR 8005551212 MNL", "SinPay"),
    ("SINPAY*CREATOR 8005551212", "SinPay"),
    ("SNG*SINING MNL", "SinPay"),
    ("SNG*SINING", "SinPay"),
    ("SINPAY*MEMBERSH", "SinPay"),
    ("sinpay", "SinPay"),
    ("SINPAY*CREATO 800555121", "SinPay"),
    # dates, networks, amounts, places and words of banks around it
    ("POS PURCHASE 11/12 SINPAY*CREATOR 8005551212 MNL PH VISA 4417", "SinPay"),
    ("11/18/2026 RECURRING DEBIT SINPAY *MEMBERSHIP MANILA PHL PHP 249.00", "SinPay"),
    ("12NOV SINPAY*YEARLY MC PHP2,490.00", "SinPay"),
    ("VISA DEBIT PURCHASE CARD 1234 NGBILL.COM SINING 8665550144 NY US", "Northgate Billing"),
    ("PREAUTH PENDING NORTHGATE BILL*SNG REF# 99KX120", "Northgate Billing"),
    ("Nov 18, 2026 www.ngbill.com", "Northgate Billing"),
    ("INTL TXN FEE NGBILL.COM SIN", "Northgate Billing"),
    ("2026-11-02 LAKBAYWALLET SINING -249.00", "Lakbay Wallet"),
    ("LKBY WLT 2SINING TXN 20261102", "Lakbay Wallet"),
    ("Lakbay wallet payment", "Lakbay Wallet"),
    ("KUBO STORE*SINING APP SINGAPORE SG", "Kubo Store"),
    ("KUBOSTORE.COM/BILL 8555550166 SG", "Kubo Store"),
    ("CHECKCARD 1103 HALO.COM/BILL 866-555-0177 CA", "Halo Store"),
    ("HALO SERVICES*SINI", "Halo Store"),
    ("TINDAHANPAY*ARTSHOP MAKATI", "Tindahan Pay"),
    ("TNDHN PAY CREATOR ME", "Tindahan Pay"),
    ("OBRATIPS*CREATOR TIP QUEZON CITY PHL", "Obra Tips"),
    ("OBRA*TIP JAR", "Obra Tips"),
    ("AUTOPAY TALASUB STUDIO PLAN INV# 55120", "Tala Subscriptions"),
    ("TALA SUBSCRIPTIONS", "Tala Subscriptions"),
    ("MERIDIAN CS*SINING EU LUX", "Meridian Card Services"),
    ("MERIDIAN CS*SINING EU", "Meridian Card Services"),
    ("SULO GIFT*SINING 6TH AVE", "Sulo Prepaid"),
    ("SULOPREPAID CARD SH", "Sulo Prepaid"),
    ("PERLAS BT SINING PH 000123456", "Perlas Bank Transfer"),
    ("PBT-INSTA SINING ARTS 11/20", "Perlas Bank Transfer"),
    ("BAYANI PMT*SINING 1/2", "Bayani Payments"),
    ("BYNPAY SINING MEMB", "Bayani Payments"),
    # letters missing, swapped or wrong; no space, or too many
    ("SNPAY*CREATOR", "SinPay"),
    ("SINPAY CRETAOR 8005551212", "SinPay"),
    ("SIN PAY * CREATOR", "SinPay"),
    ("SINPAYCREATOR", "SinPay"),
    ("NORHTGATE BILL SNG", "Northgate Billing"),
    ("NORTGATE BILING", "Northgate Billing"),
    ("KUB0 STORE SINING APP", "Kubo Store"),
    ("tindahan pay", "Tindahan Pay"),
    ("TINDAHNPAY ARTSHOP", "Tindahan Pay"),
    ("OBRATIP CREATOR", "Obra Tips"),
    ("MERDIAN CARD SERVICE", "Meridian Card Services"),
    ("LAKBAYWALET SINNG", "Lakbay Wallet"),
    ("Sino po ang SINPAY*CREATOR?", "SinPay"),
    # others, whom we do not know
    ("NETFLIX.COM 8885550100 CA", None),
    ("GRABRIDE*A-1234 MNL", None),
    ("7-ELEVEN 0231 TAGUIG PH", None),
    ("MERALCO BILLS PAYMENT", None),
    ("PAYPAL *SPOTIFYAB 4029357733", None),
    ("PAYPAL *SIN 4029357733", None),
    ("SNG*PATRON CLUB", None),
    ("AMZN MKTP US*2K4LS", None),
    ("SM SUPERMARKET MAKATI", None),
    ("ATM WITHDRAWAL 11/20 PHP 5,000.00", None),
    ("INTEREST CHARGE", None),
    ("STUDIO 54 BAR MANILA", None),
    ("JOLLIBEE 0412 CEBU", None),
    ("HALOHALO HOUSE CEBU", None),
    ("SUNPOWER SOLAR", None),
    ("POS", None),
    ("249.00", None),
    ("", None),
]


@pytest.mark.parametrize(("line", "name"), LINES)
def test_a_line_of_a_statement_leads_to_who_printed_it(line: str, name: str | None) -> None:
    found = find(line, DIRECTORY)
    told = [(PROCESSORS[one.entry.processor_id - 1].name, one.score, one.entry.pattern) for one in found]
    if name is None:
        assert not told
    else:
        assert told, core(line)
        assert told[0][0] == name, told


def test_a_line_as_it_is_printed_is_sure_and_says_why() -> None:
    found = find("SINPAY*CREATOR 8005551212 MNL", DIRECTORY)[0]
    assert (found.score, found.reason) == (1.0, Reason.SAME)
    assert find("SINPAY*CREA", DIRECTORY)[0].reason == Reason.BEGINS
    assert find("SINPAY*CREA", DIRECTORY)[0].score >= SURE
    assert find("SNPAY*CRETOR", DIRECTORY)[0].reason == Reason.ALIKE


def test_a_processor_of_other_countries_comes_later() -> None:
    at_home = find("MERIDIAN CS*SINING", DIRECTORY, country="LU")[0].score
    abroad = find("MERIDIAN CS*SINING", DIRECTORY, country="ph")[0].score
    assert abroad < at_home


@given(some.text(max_size=300))
def test_whatever_is_pasted_is_answered(line: str) -> None:
    for one in find(line, DIRECTORY):
        assert 0 < one.score <= 1


@given(some.text("abcd", max_size=8), some.text("abcd", max_size=8))
def test_the_distance_is_one_of_a_kind(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


def test_numbers_of_cards_and_addresses_are_taken_out_of_what_is_kept() -> None:
    assert without_personal("SINPAY 4417 1234 5678 9113 x") == "SINPAY … x"
    assert without_personal("SINPAY 4417-1234-5678-9113") == "SINPAY …"
    assert without_personal("ana@mail.example SINPAY\n*CREATOR 4417") == "… SINPAY *CREATOR 4417"


def test_thousands_of_descriptors_are_searched_while_one_types() -> None:
    entries = [Entry(n, n, f"SHOP{n}", (f"SHOP{n:05}", "MARKET")) for n in range(5_000)]
    large = Index.of([*entries, *DIRECTORY.entries])
    begin = time.perf_counter()
    for line, _name in LINES[:20]:
        find(line, large)
    assert (time.perf_counter() - begin) / 20 < 0.08
