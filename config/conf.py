"""Read and change single options of an isocentre.conf without touching its other lines.

Usage: conf.py FILE get OPTION [DEFAULT]    print the value; DEFAULT, or nothing, when the file does not set it
       conf.py FILE set OPTION=VALUE…       change or add; the file is replaced in one step

An option is "group.name" or "name". Whether a value is written as text or as a number follows the option's row in
server/config/options.def, so that `--set site.name=12` stays text.
"""

import os
import pathlib
import re
import sys
import tempfile

OPTIONS = pathlib.Path(__file__).resolve().parent.parent / "server" / "config" / "options.def"


def kinds():
    """Option name → kind (STRING, INT, …), from the rows of options.def."""
    return dict(re.findall(r'(?m)^OPTION\(\s*\w+,\s*"([\w.]+)",\s*(\w+)', OPTIONS.read_text()))


def literal(option, value, table):
    if table.get(option) in ("INT", "BOOL") and re.fullmatch(r"-?\d+|true|false", value):
        return value
    return '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"')


def place(lines, option):
    """(index of the option's line or None, index where it would be inserted or None when its group is missing)."""
    group, _, name = option.rpartition(".")
    inside, end = (not group), (len(lines) if not group else None)
    depth_group = None
    for i, line in enumerate(lines):
        code = re.sub(r"(#|//).*", "", line)
        opens = re.match(r"\s*([\w-]+)\s*[:=]\s*\{?\s*$", code)
        if opens and depth_group is None:
            depth_group = opens.group(1)
            inside = depth_group == group
            continue
        if re.match(r"\s*\}", code):
            if group and depth_group == group:
                end = i
            depth_group, inside = None, not group
            continue
        here = (depth_group == group) if group else depth_group is None
        if here and inside and re.match(r"\s*%s\s*[:=]\s*\S" % re.escape(name), code):
            return i, end
    return None, end


def get(path, option, default):
    lines = path.read_text().split("\n") if path.exists() else []
    at, _ = place(lines, option)
    if at is None:
        return default
    value = re.match(r"\s*[\w-]+\s*[:=]\s*(\"(?:[^\"\\]|\\.)*\"|[^;#]+)", lines[at]).group(1).strip()
    return re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value


def put(lines, option, value, table):
    group, _, name = option.rpartition(".")
    row = "%s%s = %s;" % ("    " if group else "", name, literal(option, value, table))
    at, end = place(lines, option)
    if at is not None:
        lines[at] = row
    elif end is not None:
        lines.insert(end, row)
    else:
        lines.extend(["%s:" % group, "{", row, "};"])


def write(path, text):
    """Replace the file in one step, keeping its owner and mode."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "w") as f:
        f.write(text)
        f.flush()
        os.fsync(f.fileno())
    old = path.stat() if path.exists() else None
    os.chmod(name, old.st_mode & 0o777 if old else 0o640)
    if old and os.geteuid() == 0:
        os.chown(name, old.st_uid, old.st_gid)
    os.replace(name, path)


def main(argv):
    path, verb = pathlib.Path(argv[1]), argv[2]
    if verb == "get":
        print(get(path, argv[3], argv[4] if len(argv) > 4 else ""))
        return 0
    lines = path.read_text().rstrip("\n").split("\n") if path.exists() and path.stat().st_size else []
    table = kinds()
    for pair in argv[3:]:
        option, equals, value = pair.partition("=")
        if not equals or not re.fullmatch(r"[a-z]\w*(\.\w+)?", option):
            print("'%s' is not of the form option=value" % pair, file=sys.stderr)
            return 1
        put(lines, option, value, table)
    write(path, "\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
