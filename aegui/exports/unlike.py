"""What happened to a run that its program does not do."""

from collections.abc import Iterator

from aegui.records import History
from aegui.specs import ExperimentSpec


def unlike(experiment: ExperimentSpec, history: History) -> str:
    """Return in what the run went otherwise than its program, as a list; empty if in nothing.

    The program trains the experiment from its first epoch to its last, and nobody interferes.
    """
    told = [f"- {words}" for words in _differences(experiment, history)]
    if not told:
        return ""
    return "\n".join(
        ["The run went otherwise, so its losses may differ from this program's:", "", *told]
    )


def _differences(experiment: ExperimentSpec, history: History) -> Iterator[str]:
    for event in history.events:
        if event.kind == "learning_rate":
            yield f"{event.text} by hand after {_epochs(event.position)}"
        elif event.kind == "continued":
            yield (
                f"Continued after {_epochs(event.position)}, perhaps with other settings before; "
                "here all epochs\n  have the last ones"
            )
    wanted = experiment.training.epochs
    ended_early = any(event.kind == "early_stop" for event in history.events)
    if history.position < wanted and not ended_early:
        yield f"Ended after {_epochs(history.position)} of {wanted}"


def _epochs(position: float) -> str:
    return "1 epoch" if position == 1 else f"{position:.3g} epochs"
