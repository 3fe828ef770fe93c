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
    simulate: Annotated[
        bool,
        typer.Option(
            "--simulate", help="Play a month on the demo in a minute, and tell which promises were kept."
        ),
    ] = False,
    tickets: Annotated[int, typer.Option(min=1, max=5000, help="Requests in the month to simulate.")] = 80,
    seed: Annotated[int, typer.Option(help="Another number plays another month.")] = 1,
) -> None:
    """Load the demo: a platform with members, creators and studios, 60 customers and 200 tickets.

    Examples:  tugon demo    tugon demo --reset    tugon demo --simulate --tickets 80
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
    if simulate:
        raise typer.Exit(_simulate(tickets, seed))
    for login in told["logins"]:
        typer.echo(f"{login['email']:<26} {login['password']}  {login['about']}")
    for line in told["try_first"]:
        typer.echo(f"- {line.replace('{address}', 'http://127.0.0.1:8000')}")


def _simulate(arrivals: int, seed: int) -> int:
    """Play the month and tell what it came to; 1 where the slow model disagrees."""
    import time

    from tugon.accounts.models import Team

    from .simulating import DAYS, simulate

    began = time.monotonic()
    with Telling(f"Playing {DAYS} days", steps=DAYS * 24) as told:
        outcome = simulate(arrivals=arrivals, seed=seed, told=told.step, says=told.says)
    names = dict(Team.objects.values_list("pk", "name"))
    typer.echo(
        f"{outcome.arrived} requests in {DAYS} days, played in {time.monotonic() - began:.0f} s and taken back."
    )
    for words, number in outcome.counted.items():
        typer.echo(f"  {words:<26}{number:>7}")
    for title, lines in (("By promise", outcome.kinds), ("By team", outcome.teams)):
        typer.echo(title)
        for line in sorted(lines, key=lambda one: str(one.key)):
            name = names.get(line.key, line.key) if isinstance(line.key, int) else line.key or "no team"
            typer.echo(
                f"  {name!s:<26}{line.month.rate or 0:>7.1%}  {line.month.kept} of {line.month.total} kept"
            )
    if outcome.disagreements:
        typer.echo(f"The slow model counts {len(outcome.disagreements)} promises differently:", err=True)
        for one in outcome.disagreements[:10]:
            typer.echo(f"  {one}", err=True)
        return 1
    typer.echo(
        f"The slow model counted every minute of {outcome.clocks} promises and agrees with all of them."
    )
    return 0


def _load_with_progress(load: Any) -> None:
    from .loading import is_loaded

    if is_loaded():
        return
    from .threads import threads

    with Telling("Loading the demo", steps=18 * len(threads())) as told:
        load(told=told.step, says=told.says)
