"""Our side: the program's two verbs, `dicom frames` and `dicom transcode`, and what they print."""

import pathlib
import shlex
import subprocess

import numpy

import house

PROGRAM = str(house.BUILD / "isocentre")
MANY = 50


class Outcome:
    """One file: kind is ok, none or error; facts and pixels if ok, text if not."""

    def __init__(self, line, raw):
        self.kind, _, rest = line.partition(" ")
        self.text, self.facts, self.pixels = rest, {}, None
        if self.kind == "ok":
            self.facts = dict(word.split("=", 1) for word in shlex.split(rest))
            self.pixels = shaped(raw.read_bytes(), self.facts)

    def number(self, key):
        return int(self.facts[key])


def shaped(raw, facts):
    rows, columns, samples, frames = (int(facts[k]) for k in ("rows", "columns", "samples", "frames"))
    if facts["allocated"] == "1":
        size = (rows * columns + 7) // 8
        bits = [
            numpy.unpackbits(numpy.frombuffer(raw[i * size : (i + 1) * size], "u1"), bitorder="little")[
                : rows * columns
            ]
            for i in range(frames)
        ]
        return numpy.array(bits).reshape(frames, rows, columns, samples)
    return numpy.frombuffer(raw, "<u%d" % (int(facts["allocated"]) // 8)).reshape(frames, rows, columns, samples)


def frames(paths, folder):
    """An Outcome for each path."""
    found = []
    for start in range(0, len(paths), MANY):
        part = [str(p) for p in paths[start : start + MANY]]
        out = pathlib.Path(folder) / ("raw%d" % start)
        out.mkdir(exist_ok=True)
        done = subprocess.run([PROGRAM, "dicom", "frames", *part, "--out", str(out)], capture_output=True, text=True)
        lines = done.stdout.splitlines()
        if len(lines) != len(part):
            raise AssertionError("dicom frames ended early: %s" % (done.stderr or done.stdout)[-3000:])
        found += [Outcome(line, out / ("%d.raw" % i)) for i, line in enumerate(lines)]
    return found


def transcode(syntax, path, out, lossy=None):
    """None, or why it was refused."""
    more = ["--lossy", str(lossy)] if lossy else []
    done = subprocess.run(
        [PROGRAM, "dicom", "transcode", syntax, str(path), "--out", str(out), *more], capture_output=True, text=True
    )
    return None if done.returncode == 0 else done.stderr.strip()[-2000:]
