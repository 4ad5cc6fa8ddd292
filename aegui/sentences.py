"""Small things that sentences are made of."""


def first_line(error: BaseException) -> str:
    """Return the first line of what an error says, or its kind where it says nothing."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def capitalised(text: str) -> str:
    """Return a text that begins with a capital; all other letters stay as they are."""
    return text[:1].upper() + text[1:]
