"""What a person may choose about a file before its rows are learned."""

from dataclasses import dataclass

from aegui.specs import FileSpec, ImagesFormat, Missing, NpzFormat, Scaling, TextColumns, TextFormat


@dataclass(frozen=True)
class Choices:
    """None, where it may be, is what aegui finds fit.

    ``columns`` are those to learn; ``label`` is the column, the array of an NPZ, or ``folder``
    for pictures that names classes, "" for none, and ``id_column`` likewise what rows are called
    by. ``array`` is the one of an NPZ that is learned. ``rows`` limits how many rows are taken.
    ``size`` is (height, width) to which pictures are brought. ``stream`` tells whether rows stay
    in the file while they are learned; where nobody says so, they do if memory is too small.
    """

    columns: tuple[str, ...] | None = None
    label: str | None = None
    id_column: str | None = None
    missing: Missing = "leave_out"
    text: TextColumns = "leave_out"
    scaling: Scaling = "min_max"
    test_share: float = 0.1
    seed: int = 42
    rows: int | None = None
    delimiter: str | None = None
    encoding: str | None = None
    header: bool | None = None
    array: str | None = None
    colour: bool = False
    size: tuple[int, int] | None = None
    stream: bool | None = None

    @classmethod
    def of(cls, spec: FileSpec) -> "Choices":
        """Return what was chosen for rows that are known."""
        form = spec.format
        text = form if isinstance(form, TextFormat) else None
        images = form if isinstance(form, ImagesFormat) else ImagesFormat()
        return cls(
            columns=spec.columns or None,
            label=spec.label or "",
            id_column=spec.id_column or "",
            missing=spec.missing,
            text=spec.text,
            scaling=spec.scaling,
            test_share=spec.test_share,
            seed=spec.seed,
            rows=spec.rows,
            delimiter=None if text is None else text.delimiter,
            encoding=None if text is None else text.encoding,
            header=None if text is None else text.header,
            array=form.array if isinstance(form, NpzFormat) else None,
            colour=images.colour,
            size=images.size,
            stream=spec.streaming is not None,
        )
