"""Letters that a form wrote, or a person who follows its structure: a label, a colon and what was asked for."""

# Tables of words and letters read best one to a line.
# ruff: noqa: E501

import re

LABELS = {
    "username": ("username", "user name", "user", "account", "account name", "login", "pangalan ng user", "pangalan ng account", "account mo"),
    "name": ("name", "full name", "your name", "pangalan", "buong pangalan"),
    "email": ("email", "e-mail", "email address", "e-mail address", "your email", "email mo"),
    "phone": ("phone", "phone number", "mobile", "mobile number", "contact number", "telepono", "numero ng telepono"),
    "subject": ("subject", "topic", "paksa"),
    "where": ("where is the problem", "where is the issue", "where", "page", "product", "saan ang problema", "nasaan ang problema", "saan", "saan ang isyu"),
    "description": ("description", "describe the problem", "message", "details", "what happened", "paglalarawan", "deskripsyon", "detalye", "mensahe", "ano ang nangyari"),
    "order": ("order number", "order", "order no", "reference number", "numero ng order"),
    "category": ("category", "type of request", "kategorya", "uri ng kahilingan"),
    "expected": ("what did you expect", "expected", "ano ang inaasahan mo"),
}  # fmt: skip
_KEYS = {label: key for key, labels in LABELS.items() for label in labels}
_LINE = re.compile(r"^[\s*_>•-]{0,10}([^\W\d_][^:：\n]{1,40}?)[\s*_?]{0,4}[:：]\**[ \t]*(.*)$")
_MOST_LINES = 2_000


def fields(text: str) -> dict[str, str]:
    """The answers by `LABELS` key; empty unless two labels, one of them a description or a place, stand at line starts.

    A value goes on until the next label; the description to the end.
    """
    found: dict[str, list[str]] = {}
    current = ""
    for line in text.split("\n")[:_MOST_LINES]:
        match = _LINE.match(line[:300])
        key = _KEYS.get(match[1].strip(" *_?").casefold(), "") if match else ""
        if key and key not in found:
            current = key
            found[key] = [
                line[line.find("：" if "：" in line[:60] and ":" not in line[:60] else ":") + 1 :].strip(
                    " \t*"
                )
            ]
        elif current:
            found[current].append(line)
    answers = {key: "\n".join(lines).strip() for key, lines in found.items()}
    if len(answers) < 2 or not {"description", "where"} & set(answers):
        return {}
    return answers
