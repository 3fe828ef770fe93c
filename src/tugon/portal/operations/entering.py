"""Signing in by a letter. Who types an address gets nothing but that letter; only who reads it gets further."""

import secrets as random
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from tugon.customers import operations as customers
from tugon.customers.models import ContactPoint, Customer
from tugon.lib.clock import now

from .. import proofs
from ..errors import CodeSpent, CodeWrong, LinkSpent, TooManySignIns
from ..models import SignIn

LASTS = timedelta(minutes=30)
MOST_WRONG_CODES = 5
PER_ADDRESS, PER_ADDRESS_AND_CLIENT = 15, 5
"""Letters one address gets in a day at most, and of those asked for by one client: who asks in somebody's name uses up
only a part of theirs. With five tries each, a code is guessed once in 13,000 days.
"""
PER_CLIENT = 10
"""Letters somebody may ask for in ten minutes."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is remembered in the browser that asked. `sign_in_id` is None where no letter leaves any more."""

    address: str
    sign_in_id: int | None


@transaction.atomic
def ask_to_sign_in(address: str, *, client: str = "", language: str = "") -> Asked:
    """Have a letter sent to the address, whether or not anybody is known by it: the answer is always the same.

    client: `intake.forms.client_hash`. An address that got many letters lately gets no more for a while, silently.
    Raises TooManySignIns when somebody asks for very many.
    """
    from ..tasks import send_sign_in

    address, moment = address.strip().lower()[:320], now()
    if client and _lately(Q(client=client), moment - timedelta(minutes=10)) >= PER_CLIENT:
        raise TooManySignIns
    day = moment - timedelta(days=1)
    to_them = _lately(Q(address=address), day), _lately(Q(address=address, client=client[:64]), day)
    if to_them[0] >= PER_ADDRESS or to_them[1] >= PER_ADDRESS_AND_CLIENT:
        return Asked(address, None)
    row = SignIn.objects.create(
        address=address, nonce=random.token_hex(16), client=client[:64], language=language, asked_at=moment
    )
    send_sign_in.defer(sign_in_id=row.pk)
    return Asked(address, row.pk)


@transaction.atomic
def redeem_link(token: str) -> Customer:
    """Use up the letter's link. Returns the customer whose address it proved. Raises LinkSpent."""
    row = _locked(proofs.claimed_id(token))
    if row is None or not proofs.is_token(token, row.pk, row.nonce) or not is_usable(row):
        raise LinkSpent
    return _use(row)


def redeem_code(sign_in_id: int | None, code: str) -> Customer:
    """Use up the letter's code, in the browser that asked for it. Raises CodeWrong, CodeSpent."""
    digits = "".join(str(int(letter)) for letter in code if letter.isdecimal())
    with transaction.atomic():
        row = _locked(sign_in_id)
        if row is None or not is_usable(row) or row.wrong_codes >= MOST_WRONG_CODES:
            raise CodeSpent
        if random.compare_digest(proofs.code(row.pk, row.nonce), digits):
            return _use(row)
        row.wrong_codes += 1
        row.save(update_fields=["wrong_codes"])
    # Outside, so that the count of wrong codes stands.
    raise CodeWrong if row.wrong_codes < MOST_WRONG_CODES else CodeSpent


def find_link(token: str) -> SignIn | None:
    """The usable row behind a link, or None. Changes nothing: mail scanners fetch every link. One query."""
    pk = proofs.claimed_id(token)
    row = SignIn.objects.filter(pk=pk).first() if pk else None
    return row if row and proofs.is_token(token, row.pk, row.nonce) and is_usable(row) else None


def prove(address: str) -> Customer | None:
    """Whoever reads this address's mail is here: its customer, after joining what was only claimed for it.

    A claim whose customer can be reached by anything else is left alone: joining it would hand this one's history to
    whoever is behind that. None where nobody ever used the address.
    """
    points = ContactPoint.objects.of_address(address).filter(
        customer__merged_into=None, customer__erased_at=None
    )
    holder = points.verified().select_related("customer").first()
    claims = points.filter(verified_at=None, customer__blocked_at=None).exclude(
        customer__in=points.verified().values("customer")
    )
    lone = claims.annotate(ways=Count("customer__contact_points")).filter(ways=1).order_by("pk").first()
    if lone is not None:
        return customers.verify(lone)  # joins it, and every other lone claim, with the holder
    if holder is not None:
        return holder.customer
    return customers.identify_sender(address) if points.exists() else None


def is_usable(row: SignIn) -> bool:
    """Neither used nor too old."""
    return row.used_at is None and row.asked_at > now() - LASTS


def forget_old_sign_ins() -> int:
    """Remove rows that neither sign anybody in nor count against a limit any more. Returns how many."""
    deleted, _by_model = SignIn.objects.filter(asked_at__lt=now() - timedelta(days=2)).delete()
    return deleted


def masked(address: str) -> str:
    """An address told to somebody who may not know it: "a•••@mail.example"."""
    local, _at, domain = address.partition("@")
    return f"{local[:1]}•••@{domain}"


def _use(row: SignIn) -> Customer:
    customer = prove(row.address)
    if customer is None:
        raise LinkSpent
    row.used_at = now()
    row.save(update_fields=["used_at"])
    # A letter asked for earlier is void too: whoever finds it later gets nothing.
    SignIn.objects.filter(address=row.address, used_at=None).update(used_at=row.used_at)
    return customer


def _locked(pk: int | None) -> SignIn | None:
    return SignIn.objects.select_for_update().filter(pk=pk).first() if pk else None


def _lately(whose: Q, since: datetime) -> int:
    return SignIn.objects.filter(whose, asked_at__gte=since).count()
