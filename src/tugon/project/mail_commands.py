"""`tugon mail …`: the transports of mail, joined here to the intake that keeps what they bring."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from tugon.channels.email import commands as parsing

if TYPE_CHECKING:
    from tugon.channels.email.arrivals import Arrival
    from tugon.channels.email.lmtp import LmtpServer

app = typer.Typer(
    name="mail",
    help="Receive, fetch, parse and serve mail.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.registered_commands += parsing.app.registered_commands


def keep(arrival: "Arrival") -> object:
    """The sink of every transport: the intake keeps the letter and commits."""
    from tugon.intake.operations import receive

    return receive(arrival)


@app.command()
def receive(
    mailbox: Annotated[str, typer.Option(help="The mailbox it is for; else its headers tell.")] = "",
    sender: Annotated[str, typer.Option(envvar="SENDER", help="The envelope sender, where known.")] = "",
) -> None:
    """Keep one letter from standard input. Exit codes: 0 kept, 75 try again later, 67 no such mailbox, 64 no letter.

    Examples:  tugon mail receive < letter.eml    tugon mail receive --mailbox support@example.org
    """
    from tugon.channels.email.pipe import receive as kept

    code, words = kept(sys.stdin.buffer.read(), recipient=mailbox, sender=sender, sink=keep)
    if words:
        typer.echo(words, err=True)
    raise typer.Exit(code)


@app.command()
def fetch(
    once: Annotated[bool, typer.Option("--once", help="Look once into every mailbox, then end.")] = False,
) -> None:
    """Fetch mail from every mailbox with an IMAP server, now and as it arrives.

    Examples:  tugon mail fetch --once    tugon mail fetch
    """
    if once:
        raise typer.Exit(_fetch_once())
    _run(lmtp=False)


@app.command()
def serve() -> None:
    """Fetch mail as it arrives and receive it by LMTP, until told to stop. `tugon up` runs this.

    Example:  tugon mail serve
    """
    _run(lmtp=True)


@app.command()
def test(
    address: Annotated[str, typer.Argument(help="A mailbox's address; all of them if left out.")] = "",
    send: Annotated[bool, typer.Option(help="Also send a letter to itself and see it arrive.")] = True,
) -> None:
    """Try a mailbox in both directions and say what is wrong. Exit code 1 if something is.

    Examples:  tugon mail test    tugon mail test support@example.org --no-send
    """
    from tugon.channels.email.testing import check
    from tugon.channels.models import Mailbox

    mailboxes = [one for one in Mailbox.objects.working() if not address or address.lower() in one.addresses]
    if not mailboxes:
        typer.echo(f"There is no mailbox {address}." if address else "No mailbox is set up yet.", err=True)
        raise typer.Exit(1)
    fine = True
    for mailbox in mailboxes:
        typer.echo(mailbox.address)
        for step in check(mailbox, sends=send):
            fine = fine and step.ok
            typer.echo(f"  {'✓' if step.ok else '✗'} {step.name}: {step.words}")
    raise typer.Exit(0 if fine else 1)


def _fetch_once() -> int:
    from tugon.channels.email.errors import MailboxTrouble
    from tugon.channels.email.imap import fetch as fetch_mailbox
    from tugon.channels.models import Mailbox

    code = 0
    for mailbox in Mailbox.objects.fetched():
        try:
            kept = fetch_mailbox(mailbox, keep)
        except MailboxTrouble as trouble:
            typer.echo(f"{mailbox.address}: {trouble.message}", err=True)
            code = 1
        else:
            typer.echo(
                f"{mailbox.address}: {'another process reads it' if kept is None else f'{kept} letters'}"
            )
    return code


def _run(*, lmtp: bool) -> None:
    from tugon.channels.email.watching import watch

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    server = _listening() if lmtp else None
    with _demo_listening() if lmtp else contextlib.nullcontext():
        watch(keep, stop)
    if server is not None:
        server.stop()


@contextlib.contextmanager
def _demo_listening() -> Iterator[None]:
    """Where the demo is loaded, its own SMTP server for any mail program on this machine."""
    from tugon.demo.listening import HOST, end, listen

    server = listen(keep)
    if server is not None:
        typer.echo(
            f"The demo takes mail by SMTP on {HOST}:{server.port}, for example for support@sining.example."
        )
    try:
        yield
    finally:
        if server is not None:
            end(server)


def _listening() -> "LmtpServer | None":
    """The LMTP server, or None where it is switched off or its place is taken: fetching goes on in any case."""
    from django.conf import settings

    from tugon.channels.email.lmtp import LmtpServer

    if not settings.LMTP_LISTEN:
        return None
    server = LmtpServer(settings.LMTP_LISTEN, keep)
    try:
        server.start()
    except OSError as error:
        typer.echo(
            f"LMTP is not available on {settings.LMTP_LISTEN}: {error}. Set TUGON_LMTP elsewhere.", err=True
        )
        return None
    return server
