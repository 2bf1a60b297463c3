"""String pools: many short strings as one C literal, named by offset, so that tables need no pointers."""


def c_text(text):
    """The inside of a C string literal."""
    out = []
    for byte in text.encode("utf-8"):
        char = chr(byte)
        if char in '"\\':
            out.append("\\" + char)
        elif 32 <= byte < 127 and char != "?":
            out.append(char)
        else:
            out.append("\\%03o" % byte)
    return "".join(out)


class Pool:
    """Every string is preceded by its length in one byte and ended by NUL; the offset names its first byte."""

    def __init__(self, limit):
        self.limit = limit
        self.offsets = {}
        self.size = 0

    def add(self, text):
        if text not in self.offsets:
            length = len(text.encode("utf-8"))
            if length > 255:
                raise ValueError("string of %d bytes in a pool" % length)
            self.offsets[text] = self.size + 1
            self.size += length + 2
            if self.size > self.limit:
                raise ValueError("pool over %d bytes" % self.limit)
        return self.offsets[text]

    def source(self, name):
        lines = ['    "\\%03o%s\\0"' % (len(s.encode("utf-8")), c_text(s)) for s in self.offsets]
        return "const char %s[] =\n%s;\n" % (name, "\n".join(lines))


def long_literal(text):
    """Pools are longer than the literals C11 promises; both compilers take them, with this said."""
    return (
        '#pragma GCC diagnostic push\n#pragma GCC diagnostic ignored "-Woverlength-strings"\n%s'
        "#pragma GCC diagnostic pop\n" % text
    )


def rows(values, width=110):
    """Comma-separated values in lines of at most this width."""
    lines, line = [], ""
    for value in values:
        if len(line) + len(value) + 1 > width:
            lines.append(line)
            line = ""
        line += value + ","
    if line:
        lines.append(line)
    return "\n".join(lines)
