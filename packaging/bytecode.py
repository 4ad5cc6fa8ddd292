"""The modules' bytecode without the texts that only a reader of the source wants.

A third of what TensorFlow, SciPy and scikit-learn are in bytecode is docstrings. Assertions
stay, which Python's own option -OO would take out too.
"""

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import CodeType

_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_MENTIONED = b"__doc__"


def without_docstrings(path: Path) -> CodeType:
    """Compile a module; leave out its docstrings, unless it has a use for some docstring.

    Keras, for one, puts together docstrings out of others, and stops where there are none.
    Decorated classes keep theirs: a dataclass without would make itself one, at every start.
    """
    source = path.read_bytes()
    tree = ast.parse(source, path)
    if _MENTIONED not in source:
        _take_out(tree)
        for node in _definitions(tree.body):
            _take_out(node)
    return compile(tree, path, "exec", dont_inherit=True)


def _definitions(statements: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Yield all classes and functions in these statements; expressions are not looked into."""
    for node in statements:
        if isinstance(node, _DEFINITIONS):
            yield node
        for field in ("body", "orelse", "finalbody", "handlers", "cases"):
            yield from _definitions(getattr(node, field, ()))


def _take_out(node: ast.AST) -> None:
    if isinstance(node, ast.ClassDef) and node.decorator_list:
        return
    match node:
        case ast.Module(body=[ast.Expr(value=ast.Constant(value=str())), *rest]):
            node.body = rest
        case (
            ast.ClassDef(body=[ast.Expr(value=ast.Constant(value=str())) as text, *rest])
            | ast.FunctionDef(body=[ast.Expr(value=ast.Constant(value=str())) as text, *rest])
            | ast.AsyncFunctionDef(body=[ast.Expr(value=ast.Constant(value=str())) as text, *rest])
        ):
            node.body = rest or [ast.copy_location(ast.Pass(), text)]
