"""What readers think of the articles of the demo: how many come, what they vote, what they say."""

POPULAR = {
    "refund": 46.0, "cancel-membership": 41.0, "sign-in-problems": 38.0, "pay-by-gcash": 34.0, "unknown-charge": 27.0,
    "download-expired": 24.0, "payout-dates": 22.0, "buffering": 21.0, "something-went-wrong": 19.0,
    "charged-twice": 18.0, "sms-code-missing": 17.0, "tv-sign-in": 16.0, "card-declined": 15.0, "black-screen": 14.0,
    "start-a-page": 13.0, "two-accounts": 12.0, "verification": 11.0, "less-data": 10.0,
}  # fmt: skip
"""Views on a usual day, in English."""

POOR = {
    ("download-expired", "en"): 0.61, ("charged-twice", "en"): 0.66, ("payout-dates", "fil"): 0.44,
    ("session-expired", "fil"): 0.52, ("upload-requirements", "fil"): 0.5, ("api-limits", "en"): 0.63,
    ("buffering", "fil"): 0.7,
}  # fmt: skip
"""Share of helpful votes where it is low."""

REMARKS: tuple[tuple[str, str, bool, str], ...] = (
    # article, language, helpful, words; the oldest first
    ("cancel-membership", "en", True, "Two tiers! That was it. I had cancelled only one."),
    ("tv-sign-in", "en", True, "The VPN. Of course."),
    ("refund", "fil", True, "Malinaw po, nakuha ko agad."),
    ("upload-requirements", "en", False, "Please add settings for Premiere, not everybody uses ffmpeg."),
    ("download-expired", "en", False, "Why does the app not say that the 48 hours begin when I press play?"),
    ("payout-dates", "en", True, "Finally somebody explains UTC."),
    ("sms-code-missing", "fil", True, "Gumana yung email, salamat!"),
    ("charged-twice", "en", False, "My bank says “memo post”. Is that pending or posted?"),
    ("lost-phone", "en", True, "Back in within ten minutes, thank you."),
    ("buffering", "fil", False, "Saan po makikita ang check page? Hindi ko po mabuksan sa app."),
    ("pay-by-gcash", "fil", True, "Naghintay lang po ako ng 20 minuto, ayos na."),
    ("tax-documents", "en", False, "What about graduated rates above 3 million?"),
    ("card-declined", "en", True, "Overseas use was off in my bank app."),
    ("verification", "fil", False, "Tinatanggap po ba ang Postal ID?"),
    ("child-profile", "en", False, "I need a time limit on the TV, not on the phone."),
    (
        "session-expired",
        "fil",
        False,
        "Naka-VPN po ako at ganoon pa rin. Wala pong nakasulat tungkol sa VPN.",
    ),
    ("scam-messages", "fil", True, "Salamat, muntik na akong magpadala ng pera."),
    ("csv-import", "en", True, "The row about 0412 saved my morning."),
    (
        "payout-dates",
        "fil",
        False,
        "₱500 po ang nakasulat dito pero ₱1,000 ang hinihingi sa app. Alin po ang tama?",
    ),
    ("live-ticket", "en", True, "Ticket was in my other account."),
    ("download-expired", "en", False, "Renewing needs internet. I was on the plane when I read this."),
    ("api-limits", "en", False, "Does the limit count per key or per studio?"),
    ("unknown-charge", "en", False, "The amount was 99. Neither of your two prices."),
    ("upload-requirements", "fil", False, "8 GB po yata ang limit ngayon, hindi 4."),
    ("less-data", "fil", True, "Ang laki ng natipid ko, salamat po."),
    ("hacked", "en", True, "Calm and in the right order. Thank you."),
    ("refund", "en", False, "I paid by Apple and the link to the store is missing."),
    ("live-settings", "en", False, "Wala po bang Filipino nito?"),
    ("two-accounts", "fil", True, "Nandoon lang pala sa lumang account!"),
    ("charged-twice", "fil", False, "Limang araw na po at nandoon pa rin ang floating."),
)

DEALT_WITH = {
    True: ("Thanked.", "Passed on to who wrote it."),
    False: (
        "Added to the article.",
        "Asked the product team; answer is in the article.",
        "Is said elsewhere; linked.",
    ),
}

TICKETS = {
    "no-reset-mail": "reset-mail-missing", "hindi-makapasok": "sign-in-problems", "change-email": "change-email",
    "two-factor-lost": "lost-phone", "otp": "sms-code-missing", "tv-login": "tv-sign-in", "hacked": "hacked",
    "nawala-playlist": "two-accounts", "social-complaint": "two-accounts", "kids-profile": "child-profile",
    "black-screen": "black-screen", "buffering-evening": "buffering", "mabagal-na-video": "less-data",
    "chat-quick": "less-data", "casting": "casting-stops", "audio-quality": "audio-quality",
    "walang-tunog": "audio-quality", "no-se-oye": "audio-quality", "chat-outage": "something-went-wrong",
    "offline-expired": "download-expired", "di-ma-download": "download-stuck", "live-ticket": "live-ticket",
    "watch-party": "live-ticket", "gcash-failed": "pay-by-gcash", "bayad-hindi-pumasok": "pay-by-gcash",
    "card-declined": "card-declined", "call-billing": "unknown-charge", "gift": "gift-code",
    "cancel-refund": "refund", "refund-naman": "cancel-membership", "darse-de-baja": "cancel-membership",
    "ibalik-ang-bayad": "purchase-pin", "double-charge": "charged-twice", "cobro-duplicado": "charged-twice",
    "bank-refund-stuck": "refund-not-arrived", "impersonation": "scam-messages", "pekeng-account": "scam-messages",
    "harassment": "harassment", "self-harm": "harassment", "stolen-content": "report-copyright",
    "delete-account": "your-data", "data-export": "your-data", "paano-magsimula": "start-a-page",
    "verification": "verification", "tiers": "tiers-pricing", "upload-stuck": "upload-requirements",
    "live-quality": "live-settings", "payout-kelan": "payout-dates", "analytics-mismatch": "payout-dates",
    "payout-late": "payout-returned", "pago-estudio": "payout-returned", "pagbabago-ng-pangalan": "payout-returned",
    "tax-form": "tax-documents", "invoice-company": "tax-documents", "collab-page": "tax-documents",
    "studio-seats": "studio-seats", "sso": "single-sign-on", "bulk-metadata": "csv-import",
    "rights-window": "rights-windows", "api-limit": "api-limits",
}  # fmt: skip
"""Conversation → the article about the same matter."""
