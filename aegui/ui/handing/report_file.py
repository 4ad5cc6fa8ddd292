"""A report with its figures, as a file."""

from pathlib import Path

from aegui.exports.report import Drawing, report_html
from aegui.run_report import Report
from aegui.ui.handing.export import write_beside, write_text
from aegui.ui.handing.figure_files import figure_svgs


def write_report(report: Report, path: Path) -> None:
    """Draw a report's figures and write it; for the GUI thread, or a program without a window.

    Raises
    ------
    OSError
        The file cannot be written; what was there before stays.
    """
    drawings = [
        Drawing(figure.title, svg, figure.note)
        for figure, svg in zip(report.figures, figure_svgs(report.figures), strict=True)
    ]
    write_beside(path, lambda draft: write_text(draft, report_html(report.page, drawings)))
