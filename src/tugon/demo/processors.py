"""Who charges in the name of Sining: twelve processors with what they print and how to reach them. All invented."""

from dataclasses import dataclass

HOURS = "Mon–Fri 08:00–20:00; Sat 09:00–17:00"
ALWAYS = "daily 00:00–24:00"
READY = (
    "The date and the amount of the charge\nThe last four digits of the card\nThe words on the statement",
    "Ang petsa at halaga ng singil\nAng huling apat na numero ng card\nAng nakasulat sa statement",
)
WALLET_READY = (
    "The reference number of the payment\nThe mobile number of the wallet",
    "Ang reference number ng bayad\nAng mobile number ng wallet",
)
STORE_READY = (
    "The receipt that the store sent by e-mail\nThe address you sign in to the store with",
    "Ang resibong ipinadala ng store sa e-mail\nAng address na gamit sa store",
)
OURS = (
    "Only we can refund a membership within {{ refund.window }}, change your plan, or say what it was for.",
    "Kami lang ang makakapag-refund sa loob ng {{ refund.window }}, magpapalit ng plan, o makakapagsabi kung ano ito.",
)
STORES = (
    "We cannot refund what a store charged: only the store can. We can close the membership on our side.",
    "Hindi namin mare-refund ang sinigil ng store: ang store lang ang makakagawa nito. Maisasara namin ang membership.",
)


@dataclass(frozen=True, slots=True)
class Given:
    """descriptors: (kind, as printed). routes: (kind, value, hours, zone, languages). can: of cancel, refund, receipt,
    update_card."""

    name: str
    about: tuple[str, str]
    can: str
    descriptors: tuple[tuple[str, str], ...]
    routes: tuple[tuple[str, str, str, str, str], ...]
    ready: tuple[str, str] = READY
    ours: tuple[str, str] = OURS
    countries: str = ""
    languages: str = "en fil"
    checked_days_ago: int = 40
    check_every: int = 180


PROCESSORS = (
    Given(
        "SinPay",
        ("Memberships and creators' pages, paid by card", "Membership at pahina ng creator, bayad sa card"),
        "receipt update_card",
        (
            ("card", "SINPAY*MEMBERSHIP 8005551212 MNL"),
            ("card", "SINPAY*CREATOR 8005551212 MNL"),
            ("card", "SINPAY*YEARLY 8005551212 MNL"),
            ("card", "SNG*SINING MNL"),
        ),
        (
            ("phone", "+63285550110", HOURS, "Asia/Manila", "en fil"),
            ("mail", "help@sinpay.example", "", "", "en fil"),
            ("chat", "https://sinpay.example/chat", ALWAYS, "Asia/Manila", "en"),
        ),
    ),
    Given(
        "Bayani Payments",
        ("Memberships paid in two parts", "Membership na hinuhulugan nang dalawang beses"),
        "receipt",
        (("card", "BYNPAY SINING MEMBERS"), ("card", "BAYANI PMT*SINING 2/2")),
        (
            ("phone", "+63285550121", "Mon–Fri 09:00–18:00", "Asia/Manila", "en fil"),
            ("form", "https://bayani-payments.example/charge", "", "", "en fil"),
        ),
        countries="PH",
    ),
    Given(
        "Lakbay Wallet",
        ("Payments from the Lakbay wallet", "Bayad mula sa Lakbay wallet"),
        "refund receipt",
        (("wallet", "LAKBAYWALLET SINING"), ("wallet", "LKBY WLT 2SINING")),
        (
            ("chat", "https://lakbay.example/help", ALWAYS, "Asia/Manila", "en fil"),
            ("phone", "+63285550133", ALWAYS, "Asia/Manila", "en fil"),
        ),
        ready=WALLET_READY,
        countries="PH",
    ),
    Given(
        "Northgate Billing",
        ("Memberships paid by card from other countries", "Membership na binayaran ng card mula sa ibang bansa"),
        "cancel receipt update_card",
        (("card", "NGBILL.COM SINING 8665550144"), ("card", "NORTHGATE BILL*SNG")),
        (
            ("phone", "+18665550144", "Mon–Fri 08:00–22:00; Sat, Sun 10:00–18:00", "America/New_York", "en es"),
            ("mail", "charge@northgate-billing.example", "", "", "en es fr"),
            ("web", "https://northgate-billing.example/find", "", "", "en es fr"),
        ),
        languages="en es fr",
    ),
    Given(
        "Perlas Bank Transfer",
        ("Memberships paid from a bank account", "Membership na binayaran mula sa bank account"),
        "receipt",
        (("bank", "PERLAS BT SINING PH"), ("bank", "PBT-INSTA SINING ARTS")),
        (
            ("phone", "+63285550155", "Mon–Fri 09:00–17:00", "Asia/Manila", "en fil"),
            ("mail", "transfers@perlas.example", "", "", "en fil"),
        ),
        countries="PH",
        checked_days_ago=72,
        check_every=60,
    ),
    Given(
        "Kubo Store",
        ("Memberships bought in the app on Kubo phones", "Membership na binili sa app sa mga Kubo na telepono"),
        "cancel refund receipt update_card",
        (("store", "KUBO STORE*SINING APP"), ("store", "KUBOSTORE.COM/BILL 8555550166 SG")),
        (("web", "https://kubostore.example/orders", "", "", "en fil"),),
        ready=STORE_READY,
        ours=STORES,
    ),
    Given(
        "Halo Store",
        ("Memberships bought in the app on Halo phones", "Membership na binili sa app sa mga Halo na telepono"),
        "cancel refund receipt update_card",
        (("store", "HALO.COM/BILL 8665550177 CA"), ("store", "HALO SERVICES*SINING")),
        (
            ("web", "https://halo.example/purchases", "", "", "en fil es"),
            ("phone", "+18665550177", ALWAYS, "America/Los_Angeles", "en es"),
        ),
        ready=STORE_READY,
        ours=STORES,
        languages="en fil es",
    ),
    Given(
        "Tindahan Pay",
        ("Prints, shirts and books of creators", "Mga print, damit at libro ng mga creator"),
        "refund receipt",
        (("card", "TINDAHANPAY*ARTSHOP"), ("card", "TNDHN PAY CREATOR MERCH")),
        (
            ("mail", "orders@tindahanpay.example", "", "", "en fil"),
            ("chat", "https://tindahanpay.example/chat", HOURS, "Asia/Manila", "en fil"),
        ),
        ours=("Only the creator can change an order.", "Ang creator lang ang makakapagbago ng order."),
    ),
    Given(
        "Obra Tips",
        ("Tips to creators", "Mga tip sa creator"),
        "receipt",
        (("card", "OBRATIPS*CREATOR TIP"), ("card", "OBRA*TIP JAR 8005550188")),
        (("mail", "hello@obratips.example", "", "", "en fil"),),
    ),
    Given(
        "Tala Subscriptions",
        ("Plans of studios, by invoice and card", "Mga plan ng studio, sa invoice at card"),
        "cancel receipt update_card",
        (("card", "TALASUB STUDIO PLAN"), ("bank", "TALA SUBSCRIPTIONS INV")),
        (
            ("phone", "+63285550199", "Mon–Fri 09:00–18:00", "Asia/Manila", "en fil"),
            ("mail", "studios@tala.example", "", "", "en"),
        ),
        checked_days_ago=70,
        check_every=75,
    ),
    Given(
        "Meridian Card Services",
        ("Memberships paid by card in Europe", "Membership na binayaran ng card sa Europa"),
        "cancel refund receipt",
        (("card", "MERIDIAN CS*SINING EU LUX"), ("card", "MCS-SINING.EXAMPLE")),
        (
            ("phone", "+35220600123", "Mon–Fri 09:00–18:00", "Europe/Luxembourg", "en fr de"),
            ("mail", "cards@meridian.example", "", "", "en fr de"),
        ),
        countries="LU FR DE BE NL ES IT IE",
        languages="en fr de",
    ),
    Given(
        "Sulo Prepaid",
        ("Gift cards and prepaid memberships", "Mga gift card at prepaid na membership"),
        "refund receipt",
        (("card", "SULO GIFT*SINING"), ("store", "SULOPREPAID CARD SHOP")),
        (("phone", "+63285550177", ALWAYS, "Asia/Manila", "en fil"),),
        checked_days_ago=65,
        check_every=60,
    ),
)  # fmt: skip
