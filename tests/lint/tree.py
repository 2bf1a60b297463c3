"""The files of the tree as the checks see them: what git would commit, read once."""

import functools
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
# Made by fhir/gen from the specification; judged by the test that makes them again and compares.
GENERATED = re.compile(r"^fhir/(?:model|validate)/tables\w*\.[ch]$")


@functools.lru_cache(None)
def files():
    """Paths relative to the root, tracked or new, without what .gitignore names."""
    out = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    return sorted(p for p in out.stdout.decode().split("\0") if p and (ROOT / p).is_file())


def matching(pattern):
    return [p for p in files() if re.search(pattern, p)]


@functools.lru_cache(None)
def text(path):
    return (ROOT / path).read_text(errors="replace")


def lines(path):
    """(number, line) pairs."""
    return enumerate(text(path).split("\n"), 1)


def folder(path):
    """The room a source file belongs to: "server/db", "hl7/net" (its sub-folders count to it)."""
    return "/".join(path.split("/")[:2])


@functools.lru_cache(None)
def code(path):
    """A C file with comments blanked out and the inside of string and character literals replaced by spaces; line
    numbers stay."""
    return blank(text(path), strings=True)


def blank(source, strings):
    def hide(found):
        piece = found.group(0)
        if piece[0] in "\"'":
            return piece[0] + re.sub(r"[^\n]", " ", piece[1:-1]) + piece[-1] if strings else piece
        return re.sub(r"[^\n]", " ", piece)

    return re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", hide, source, flags=re.S)


def sources(pattern=r"\.(c|h|cc)$"):
    """C and C++ of the product, without what is generated."""
    return [p for p in matching(pattern) if re.match(r"(server|hl7|fhir|dicom)/", p) and not GENERATED.match(p)]
