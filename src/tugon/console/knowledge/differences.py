"""Of a comparison, what an editor wants to see first: the lines that changed and what is beside them. Pure."""

from collections.abc import Sequence

from tugon.helpcenter.comparing import Line, State


def folded(lines: Sequence[Line], around: int = 1) -> list[Line | None]:
    """Only what changed and `around` lines beside it; None stands for what is left out."""
    near = {
        place + offset
        for place, line in enumerate(lines)
        if line.state is not State.SAME
        for offset in range(-around, around + 1)
    }
    shown: list[Line | None] = []
    for place, line in enumerate(lines):
        if place in near:
            shown.append(line)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown
