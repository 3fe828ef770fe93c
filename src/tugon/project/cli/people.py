"""`tugon user`: agents, for whoever has a terminal and perhaps no password any more."""

from typing import Annotated, Any

import typer

app = typer.Typer(help="Create, invite, list, reset and disable agents.", no_args_is_help=True)
Email = Annotated[str, typer.Argument(help="The agent's e-mail address.")]


@app.command("list")
def list_agents() -> None:
    """List everybody who can sign in.

    Example:  tugon user list
    """
    with _ready():
        from rich.console import Console
        from rich.table import Table

        from tugon.accounts.models import Agent

        people = Agent.objects.prefetch_related("roles").order_by("name", "pk")
        table = Table("E-mail", "Name", "Roles", "Active", "Last seen", box=None)
        for agent in people:
            seen = agent.last_seen_at.strftime("%Y-%m-%d %H:%M") if agent.last_seen_at else "never"
            roles = ", ".join(str(role) for role in agent.roles.all())
            table.add_row(agent.email, agent.name, roles, "yes" if agent.is_active else "no", seen)
        # Whole, for copying into the next command; a narrow window breaks the lines.
        console = Console()
        whole = console.measure(table, options=console.options.update(max_width=500)).maximum
        Console(width=max(console.width, whole)).print(table)


@app.command()
def create(
    email: Email,
    name: Annotated[str, typer.Option(help="Full name.")],
    role: Annotated[str, typer.Option(help="administrator, lead, agent or collaborator.")] = "agent",
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
) -> None:
    """Create an agent with a password.

    Example:  tugon user create ana@example.com --name "Ana Reyes" --role administrator
    """
    with _ready():
        operations = _operations()
        agent = operations.create_agent(
            email=email, name=name, roles=[_role(role)], password=password, by=_us()
        )
        typer.echo(f"{agent.name} can now sign in as {agent.email}.")


@app.command()
def invite(
    email: Email,
    name: Annotated[str, typer.Option(help="Full name.")],
    role: Annotated[str, typer.Option(help="administrator, lead, agent or collaborator.")] = "agent",
) -> None:
    """Invite an agent by mail; they choose their own password.

    Example:  tugon user invite ben@example.com --name "Ben Cruz"
    """
    with _ready():
        _operations().invite(email=email, name=name, roles=[_role(role)], by=_us())
        typer.echo(f"An invitation is on its way to {email}.")


@app.command()
def reset(
    email: Email,
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="Also forget codes and passkeys.")
    ] = False,
) -> None:
    """Set a new password and end the agent's sessions.

    Examples:  tugon user reset ana@example.com    tugon user reset ana@example.com --second-factor
    """
    with _ready():
        agent = _operations().set_password(_agent(email), password=password, by=_us())
        if second_factor:
            _operations().forget_second_factor(agent, by=_us())
        typer.echo(f"{agent.email} has a new password; older sessions have ended.")


@app.command()
def disable(email: Email) -> None:
    """Take away an agent's access at once; their work stays.

    Example:  tugon user disable ben@example.com
    """
    with _ready():
        _operations().deactivate(_agent(email), by=_us())
        typer.echo(f"{email} can no longer sign in.")


def _ready() -> Any:
    from tugon.project.cli.ready import ready

    return ready()


def _operations() -> Any:
    from tugon.accounts import operations

    return operations


def _role(name: str) -> Any:
    from tugon.accounts import starting
    from tugon.accounts.models import Role

    starting.create_roles()
    role = Role.objects.filter(name__iexact=name).first()
    if role is None:
        known = ", ".join(Role.objects.values_list("name", flat=True))
        typer.echo(f"There is no role {name}. These are there: {known}.", err=True)
        raise typer.Exit(1)
    return role


def _us() -> Any:
    from tugon.events.actors import SYSTEM

    return SYSTEM


def _agent(email: str) -> Any:
    from tugon.accounts.models import Agent

    agent = Agent.objects.filter(email__iexact=email).first()
    if agent is None:
        typer.echo(f"Nobody signs in as {email}. `tugon user list` shows everybody.", err=True)
        raise typer.Exit(1)
    return agent
