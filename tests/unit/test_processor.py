from pathlib import Path

import pytest

import aegui.processor as processor
from aegui.processor import ProcessorError, require_avx


@pytest.mark.parametrize(
    ("machine", "about", "is_refused"),
    [
        ("x86_64", "flags\t\t: fpu sse4_2 avx\nflags\t\t: fpu sse4_2 avx\n", False),
        ("x86_64", "flags\t\t: fpu sse4_2 avx2 avx512f avx\n", False),
        ("x86_64", "flags\t\t: fpu sse4_2 popcnt\n", True),
        ("x86_64", "bogomips: 4000\n", False),
        ("x86_64", None, False),
        ("aarch64", "flags\t\t: neon\n", False),
    ],
)
def test_only_a_processor_that_lists_all_but_avx_is_refused(
    machine: str,
    about: str | None,
    is_refused: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "cpuinfo"
    if about is not None:
        path.write_text(about)
    monkeypatch.setattr(processor, "_ABOUT", path)
    monkeypatch.setattr("platform.machine", lambda: machine)
    if is_refused:
        with pytest.raises(ProcessorError, match="lacks AVX, which TensorFlow needs"):
            require_avx()
    else:
        require_avx()
