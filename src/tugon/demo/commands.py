"""`tugon demo`, and what `tugon up --demo` calls."""

from typing import Annotated, Any

import typer

from tugon.lib.telling import Telling

from .house import AGENTS, DOMAIN, PASSWORD

app = typer.Typer(name="demo", add_completion=False, pretty_exceptions_enable=False,
                  context_settings={"help_option_names": ["-h", "--help"]})  # fmt: skip

SHOWN = {
    "amihan": "administrator",
    "rafael": "leads Creator success",
    "tomas": "agent of Support and Billing",
    "bea": "agent, works in Filipino",
    "kiko": "collaborator: reads and writes notes",
}
TRY_FIRST = [
    "Sign in at {address}/console/ as tomas and answer the ticket on top of “Unassigned”.",
    "See the letter that left, and answer it as the customer: {address}/demo/mail/",
    "Ask for help as a member: {address}/",
    "Search for “refund”, open two browsers side by side, press ? for the keys.",
]


def prepare() -> dict[str, Any]:
    """Load the demo if it is not there. Returns the logins and what to try first; safe to repeat."""
    from .loading import OtherDataHere, load

    try:
        _load_with_progress(load)
    except OtherDataHere:
        return {
            "logins": [],
            "try_first": [
                "This Tugon has data of its own, so the demo was left out. Open {address}/console/"
            ],
        }
    logins = [
        {"email": f"{local}@{DOMAIN}", "password": PASSWORD, "about": SHOWN[local]}
        for local, *_rest in AGENTS
        if local in SHOWN
    ]
    return {"logins": logins, "try_first": TRY_FIRST}


@app.command()
def demo(
    reset: Annotated[
        bool, typer.Option("--reset", help="Take all data away first and load the demo anew.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Load the demo: a platform with members, creators and studios, 60 customers and 200 tickets.

    Examples:  tugon demo    tugon demo --reset
    """
    from .loading import OtherDataHere, unload

    if reset:
        if not yes:
            typer.confirm(
                "This deletes everything in this Tugon, and what was changed in the demo. Go on?", abort=True
            )
        try:
            unload()
        except OtherDataHere:
            typer.echo("No demo is loaded here, so nothing was deleted.", err=True)
            raise typer.Exit(1) from None
    told = prepare()
    for login in told["logins"]:
        typer.echo(f"{login['email']:<26} {login['password']}  {login['about']}")
    for line in told["try_first"]:
        typer.echo(f"- {line.replace('{address}', 'http://127.0.0.1:8000')}")


def _load_with_progress(load: Any) -> None:
    from .loading import is_loaded

    if is_loaded():
        return
    from .threads import threads

    with Telling("Loading the demo", steps=18 * len(threads())) as told:
        load(told=told.step, says=told.says)
