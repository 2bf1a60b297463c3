"""Read and change single options of an isocentre.conf, which comes on stdin, without touching its other lines.

Usage: conf.py list                 print option=value for each option the file sets
       conf.py set OPTION=VALUE…    print the file with the options changed or added

An option is "group.name" or "name". Whether a value is written as text or as a number follows the option's row in
server/config/options.def, so that `--set site.name=12` stays text.
"""

import pathlib
import re
import sys

OPTIONS = pathlib.Path(__file__).resolve().parent.parent / "server" / "config" / "options.def"


def kinds():
    """Option name → kind (STRING, INT, …), from the rows of options.def."""
    return dict(re.findall(r'(?m)^OPTION\(\s*\w+,\s*"([\w.]+)",\s*(\w+)', OPTIONS.read_text()))


def literal(option, value, table):
    if table.get(option) in ("INT", "BOOL") and re.fullmatch(r"-?\d+|true|false", value):
        return value
    return '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"')


def scan(lines):
    """{option: index of its line}, {group: index of the line that closes it}; the group "" ends with the file."""
    found, ends, group = {}, {"": len(lines)}, ""
    for i, line in enumerate(lines):
        code = re.sub(r"(#|//).*", "", line)
        opens = re.match(r"\s*([\w-]+)\s*[:=]\s*\{?\s*$", code)
        sets = re.match(r"\s*([\w-]+)\s*[:=]\s*[^\s{]", code)
        if opens and not group:
            group = opens.group(1)
        elif re.match(r"\s*\}", code):
            ends[group], group = i, ""
        elif sets:
            found["%s.%s" % (group, sets.group(1)) if group else sets.group(1)] = i
    return found, ends


def written(line):
    """The value as it stands in an option's line."""
    return re.match(r"\s*[\w-]+\s*[:=]\s*(\"(?:[^\"\\]|\\.)*\"|[^;#]*)", line).group(1).strip()


def meant(value):
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def put(lines, option, value, table):
    group, _, name = option.rpartition(".")
    new = literal(option, value, table)
    row = "%s%s = %s;" % ("    " if group else "", name, new)
    found, ends = scan(lines)
    if option in found:
        if written(lines[found[option]]) != new:  # a line that says so already keeps its comment
            lines[found[option]] = row
    elif group in ends:
        lines.insert(ends[group], row)
    else:
        lines.extend(["%s:" % group, "{", row, "};"])


def main(argv):
    lines = sys.stdin.read().rstrip("\n").split("\n")
    if argv[1] == "list":
        for option, at in scan(lines)[0].items():
            print("%s=%s" % (option, meant(written(lines[at]))))
        return 0
    table = kinds()
    for pair in argv[2:]:
        option, _, value = pair.partition("=")
        put(lines, option, value, table)
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
