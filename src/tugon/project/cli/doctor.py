"""`tugon doctor` at the terminal."""

import dataclasses
import json

import typer

from tugon.project.cli.ready import load_django, ready

SIGNS = {"good": "[green]✓[/]", "warning": "[yellow]![/]", "problem": "[red]✗[/]"}


def run(*, as_json: bool) -> int:
    """The exit code: 1 if there is a problem, 0 if there are at most warnings."""
    from tugon.database.embedded import DatabaseUnavailable

    try:
        with ready():
            return _report(as_json)
    except DatabaseUnavailable as error:
        finding = {
            "check": "database",
            "verdict": "problem",
            "words": str(error),
            "advice": "See docs/operations.",
        }
        typer.echo(json.dumps([finding], indent=1) if as_json else f"✗ database: {error}")
        return 1


def _report(as_json: bool) -> int:
    load_django()
    from rich.console import Console

    from tugon.project.health import Verdict, examine

    found = []
    console = Console(highlight=False, soft_wrap=True)
    for finding in examine():
        found.append(finding)
        if not as_json:
            console.print(f"{SIGNS[finding.verdict]} {finding.check}: ", end="")
            console.print(finding.words, markup=False)
            if finding.advice:
                console.print(f"    → {finding.advice}", markup=False)
    if as_json:
        typer.echo(json.dumps([dataclasses.asdict(finding) for finding in found], indent=1))
    problems = sum(finding.verdict is Verdict.PROBLEM for finding in found)
    warnings = sum(finding.verdict is Verdict.WARNING for finding in found)
    if not as_json:
        console.print(
            f"\n{problems} problems, {warnings} warnings." if problems or warnings else "\nAll is well."
        )
    return 1 if problems else 0
