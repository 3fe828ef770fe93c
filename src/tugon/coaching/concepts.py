"""What words are about, across English and Filipino: a key for each, so that “give back” and “maibabalik” are one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from tugon.lib.filipino import root_of

from .reading import bare

_ALIKE = """
refund refunded reimburse reimbursement balik isauli soli return returned restore restored ibalik back
refund naibalik recover undo
pay paid payment payments bayad magbayad charge charged charges singil kaltas bill billed debit deduct
pay deducted nasingil siningil sisingilin
payout payouts withdraw withdrawal transfer sahod
cancel cancelled canceled cancellation cancelling kanselahin kansela ikansela magkansela unsubscribe stop
cancel quit ititigil itigil tigil
money pera amount halaga
price presyo magkano cost costs fee fees bayarin rate
change changed changing switch switched palit palitan papalitan pinalitan bago baguhin babaguhin modify
change update updated rename
delete deleted erase erased burahin binura buburahin remove removed tanggal alisin
discount discounts diskwento diskuwento promo sale voucher coupon
receipt receipts invoice invoices resibo
photo picture photos larawan litrato image
video videos movie film pelikula
name pangalan username
address adres tirahan
certificate certificates sertipiko
language wika
phone cellphone telepono mobile telephone
parcel package delivery deliver delivered padala shipment ship shipped shipping courier
arrive arrives arrived arriving dating darating dumating come comes reach reaches land
wrong mali error incorrect
open opened buksan bukas unlock binuksan
close closed sara isara
send sent sending padala ipadala magpadala pinadala resend
write written wrote sulat sumulat letter mail email mails emails
answer answered reply replied sagot sumagot respond
teacher teachers guro
student students estudyante
child children kid kids anak bata
free libre
month months monthly buwan buwanan
year years yearly taon taunan annual
week weekly weeks linggo lingguhan
day days araw daily
song songs music musika kanta awit
follower followers tagasunod
member members membership miyembro subscription subscribe plan
creator creators
question questions tanong
download downloads downloaded i-download offline
upload uploads uploaded i-upload
watch watching watched nood panoorin manood view
sign login log signin
device devices
ticket tickets
share shared ibahagi
keep kept itago tago store stored
move moved ilipat lipat migrate transfer
hide hidden itago
add added dagdag magdagdag idagdag
block blocked i-block
stream livestream live broadcast
recorded recording record
explain explained paliwanag ipaliwanag
"""
_KEYS = {word: line.split()[0] for line in _ALIKE.strip().split("\n") for word in line.split()}

_EMPTY = frozenset(
    """
a an the i you he she it we they me him her us them my your his its our their mine yours this that these those
is am are was were be been being do does did done have has had having will would can could shall should may
might must not no yes and or but if then so because as at by for from in into of off on onto out over to up
with about after before again also just only very really too still already there here what when where who whom
which why how whose much many more most some any all both each few other another one ones two please thanks
thank hello hi dear help know need want like get got getting make made take tell told say said see way thing
things something anything else good great okay ok ever even now today tomorrow yesterday time soon possible
able don't doesn't didn't can't won't isn't aren't i'm i've it's let ang ng nang mga sa na at ay po opo ho ko
mo niya namin natin ninyo nyo niyo nila ako ikaw ka kayo kami tayo sila siya ito iyan iyon yung yun yan iyong
ba pa lang din rin daw raw kasi kaya naman nga muna sana hindi di wala walang may meron mayroon kung pero para
pag kapag dahil o ni si kay kina ano anong kailan saan sino bakit paano paanong pano magkano ilan ilang alin
nasaan gaano hanggang puwede pwede pwedeng puwedeng maaari maaaring bang akin aking inyo inyong amin aming
kanila ulit uli noong nung mula lahat dito diyan doon nandito salamat pakiusap paki kailangan gusto alam
talaga siguro lagi palagi isa isang dalawa meron nangyari nangyayari ibig sabihin san kelan magandang araw
umaga hapon gabi kumusta isa mas kaysa than else well
""".split()  # noqa: SIM905  a text is easier to read than a list
)


@lru_cache(maxsize=20_000)
def concept(word: str) -> str:
    """The key of a lowered word; "" for words that are about nothing by themselves."""
    word = bare(word).strip("'-")
    if word in _EMPTY or len(word) < 2:
        return ""
    if word in _KEYS:
        return _KEYS[word]
    last = word.split("-")[-1]
    if last in _KEYS:
        return _KEYS[last]
    stem = _english(last)
    if stem in _KEYS:
        return _KEYS[stem]
    root = root_of(last)
    return _ROOTS.get(root) or (root if root != last and stem == last else stem)


def concepts(words: Iterable[str]) -> set[str]:
    """Of all words that are about something."""
    return {key for key in map(concept, words) if key}


def _english(word: str) -> str:
    for ending, least in (
        ("ations", 5),
        ("ation", 5),
        ("ings", 4),
        ("ing", 4),
        ("ies", 4),
        ("ied", 4),
        ("ed", 4),
        ("es", 4),
        ("s", 3),
        ("ly", 5),
        ("e", 4),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= least - 1 and not word.endswith("ss"):
            return _one_letter(word[: -len(ending)])
    return word


def _one_letter(stem: str) -> str:
    """stopped → stop, logged → log; choose and choos are one."""
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
        return stem[:-1]
    return stem.removesuffix("e")


_ROOTS = {root_of(word): key for word, key in _KEYS.items() if len(word) > 4}
