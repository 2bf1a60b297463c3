"""A second opinion: each header compiles alone, clang finds nothing in what gcc builds, and gcc finds nothing more when
it optimises as for a release. Results are kept under build/ and taken again while none of the files they depend on
changed."""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile

import tree

CACHE = tree.ROOT / "build" / "lint-cache.json"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]


def state(path):
    try:
        found = os.stat(tree.ROOT / path)
        return [found.st_mtime_ns, found.st_size]
    except OSError:
        return None


def dependencies(text):
    """Paths of a make rule as gcc -MD writes it."""
    return [
        os.path.normpath(p) for p in re.sub(r"\\\n", " ", text.partition(":")[2]).split() if not p.startswith("/usr/")
    ]


def compile_one(job):
    """(key, result): what the compiler said and what it read. A failure is looked at again every time: gcc and clang
    then leave no list of what they read."""
    key, command = job
    with tempfile.TemporaryDirectory() as folder:
        rule = pathlib.Path(folder) / "rule"
        done = subprocess.run(command + ["-MD", "-MF", str(rule)], cwd=tree.ROOT, text=True, capture_output=True)
        read = {p: state(p) for p in dependencies(rule.read_text())} if not done.returncode else {"": "never"}
    return key, {"said": done.stderr if done.returncode else "", "read": read}


def base_command(path, compiler):
    """The flags of CMakeLists.txt, without sanitizers, for a syntax-only run."""
    cplusplus = path.endswith(".cc")
    generated = tree.ROOT / "build" / "debug" / "generated"
    command = [
        compiler,
        "-std=c++17" if cplusplus else "-std=c11",
        "-x",
        "c++" if cplusplus else "c",
        "-fsyntax-only",
        "-D_GNU_SOURCE",
        '-DISOCENTRE_VERSION="lint"',
        "-I",
        ".",
        "-I",
        "server",
        "-I",
        str(generated),
        "-I",
        "tests/unit",
    ] + WARNINGS
    return command + package_flags()


def release_command(path):
    """What is seen only by an optimiser that inlines: values not set on some way."""
    command = [part for part in base_command(path, "gcc") if part != "-fsyntax-only"]
    return command + ["-O2", "-fPIC", "-D_FORTIFY_SOURCE=2", "-c", "-o", os.devnull]


def package_flags(found=[]):
    if not found:
        done = subprocess.run(
            "pkg-config --cflags libcjson libxml-2.0 libpq libmicrohttpd openssl libconfig libargon2 ldap zlib cunit"
            " libopenjp2",
            shell=True,
            text=True,
            capture_output=True,
        )
        found.append([f.replace("-I", "-isystem") if f.startswith("-I") else f for f in shlex.split(done.stdout)])
    return found[0]


def jobs():
    """(key, command): headers by gcc, sources by clang, and by gcc as for a release."""
    for path in tree.matching(r"^(server|hl7|fhir|dicom)/.*\.h$|^tests/unit/.*\.h$"):
        language = "c++" if header_is_cplusplus(path) else "c"
        command = base_command("x.cc" if language == "c++" else path, "gcc")
        yield "alone " + path, command + ["-Wno-pragma-once-outside-header", "-Wno-unused-function", path]
    for path in tree.matching(r"^(server|hl7|fhir|dicom)/.*\.c$"):
        yield "release " + path, release_command(path) + ["-include", "server/base/banned.h", path]
    if shutil.which("clang"):
        for path in tree.matching(r"^(server|hl7|fhir|dicom|tests/unit)/.*\.(c|cc)$"):
            banned = (
                ["-include", "server/base/banned.h"] if path.endswith(".c") and not path.startswith("tests/") else []
            )
            yield "clang " + path, base_command(path, "clang") + banned + [path]


def header_is_cplusplus(path):
    """Private headers of the shim may be C++; its public ones are C."""
    return path.startswith("dicom/shim/") and bool(
        re.search(
            r"#\s*include\s+[<\"](dcmtk/|[a-z_]+>)|\bnamespace\b|\bclass\b",
            tree.blank(tree.text(path), strings=False),
        )
    )


def fresh(kept, command):
    return kept and kept.get("command") == command and all(state(p) == s for p, s in kept["read"].items())


def run(todo):
    """Do the jobs on all processors; give key → result with its command."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        done = dict(pool.map(compile_one, todo.items()))
    return {key: {**result, "command": digest(todo[key])} for key, result in done.items()}


def digest(command):
    return hashlib.sha256("\0".join(command).encode()).hexdigest()


def check():
    try:
        cache = json.loads(CACHE.read_text())
    except (OSError, ValueError):
        cache = {}
    wanted = dict(jobs())
    todo = {k: c for k, c in wanted.items() if not fresh(cache.get(k), digest(c))}
    cache = {k: v for k, v in {**cache, **run(todo)}.items() if k in wanted}
    CACHE.parent.mkdir(exist_ok=True)
    CACHE.write_text(json.dumps(cache))
    for key, result in sorted(cache.items()):
        found = re.search(r"([^\s:]+):(\d+):(?:\d+:)? (?:fatal )?error: (.*)", result["said"])
        if found:
            yield os.path.normpath(found.group(1)), int(found.group(2)), "%s: %s" % (key, found.group(3))
        elif result["said"]:
            yield key.split()[1], 1, "%s: %s" % (key, result["said"].strip().split("\n")[0])
