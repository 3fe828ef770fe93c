"""How the help center of the demo is arranged. Articles name their section; see `articles/`."""

from dataclasses import dataclass

MEMBERS, CREATORS, STUDIOS = "members", "creators", "studios"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section: slug, titles and descriptions by language, and the agent who keeps it in order."""

    slug: str
    titles: dict[str, str]
    descriptions: dict[str, str]
    owner: str
    needs_review: bool = False
    demands_sources: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A category. audiences: for whom it is offered; none: everybody."""

    slug: str
    icon: str
    titles: dict[str, str]
    descriptions: dict[str, str]
    shelves: tuple[Shelf, ...]
    audiences: tuple[str, ...] = ()
    is_visible: bool = True


CHAPTERS = (
    Chapter(
        "account",
        "contact",
        {"en": "Account and sign-in", "fil": "Account at pag-sign in"},
        {"en": "Get in, stay in, and keep your profile in order",
         "fil": "Makapasok, manatiling naka-sign in, at ayusin ang profile"},
        (
            Shelf(
                "signing-in",
                {"en": "Signing in", "fil": "Pag-sign in"},
                {"en": "Passwords, codes and two-step sign-in", "fil": "Password, mga code at two-step sign-in"},
                "tomas",
            ),
            Shelf(
                "profile-and-family",
                {"en": "Profile and family", "fil": "Profile at pamilya"},
                {"en": "Addresses, second accounts, children", "fil": "Email, ikalawang account, mga bata"},
                "bea",
            ),
        ),
    ),
    Chapter(
        "watching",
        "video",
        {"en": "Watching and listening", "fil": "Panonood at pakikinig"},
        {"en": "Picture, sound, downloads, television and live shows",
         "fil": "Larawan, tunog, download, TV at mga live na palabas"},
        (
            Shelf(
                "playback",
                {"en": "Playback", "fil": "Pagpapatugtog"},
                {"en": "When picture or sound are not as they should be",
                 "fil": "Kapag may problema sa larawan o tunog"},
                "tomas",
            ),
            Shelf(
                "downloads-and-live",
                {"en": "Downloads, data and live", "fil": "Download, data at live"},
                {"en": "Watch offline, save data, join live shows",
                 "fil": "Manood nang offline, magtipid sa data, sumali sa live"},
                "bea",
            ),
        ),
        audiences=(MEMBERS,),
    ),
    Chapter(
        "payments",
        "wallet",
        {"en": "Payments and refunds", "fil": "Pagbabayad at refund"},
        {"en": "Paying, charges you do not know, cancelling, money back",
         "fil": "Pagbabayad, singil na hindi kilala, pagkansela, pagbabalik ng bayad"},
        (
            Shelf(
                "paying",
                {"en": "Paying", "fil": "Pagbabayad"},
                {"en": "GCash, cards, gifts and statements", "fil": "GCash, card, regalo at statement"},
                "carmela",
            ),
            Shelf(
                "refunds",
                {"en": "Cancelling and refunds", "fil": "Pagkansela at refund"},
                {"en": "Stop a renewal, get money back", "fil": "Ihinto ang renewal, ibalik ang bayad"},
                "carmela",
            ),
        ),
    ),
    Chapter(
        "creating",
        "star",
        {"en": "Your page and your work", "fil": "Ang pahina at gawa ninyo"},
        {"en": "For creators: begin, be verified, upload, go live",
         "fil": "Para sa mga gumagawa: magsimula, magpa-verify, mag-upload, mag-live"},
        (
            Shelf(
                "your-page",
                {"en": "Your page", "fil": "Ang pahina ninyo"},
                {"en": "Opening, verification and tiers", "fil": "Pagbubukas, verification at mga tier"},
                "joaquin",
            ),
            Shelf(
                "uploads-and-live",
                {"en": "Uploads and live", "fil": "Upload at live"},
                {"en": "Files that fit, streams that are sharp", "fil": "Tamang file, malinaw na stream"},
                "joaquin",
            ),
        ),
        audiences=(CREATORS, STUDIOS),
    ),
    Chapter(
        "earnings",
        "landmark",
        {"en": "Earnings and tax", "fil": "Kita at buwis"},
        {"en": "When money comes, why it may come back, and what the BIR wants",
         "fil": "Kailan darating ang pera, bakit ito bumabalik, at ang hinihingi ng BIR"},
        (
            Shelf(
                "payouts",
                {"en": "Payouts", "fil": "Payout"},
                {"en": "Days, minimum, returned transfers", "fil": "Araw, minimum, bumalik na transfer"},
                "joaquin",
            ),
            Shelf(
                "tax",
                {"en": "Tax and invoices", "fil": "Buwis at invoice"},
                {"en": "Form 2307, TIN and invoices", "fil": "Form 2307, TIN at invoice"},
                "carmela",
                demands_sources=True,
            ),
        ),
        audiences=(CREATORS, STUDIOS),
    ),
    Chapter(
        "studios",
        "building-2",
        {"en": "Studios", "fil": "Mga studio"},
        {"en": "People, catalogue and rights of a studio", "fil": "Mga tao, katalogo at karapatan ng studio"},
        (
            Shelf(
                "team-and-access",
                {"en": "Team and access", "fil": "Pangkat at access"},
                {"en": "Seats, roles, single sign-on", "fil": "Seat, role, single sign-on"},
                "rafael",
            ),
            Shelf(
                "catalogue",
                {"en": "Catalogue", "fil": "Katalogo"},
                {"en": "Import, rights windows, the API", "fil": "Import, rights window, ang API"},
                "joaquin",
            ),
        ),
        audiences=(STUDIOS,),
    ),
    Chapter(
        "safety",
        "shield",
        {"en": "Safety, rights and privacy", "fil": "Kaligtasan, karapatan at privacy"},
        {"en": "Scams, harassment, copied work, your data",
         "fil": "Scam, panggugulo, kinopyang gawa, data ninyo"},
        (
            Shelf(
                "staying-safe",
                {"en": "Staying safe", "fil": "Manatiling ligtas"},
                {"en": "Fraud, threats, foreign hands in your account",
                 "fil": "Panloloko, pananakot, ibang tao sa account ninyo"},
                "noor",
            ),
            Shelf(
                "privacy-and-rights",
                {"en": "Privacy and rights", "fil": "Privacy at karapatan"},
                {"en": "Your data and your work", "fil": "Ang data at gawa ninyo"},
                "noor",
                needs_review=True,
            ),
        ),
    ),
    Chapter(
        "agents",
        "life-buoy",
        {"en": "For our own team", "fil": "Para sa sariling pangkat"},
        {"en": "How we decide, and what we ask", "fil": "Paano tayo nagpapasya, at ano ang itinatanong natin"},
        (
            Shelf(
                "procedures",
                {"en": "Procedures", "fil": "Mga pamamaraan"},
                {"en": "Read by agents only", "fil": "Mga agent lang ang nakakabasa"},
                "amihan",
            ),
        ),
    ),
)  # fmt: skip
