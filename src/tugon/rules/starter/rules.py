# ruff: noqa: E501 - letters and names in two languages
"""The starter rules, in their order: key, kind, names, notes, definition, whether it begins switched on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Starter:
    key: str
    kind: str
    names: Words
    notes: Words
    definition: Mapping[str, Any]
    is_on: bool = True


def _leaf(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    return {"field": field, "is": operator} | ({} if value is None else {"value": value})


def _speaks_of(*lists: str) -> dict[str, Any]:
    return _leaf("message_lists", "any_of", sorted(lists))


_URGENT: dict[str, Any] = {"do": "set", "field": "priority", "value": 4, "at_least": True}
_HIGH: dict[str, Any] = {"do": "set", "field": "priority", "value": 3, "at_least": True}
_OURS = _leaf("status", "in", ["new", "open"])
_WAITING = _leaf("status", "in", ["waiting"])

PAYMENT_LETTER = {
    "en": (
        "{greeting}\n\nYour message about a payment has arrived; its number is {number}. It goes straight to our billing"
        " team, because they can see payments and refunds.\n\n{promise}\n\n{articles}\n\nTo help us find the payment, you"
        " can answer with the date, the amount and how you paid. Please never send a whole card number.\n\nYou can follow"
        " your request here:\n{link}\n\n{company}"
    ),
    "fil": (
        "{greeting}\n\nNatanggap na namin ang mensahe ninyo tungkol sa bayad; ang numero nito ay {number}. Diretso ito sa"
        " billing team namin, dahil sila ang nakakakita ng mga bayad at refund.\n\n{promise}\n\n{articles}\n\nPara"
        " mahanap agad namin ang bayad, maaari kayong sumagot ng petsa, halaga at kung paano kayo nagbayad. Huwag po"
        " kailanman ipadala ang buong numero ng card.\n\nMasusundan ninyo ang hiling dito:\n{link}\n\n{company}"
    ),
}
REMINDER = {
    "en": (
        "{greeting}\n\nWe are still waiting for your answer about “{subject}” ({number}). If it is solved, you need do"
        " nothing: we close it in a few days. If not, just answer this letter and we go on.\n\nYour request:\n{link}\n\n"
        "{company}"
    ),
    "fil": (
        "{greeting}\n\nHinihintay pa namin ang sagot ninyo tungkol sa “{subject}” ({number}). Kung ayos na, wala na kayong"
        " kailangang gawin: isasara namin ito sa loob ng ilang araw. Kung hindi pa, sagutin lang ang liham na ito at"
        " itutuloy namin.\n\nAng hiling ninyo:\n{link}\n\n{company}"
    ),
}

FILTERS: tuple[Starter, ...] = (
    Starter(
        "filter-out-of-office",
        "filter",
        {"en": "Out-of-office notes open nothing", "fil": "Walang bubuksan ang mga out-of-office"},
        {
            "en": "What a machine wrote in somebody's absence becomes a line in the ledger, not a request.",
            "fil": "Ang isinulat ng makina habang wala ang tao ay linya lang sa ledger, hindi hiling.",
        },
        {
            "conditions": {
                "all": [_leaf("who_wrote", "in", ["machine"])],
                "any": [
                    _leaf("subject", "contains", "out of office"),
                    _leaf("subject", "contains", "automatic reply"),
                    _leaf("subject", "contains", "wala sa opisina"),
                ],
            },
            "actions": [{"do": "ignore", "reason": "An out-of-office note"}],
        },
    ),
    Starter(
        "filter-sales",
        "filter",
        {"en": "Sales letters are tagged", "fil": "May tag ang mga liham na nag-aalok"},
        {
            "en": "Offers of marketing and search ranking get a tag and low priority, so that they wait for last.",
            "fil": "Ang mga alok ng marketing at SEO ay may tag at mababang priyoridad, kaya huli silang titingnan.",
        },
        {
            "conditions": {
                "all": [
                    _leaf(
                        "message_text",
                        "any_of",
                        [
                            "guest post*",
                            "backlink*",
                            "seo services",
                            "increase your traffic",
                            "link building",
                        ],
                    )
                ]
            },
            "actions": [
                {"do": "tags", "add": ["sales-letter"]},
                {"do": "set", "field": "priority", "value": 1},
            ],
        },
    ),
)

TRIGGERS: tuple[Starter, ...] = (
    Starter(
        "payment",
        "trigger",
        {"en": "Payment issue → Billing", "fil": "Problema sa bayad → Billing"},
        {
            "en": "Who writes about a payment reaches Billing at once, with an answer that brings the right articles.",
            "fil": "Ang sumulat tungkol sa bayad ay diretso sa Billing, may sagot na dala ang tamang mga artikulo.",
        },
        {
            "on": ["opened"],
            "conditions": {
                "all": [_speaks_of("payment")],
                "none": [_speaks_of("hacked"), _leaf("is_spam", "is", True)],
            },
            "actions": [
                {"do": "tags", "add": ["payment"]},
                {"do": "team", "team": "Billing"},
                {"do": "reply", "acknowledges": True, "texts": PAYMENT_LETTER},
            ],
        },
    ),
    Starter(
        "hacked",
        "trigger",
        {"en": "Account taken over → urgent", "fil": "Naagaw na account → apurahan"},
        {
            "en": "Somebody else may be in the account: every minute counts.",
            "fil": "Maaaring may ibang tao sa account: bawat minuto ay mahalaga.",
        },
        {
            "on": ["opened", "customer_wrote"],
            "conditions": {"all": [_speaks_of("hacked")]},
            "actions": [
                {**_URGENT, "why": "somebody else may be in the account"},
                {"do": "tags", "add": ["account-taken-over"]},
                {"do": "team", "team": "Trust and safety"},
                {"do": "notify", "who": ["leads"]},
            ],
        },
    ),
    Starter(
        "sign-in",
        "trigger",
        {"en": "Cannot sign in → Support", "fil": "Hindi makapasok → Support"},
        {
            "en": "Who is locked out cannot use anything else, so it does not wait behind questions.",
            "fil": "Ang hindi makapasok ay walang magagamit na iba, kaya hindi ito naghihintay sa likod ng mga tanong.",
        },
        {
            "on": ["opened"],
            "conditions": {"all": [_speaks_of("sign-in")], "none": [_speaks_of("hacked", "payment")]},
            "actions": [
                {"do": "tags", "add": ["sign-in"]},
                {"do": "team", "team": "Support"},
                {**_HIGH, "why": "the person is locked out"},
            ],
        },
    ),
    Starter(
        "privacy",
        "trigger",
        {"en": "Privacy request → Trust and safety", "fil": "Hiling sa privacy → Trust and safety"},
        {
            "en": "Requests about personal data have legal terms. They are tagged, so that none is overlooked.",
            "fil": "May takdang panahon sa batas ang mga hiling sa personal na datos. May tag ang mga ito para walang makaligtaan.",
        },
        {
            "on": ["opened", "customer_wrote"],
            "conditions": {"all": [_speaks_of("privacy")]},
            "actions": [
                {"do": "tags", "add": ["privacy-request"]},
                {"do": "team", "team": "Trust and safety"},
                {
                    "do": "note",
                    "text": "A request about personal data: confirm who asks before anything is sent or erased.",
                },
            ],
        },
    ),
    Starter(
        "abuse",
        "trigger",
        {"en": "Abuse or danger → Trust and safety", "fil": "Pang-aabuso o panganib → Trust and safety"},
        {
            "en": "Threats, fraud and stolen work are seen by people who are trained for them.",
            "fil": "Ang mga banta, panloloko at ninakaw na gawa ay titingnan ng mga sinanay para rito.",
        },
        {
            "on": ["opened"],
            "conditions": {"all": [_speaks_of("abuse")], "none": [_speaks_of("payment", "hacked")]},
            "actions": [
                {"do": "tags", "add": ["safety"]},
                {"do": "team", "team": "Trust and safety"},
                {**_HIGH, "why": "somebody may be in danger or harmed"},
            ],
        },
    ),
    Starter(
        "outage",
        "trigger",
        {"en": "Nothing works → urgent incident", "fil": "Walang gumagana → apurahang insidente"},
        {
            "en": "Words that many use when something is down for everybody.",
            "fil": "Mga salitang ginagamit kapag walang gumagana para sa lahat.",
        },
        {
            "on": ["opened"],
            "conditions": {"all": [_speaks_of("outage")]},
            "actions": [
                {**_URGENT, "why": "it reads as if nothing works for anybody"},
                {"do": "set", "field": "kind", "value": "incident"},
                {"do": "tags", "add": ["possible-outage"]},
                {"do": "notify", "who": ["leads"]},
            ],
        },
    ),
    Starter(
        "legal",
        "trigger",
        {"en": "Law and press are told to the lead", "fil": "Ipaaalam sa lead ang batas at media"},
        {
            "en": "A lawyer, an authority or a journalist writes: nobody answers alone.",
            "fil": "Sumulat ang abogado, awtoridad o mamamahayag: walang sasagot nang mag-isa.",
        },
        {
            "on": ["opened", "customer_wrote"],
            "conditions": {"all": [_speaks_of("legal")]},
            "actions": [{"do": "tags", "add": ["legal-or-press"]}, {"do": "notify", "who": ["leads"]}],
        },
    ),
    Starter(
        "valued-plan",
        "trigger",
        {"en": "Studio plans are raised", "fil": "Itinataas ang mga studio plan"},
        {
            "en": "Plans that were sold with faster help get it, and the ticket says why.",
            "fil": "Ang mga plan na ipinagbili nang may mas mabilis na tulong ay bibigyan nito, at sasabihin ng ticket kung bakit.",
        },
        {
            "on": ["opened"],
            "conditions": {"all": [_leaf("plan", "is_not_empty"), _leaf("organisation", "is_not_empty")]},
            "actions": [
                {**_HIGH, "why": "the plan includes faster help"},
                {"do": "tags", "add": ["valued-plan"]},
            ],
        },
    ),
    Starter(
        "repeat-contact",
        "trigger",
        {
            "en": "Third request in a week → told to the lead",
            "fil": "Ikatlong hiling sa isang linggo → sabihin sa lead",
        },
        {
            "en": "Who writes again and again was not helped yet.",
            "fil": "Ang paulit-ulit na sumusulat ay hindi pa natutulungan.",
        },
        {
            "on": ["opened"],
            "conditions": {"all": [_leaf("requests_in_7_days", "at_least", 3)]},
            "actions": [{"do": "tags", "add": ["repeat-contact"]}, {"do": "notify", "who": ["leads"]}],
        },
    ),
    Starter(
        "leaving",
        "trigger",
        {"en": "Thinking of leaving → tagged", "fil": "Gusto nang umalis → may tag"},
        {
            "en": "A kind word in time keeps people. The tag makes a list of those who may leave.",
            "fil": "Ang mabuting salita sa tamang oras ay nagpapanatili ng tao. Ang tag ay gumagawa ng listahan.",
        },
        {
            "on": ["opened", "customer_wrote"],
            "conditions": {"all": [_speaks_of("leaving")]},
            "actions": [{"do": "tags", "add": ["may-leave"]}],
        },
    ),
    Starter(
        "thanks",
        "trigger",
        {"en": "“Thank you” does not open it again", "fil": "Hindi na bubuksan ng “salamat”"},
        {
            "en": "A message that only says thanks leaves a solved request solved. Anything more opens it.",
            "fil": "Ang mensaheng puro pasasalamat ay iniiwang lutas ang hiling. Kapag may iba pa, bubuksan ito.",
        },
        {
            "on": ["customer_wrote"],
            "conditions": {
                "all": [_leaf("only_thanks", "is", True), _leaf("status", "in", ["solved", "closed"])]
            },
            "actions": [{"do": "stay"}],
        },
    ),
    Starter(
        "rejected",
        "trigger",
        {"en": "“Not solved” comes first", "fil": "Una ang “hindi pa lutas”"},
        {
            "en": "Who was told that it is solved, and it is not, waits no second time.",
            "fil": "Ang sinabihang lutas na ngunit hindi pa ay hindi na maghihintay muli.",
        },
        {
            "on": ["rejected"],
            "conditions": {},
            "actions": [
                {**_HIGH, "why": "the customer says that it is not solved"},
                {"do": "tags", "add": ["not-solved"]},
                {"do": "notify", "who": ["assignee"]},
            ],
        },
    ),
    Starter(
        "low-rating",
        "trigger",
        {"en": "A bad rating is told to the lead", "fil": "Sasabihin sa lead ang mababang marka"},
        {
            "en": "One or two stars: somebody should look, and perhaps write.",
            "fil": "Isa o dalawang bituin: dapat may tumingin, at marahil sumulat.",
        },
        {
            "on": ["rated"],
            "conditions": {"all": [_leaf("rating", "at_most", 2)]},
            "actions": [{"do": "tags", "add": ["low-rating"]}, {"do": "notify", "who": ["leads"]}],
        },
    ),
)

AUTOMATIONS: tuple[Starter, ...] = (
    Starter(
        "remind-customer",
        "automation",
        {
            "en": "Remind who has not answered for three business days",
            "fil": "Paalala sa hindi sumagot nang tatlong araw ng trabaho",
        },
        {
            "en": "Once for each time we wait; never to machines.",
            "fil": "Isang beses sa bawat paghihintay; hindi kailanman sa makina.",
        },
        {
            "every": 60,
            "once": "turn",
            "conditions": {
                "all": [
                    _WAITING,
                    _leaf("last_agent_at", "older_than", "3 days"),
                    _leaf("open_hours_since_answer", "at_least", 24),
                    _leaf("within_hours", "is", True),
                ],
                "none": [_leaf("tags", "any_of", ["no-reminder"])],
            },
            "actions": [{"do": "reply", "texts": REMINDER}, {"do": "tags", "add": ["reminded"]}],
        },
    ),
    Starter(
        "solve-silent",
        "automation",
        {
            "en": "Solve what nobody answered for seven days",
            "fil": "Lutasin ang hindi nasagot nang pitong araw",
        },
        {
            "en": "Only after the reminder. An answer opens it again, at any time.",
            "fil": "Pagkatapos lang ng paalala. Bubuksan itong muli ng sagot, kahit kailan.",
        },
        {
            "every": 60,
            "once": "turn",
            "conditions": {
                "all": [
                    _WAITING,
                    _leaf("last_agent_at", "older_than", "7 days"),
                    _leaf("tags", "any_of", ["reminded"]),
                ],
                "none": [_leaf("tags", "any_of", ["no-reminder"])],
            },
            "actions": [
                {"do": "tags", "remove": ["reminded"], "add": ["no-answer"]},
                {"do": "status", "status": "solved"},
            ],
        },
    ),
    Starter(
        "unassigned-day",
        "automation",
        {
            "en": "New for a day and nobody has it → the lead is told",
            "fil": "Isang araw na at walang may hawak → sabihin sa lead",
        },
        {
            "en": "Eight opening hours without anybody: something is stuck.",
            "fil": "Walong oras na bukas at walang may hawak: may nakabara.",
        },
        {
            "every": 15,
            "once": "ever",
            "conditions": {
                "all": [
                    _OURS,
                    _leaf("assignee", "in", ["nobody"]),
                    _leaf("created_at", "older_than", "8 hours"),
                    _leaf("open_hours_since_opened", "at_least", 8),
                    _leaf("first_response_at", "is_empty"),
                ]
            },
            "actions": [{"do": "notify", "who": ["leads"]}, {"do": "tags", "add": ["waited-a-day"]}],
        },
    ),
    Starter(
        "urgent-untouched",
        "automation",
        {
            "en": "Urgent and untouched for an hour → escalate",
            "fil": "Apurahan at isang oras nang walang gumalaw → i-escalate",
        },
        {
            "en": "An urgent request that nobody answered within an opening hour goes to the first level.",
            "fil": "Ang apurahang hiling na walang sumagot sa loob ng isang oras na bukas ay pupunta sa unang antas.",
        },
        {
            "every": 5,
            "once": "ever",
            "conditions": {
                "all": [
                    _OURS,
                    _leaf("priority", "in", [4]),
                    _leaf("first_response_at", "is_empty"),
                    _leaf("created_at", "older_than", "1 hours"),
                    _leaf("open_hours_since_opened", "at_least", 1),
                ]
            },
            "actions": [
                {
                    "do": "escalate",
                    "level": "1",
                    "reason": "urgent, and nobody answered within an opening hour",
                },
                {"do": "notify", "who": ["assignee", "leads"]},
            ],
        },
    ),
    Starter(
        "held-long",
        "automation",
        {"en": "On hold for two weeks → look again", "fil": "Dalawang linggong nakabinbin → tingnan muli"},
        {
            "en": "What waits for others is not forgotten: who has it is told.",
            "fil": "Hindi nakakalimutan ang naghihintay sa iba: sasabihin sa may hawak.",
        },
        {
            "every": 1440,
            "once": "turn",
            "conditions": {
                "all": [
                    _leaf("status", "in", ["hold"]),
                    _leaf("updated_at", "older_than", "14 days"),
                    _leaf("snoozed_until", "is_empty"),
                ]
            },
            "actions": [{"do": "notify", "who": ["assignee", "leads"]}],
        },
    ),
)

MACROS: tuple[Starter, ...] = (
    Starter(
        "macro-take",
        "macro",
        {"en": "Take it and say hello", "fil": "Kunin at bumati"},
        {
            "en": "Assigns it to you, opens it and puts a greeting into the answer.",
            "fil": "Ibibigay sa inyo, bubuksan at maglalagay ng bati sa sagot.",
        },
        {
            "conditions": {},
            "actions": [
                {"do": "agent", "agent": "me"},
                {"do": "status", "status": "open"},
                {
                    "do": "text",
                    "texts": {
                        "en": "{greeting}\n\nThank you for writing. I am looking into this now and will tell you what I find.",
                        "fil": "{greeting}\n\nSalamat sa pagsulat. Tinitingnan ko na ito ngayon at sasabihin ko kung ano ang makita ko.",
                    },
                },
            ],
        },
    ),
    Starter(
        "macro-ask-device",
        "macro",
        {"en": "Ask which device and browser", "fil": "Itanong ang device at browser"},
        {
            "en": "Puts the question into the answer and tags the request.",
            "fil": "Ilalagay ang tanong sa sagot at lalagyan ng tag ang hiling.",
        },
        {
            "conditions": {},
            "actions": [
                {"do": "tags", "add": ["asked-device"]},
                {
                    "do": "text",
                    "texts": {
                        "en": (
                            "So that we can see what you see, please tell us:\n\n1. Which phone, tablet or computer do you"
                            " use?\n2. Which browser, or which version of the app?\n3. What exactly do you see? A picture of"
                            " the screen helps most."
                        ),
                        "fil": (
                            "Para makita namin ang nakikita ninyo, pakisabi po:\n\n1. Anong phone, tablet o computer ang"
                            " gamit ninyo?\n2. Anong browser, o anong bersyon ng app?\n3. Ano mismo ang nakikita ninyo?"
                            " Pinakamalaking tulong ang larawan ng screen."
                        ),
                    },
                },
            ],
        },
    ),
    Starter(
        "macro-not-ours",
        "macro",
        {"en": "Spam: away with it", "fil": "Spam: alisin"},
        {
            "en": "Marks it as spam and tags it. It can be taken back.",
            "fil": "Mamarkahang spam at lalagyan ng tag. Maaari itong bawiin.",
        },
        {"conditions": {}, "actions": [{"do": "tags", "add": ["spam-by-hand"]}, {"do": "spam"}]},
    ),
    Starter(
        "macro-to-billing",
        "macro",
        {"en": "Hand over to Billing", "fil": "Ipasa sa Billing"},
        {
            "en": "Moves it to Billing with a note that asks to check the payment.",
            "fil": "Ililipat sa Billing na may notang tingnan ang bayad.",
        },
        {
            "conditions": {},
            "actions": [
                {
                    "do": "note",
                    "text": "Please check the payment: date, amount and processor are in the messages above.",
                },
                {"do": "tags", "add": ["payment"]},
                {"do": "team", "team": "Billing"},
            ],
        },
    ),
)

STARTERS = (*FILTERS, *TRIGGERS, *AUTOMATIONS, *MACROS)
