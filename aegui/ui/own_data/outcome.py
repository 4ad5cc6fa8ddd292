"""What comes of a file under some choices, in words."""

from aegui.data.files import suited_experiment
from aegui.ui.own_data.reader import Found
from aegui.ui.panels.fields import grouped


def outcome_in_words(found: Found) -> tuple[str, bool]:
    """Return what would be learned, and with what; or what is wrong, and True."""
    spec = found.spec
    if spec is None:
        return found.trouble, True
    low, high = spec.value_range
    left_out = found.report.rows - spec.rows
    parts = [
        f"{grouped(spec.train_rows)} rows to train, {grouped(spec.test_rows)} to test",
        f"{grouped(spec.features)} features in [{low:.4g}, {high:.4g}]",
    ]
    if spec.classes:
        parts.append(f"{len(spec.classes)} classes from {spec.label}")
    if left_out:
        parts.append(f"{grouped(left_out)} rows left out")
    _, reason = suited_experiment(spec)
    return " · ".join(parts) + (f"\n{reason}" if reason else ""), False
