"""Whether a machine wrote, and whether a machine may answer (RFC 3834, RFC 5965; features.md §4.1).

Two questions, kept apart: `X-Auto-Response-Suppress` forbids us to answer and says nothing about who wrote.
"""

# Tables of words and recorded letters read best one to a line.
# ruff: noqa: E501

import re

from tugon.channels.email.parsing.headers import Headers
from tugon.channels.email.parsing.mime import Part
from tugon.channels.email.parsing.model import Automatic, Bounce

OWN_HEADER = "x-tugon-instance"

_NO_REPLY = re.compile(
    r"^(?:.{0,64}[._+-])?(?:no[._-]?reply|do[._-]?not[._-]?reply|ne[._-]?pas[._-]?repondre|nicht[._-]?antworten|no[._-]?responder|nao[._-]?responda|noreply\w{0,20})(?:[._+-].{0,64})?$",
    re.I,
)
_DAEMON = re.compile(
    r"^(?:mailer-?daemon|postmaster|mail-?daemon|listserv|majordomo|mdaemon|bounces?|owner-.{1,60}|.{1,60}-(?:owner|request|bounces?))(?:[+].{0,200})?$",
    re.I,
)
_AWAY = re.compile(
    r"out of (?:the )?office|away from (?:the |my )?office|on (?:annual |maternity |sick |parental )?leave|on vacation|on holiday|auto(?:matic)?[ -]?(?:reply|response)|autoreply|"
    r"automatische? (?:antwort|abwesenheit)|abwesenheit|nicht im (?:büro|haus)|réponse automatique|absence|absent du bureau|respuesta automática|fuera de (?:la )?oficina|ausente|"
    r"resposta automática|fora do escritório|ausência|risposta automatica|fuori ufficio|assenza|automatisch antwoord|afwezig|niet aanwezig|automatyczna odpowiedź|"
    r"odpowiedź automatyczna|poza biurem|nieobecno|autosvar|automatiskt svar|frånvar|automatisk svar|fravær|ikke på kontoret|automaattinen vastaus|poissa|lomalla|автоматический ответ|автоответ|"
    r"отсутств|автоматична відповідь|відсутн|自动回复|自動回覆|自动答复|外出|不在|自動返信|自動応答|자동 ?(?:회신|응답)|부재|wala sa opisina|awtomatikong tugon|naka-?leave|ooo\b",
    re.I,
)
_OUT = re.compile(
    r"out of|away|leave|vacation|holiday|abwesen|nicht im|absen|fuera|ausen|ausên|fora do|fuori|assenz|afwezig|poza|nieobecn|frånvar|fravær|poissa|lomalla|отсутств|відсутн|外出|不在|부재|wala sa|ooo\b",
    re.I,
)
_STATED = (
    r"(?:i am |i'm )?(?:currently )?out of (?:the )?office|ooo\s?[:\-–|]|ooo$|on vacation (?:until|from)|on (?:annual |maternity |parental )leave|away from (?:the |my )office|"
    r"auto(?:matic|mated)?[ -]?(?:reply|response|answer)|autoreply|autoresponse|vacation (?:reply|response|message|notice)|automatische? antwort|abwesenheits|abwesend\b|réponse automatique|absence du bureau|"
    r"absent du bureau|message d'absence|respuesta automática|respuesta automatica|fuera de (?:la )?oficina|resposta automática|fora do escritório|ausência (?:do|temporária)|risposta automatica|fuori ufficio|"
    r"automatisch antwoord|automatische reactie|afwezigheid|automatyczna odpowiedź|odpowiedź automatyczna|autoodpowiedź|poza biurem|autosvar|automatiskt svar|frånvaro|automatisk svar|automatisk besked|fraværs|"
    r"automaattinen vastaus|poissaoloviesti|автоматический ответ|автоответ|вне офиса|автоматична відповідь|自动回复|自動回覆|自动答复|自動返信|自動応答|不在通知|자동 ?회신|자동 ?응답|부재중|awtomatikong tugon|automatická odpověď|automatikus válasz|otomatik yanıt"
)
"""What a subject says only if a machine wrote it; "absence" alone may be a customer's trouble with an invoice."""
_AUTO_SUBJECT = re.compile(r"^\W{0,5}(?:(?:re|aw|sv|antw|odp|auto)\s?:\s?)?\W{0,5}(?:" + _STATED + ")", re.I)


def read(
    root: Part, *, subject: str, sender: str, bounce: Bounce | None, own: frozenset[str]
) -> Automatic | None:
    """Why this letter is a machine's; None for a person's. `own`: our addresses, in lower case."""
    head = root.headers
    if head.text(OWN_HEADER):
        return Automatic("own", "This installation sent it: it carries our own mark")
    if bounce is not None:
        return Automatic("bounce", "It reports that a letter was not delivered")
    report = root.type_parameters.get("report-type", "").lower()
    if root.type == "multipart/report" and report == "feedback-report":
        return Automatic("complaint", "A provider passes on that a person marked our letter as spam")
    if root.type == "multipart/report":
        return Automatic("auto-generated", f"It is a machine's report ({report or 'of no stated kind'})")
    if sender.lower() in own and sender:
        return Automatic("own", f"Its sender {sender} is one of our own addresses")
    return _by_headers(head, subject) or _by_sender(head, root, subject, sender)


def _by_headers(head: Headers, subject: str) -> Automatic | None:
    submitted = head.text("auto-submitted").lower().split(";")[0].split("(")[0].strip()
    away = _AWAY.search(subject) is not None
    if submitted and submitted != "no":
        if submitted.startswith("auto-replied"):
            return _reply(subject, "Auto-Submitted: auto-replied")
        return (
            _reply(subject, f"Auto-Submitted: {submitted}")
            if away
            else Automatic("auto-generated", f"Auto-Submitted: {submitted}")
        )
    for name in (
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-auto-reply",
        "x-autoreply-from",
        "x-mail-autoreply",
        "x-autogenerated-reply",
        "x-vacation",
    ):
        value = head.text(name)
        if (value or head.raw(name) is not None) and value.lower() not in ("no", "false", "0"):
            return _reply(subject, f"the header {name}")
    precedence = head.text("precedence").lower().strip()
    if precedence in ("auto_reply", "auto-reply") or head.text("x-precedence").lower().strip() in (
        "auto_reply",
        "auto-reply",
    ):
        return _reply(subject, "Precedence: auto_reply")
    if away and (
        precedence in ("bulk", "junk")
        or head.text("x-auto-response-suppress")
        or head.text("return-path").strip() == "<>"
    ):
        return _reply(subject, "its subject and headers")
    if (
        head.text("list-id")
        or head.text("list-post")
        or precedence == "list"
        or head.raw("x-mailing-list") is not None
    ):
        return Automatic(
            "list",
            f"It came through a mailing list ({head.text('list-id') or head.text('list-post') or 'Precedence: list'})",
        )
    if precedence in ("bulk", "junk") or head.text("x-precedence").lower().strip() in ("bulk", "junk"):
        return Automatic("bulk", f"Precedence: {precedence or head.text('x-precedence')}")
    if head.text("list-unsubscribe") or (head.text("feedback-id") and head.text("x-campaign-id")):
        return Automatic("bulk", "It carries List-Unsubscribe, as letters to many do")
    if head.raw("x-loop") is not None:
        return Automatic("auto-generated", "the header X-Loop")
    return None


def _by_sender(head: Headers, root: Part, subject: str, sender: str) -> Automatic | None:
    local = sender.partition("@")[0]
    path = head.raw("return-path")
    if path is not None and path.strip() == b"<>":
        return (
            _reply(subject, "an empty Return-Path")
            if _AWAY.search(subject)
            else Automatic("auto-generated", "Its Return-Path is empty, as only machines write")
        )
    if _AUTO_SUBJECT.match(subject):
        return _reply(subject, "its subject")
    if _NO_REPLY.match(local):
        return Automatic("auto-generated", f"Its sender {sender} takes no answers")
    if _DAEMON.match(local):
        return Automatic("auto-generated", f"Its sender {sender} is a mail server or a list")
    if root.type == "text/calendar" or (root.type_parameters.get("method") and "calendar" in root.type):
        return Automatic("calendar", "It is an answer or an invitation of a calendar")
    return None


def _reply(subject: str, why: str) -> Automatic:
    kind = "out-of-office" if _OUT.search(subject) else "auto-reply"
    return Automatic(kind, f"An automatic answer, by {why}")


def may_answer(root: Part, automatic: Automatic | None, *, sender: str) -> tuple[bool, str]:
    """Whether an automatic answer may go to the sender, and if not, why."""
    if automatic is not None:
        return False, automatic.why
    head = root.headers
    suppress = {word.strip().lower() for word in head.text("x-auto-response-suppress").split(",")} - {""}
    if suppress & {"all", "oof", "autoreply"}:
        listed = ", ".join(sorted(suppress))
        return False, f"The sender asks for no automatic answer (X-Auto-Response-Suppress: {listed})"
    if not sender or "@" not in sender:
        return False, "The letter has no sender to answer"
    return True, ""
