"""Every image under a folder: our pixels beside those of its judge, and, where the folder holds the same SOP instance
uncompressed, beside that. What a judge refuses and we refuse too is agreement; so is an object without pixels."""

import pathlib
import shutil
import tempfile

import numpy

import judges
import ours

LOSSY = {"1.2.840.10008.1.2.4." + n for n in ("50", "51", "53", "55", "81", "91", "93", "203")}
LITTLE = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1")
TWIN_TOLERANCE = 0.02  # of the values' range, on average, for what was compressed with loss


def kept(cells, outcome):
    """Only the bits that mean something: above them each decoder does as it likes."""
    stored, allocated = outcome.number("stored"), outcome.number("allocated")
    if cells.dtype.kind == "f" or stored >= allocated:
        return cells
    return cells & ((1 << stored) - 1)


def values(cells, outcome):
    """Cells as numbers."""
    cells, stored = kept(cells, outcome).astype("i8"), outcome.number("stored")
    return numpy.where(cells >> (stored - 1), cells - (1 << stored), cells) if outcome.facts["signed"] == "1" else cells


def differ(mine, theirs, outcome):
    """None when equal, else what differs."""
    if mine.shape != theirs.shape:
        return "shape %s, not %s" % (mine.shape, theirs.shape)
    if theirs.dtype.kind == "f":
        theirs = theirs.view("<u%d" % theirs.dtype.itemsize)
    unequal = kept(mine, outcome) != kept(theirs, outcome)
    if not unequal.any():
        return None
    most = numpy.abs(kept(mine, outcome).astype("i8") - kept(theirs, outcome).astype("i8")).max()
    return "%d of %d samples differ, by up to %d" % (unequal.sum(), unequal.size, most)


def judged(path, ds, outcome, folder):
    """(judge, None or what differs), for each that reads the file."""
    for name, judge in judges.judges_of(judges.syntax_of(ds)):
        try:
            cells, photometric = judge(path, ds, folder)
        except judges.NoJudge as refusal:
            yield name, None if outcome.kind == "error" else str(refusal), True
            continue
        if outcome.kind != "ok":
            yield name, "we refuse: %s" % outcome.text, False
        elif photometric != outcome.facts["photometric"]:
            yield name, "%s, not %s" % (outcome.facts["photometric"], photometric), False
        else:
            yield name, differ(outcome.pixels, cells, outcome), False


def twin_difference(ds, outcome, twin):
    if outcome.facts["photometric"] != twin.facts["photometric"] or outcome.pixels.shape != twin.pixels.shape:
        return None
    mine, theirs = values(outcome.pixels, outcome), values(twin.pixels, twin)
    if judges.syntax_of(ds) not in LOSSY and str(ds.get("LossyImageCompression", "00")) != "01":
        return None if (mine == theirs).all() else "differs from its uncompressed twin"
    off = numpy.abs(mine - theirs).mean() / max(1, int(theirs.max()) - int(theirs.min()))
    return None if off <= TWIN_TOLERANCE else "is %.1f %% off its uncompressed twin" % (100 * off)


def twins_of(images):
    """SOP instance → the outcome of its little-endian file."""
    found = {}
    for _, ds, outcome in images:
        if outcome.kind == "ok" and judges.syntax_of(ds) in LITTLE:
            found.setdefault(str(ds.get("SOPInstanceUID")), outcome)
    return found


def images_of(folder, work):
    paths = [p for p in sorted(pathlib.Path(folder).rglob("*")) if p.is_file()]
    sets = []
    for path in paths:
        try:
            sets.append(judges.read(path))
        except Exception:  # no DICOM at all
            sets.append(None)
    outcomes = ours.frames(paths, work)
    return [(p, ds, o) for p, ds, o in zip(paths, sets, outcomes) if ds is not None and "PixelData" in ds]


def cases(folder, work):
    images = images_of(folder, work)
    twins = twins_of(images)
    for path, ds, outcome in images:
        name = "%s (%s)" % (path.relative_to(folder), judges.syntax_of(ds))
        room = tempfile.mkdtemp(dir=work)
        answers = [(judge, why) for judge, why, unread in judged(path, ds, outcome, room) if not unread or why is None]
        shutil.rmtree(room)
        if not answers:
            print("note %s: no judge reads it, ours: %s %s" % (name, outcome.kind, outcome.text))
            continue
        against = ["%s: %s" % (judge, why) for judge, why in answers if why is not None]
        if len(against) < len(answers):
            for (
                note
            ) in against:  # they contradict each other: DCMTK swaps 32 bits by halves, pydicom odd bytes not at all
                print("note %s: %s" % (name, note))
            yield name, None
        else:
            yield name, "; ".join(against)
        twin = twins.get(str(ds.get("SOPInstanceUID")))
        if twin and outcome.kind == "ok" and judges.syntax_of(ds) not in LITTLE:
            yield "%s beside its twin" % name, twin_difference(ds, outcome, twin)
