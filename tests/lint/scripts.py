"""Scripts parse: bash -n, shellcheck where it is installed, Python's compiler; JSON files load."""

import ast
import json
import re
import shutil
import subprocess

import tree


def shell_scripts():
    for path in tree.files():
        if (
            path.endswith(".sh")
            or not re.search(r"\.\w+$", path)
            and tree.text(path).startswith("#!/")
            and "sh" in tree.text(path).split("\n")[0]
        ):
            yield path


def check_shell():
    for path in shell_scripts():
        done = subprocess.run(["bash", "-n", path], cwd=tree.ROOT, text=True, capture_output=True)
        if done.returncode:
            yield path, 1, done.stderr.strip().split("\n")[0]
        if shutil.which("shellcheck"):
            done = subprocess.run(
                ["shellcheck", "-S", "error", "-f", "gcc", path], cwd=tree.ROOT, text=True, capture_output=True
            )
            for row in re.findall(r":(\d+):\d+: \w+: (.*)", done.stdout):
                yield path, int(row[0]), row[1]


def check():
    yield from check_shell()
    for path in tree.matching(r"\.py$"):
        try:
            ast.parse(tree.text(path))
        except SyntaxError as e:
            yield path, e.lineno or 1, e.msg
    for path in tree.matching(r"\.json$"):
        try:
            json.loads(tree.text(path))
        except ValueError as e:
            if "tsconfig" not in path:
                yield path, 1, str(e)
