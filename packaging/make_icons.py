"""Draw the program's icon in the sizes that menus show.

    python packaging/make_icons.py FOLDER

Works without a display.
"""

import os
import shutil
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "aegui.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def main() -> None:
    """Write ``16.png`` to ``256.png`` and ``scalable.svg``."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    application = QGuiApplication([])
    renderer = QSvgRenderer(str(SOURCE))
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not image.save(str(folder / f"{size}.png")):
            raise SystemExit(f"{folder / f'{size}.png'} cannot be written")
    shutil.copy(SOURCE, folder / "scalable.svg")
    application.quit()


if __name__ == "__main__":
    main()
