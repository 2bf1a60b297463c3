"""Images the test makes, both ways: written by the other programs and read by us, written by us and read by them."""

import pathlib
import shutil
import struct
import subprocess

import numpy

import dicom
import judges
import ours
import samples

ROWS, COLUMNS, FRAMES = 61, 84, 2
EXPLICIT = "1.2.840.10008.1.2.1"
SECONDARY = "1.2.840.10008.5.1.4.1.1.7"


class Image:
    def __init__(self, name, samples_, allocated, stored, signed, photometric):
        self.name, self.samples, self.allocated, self.stored = name, samples_, allocated, stored
        self.signed, self.photometric = signed, photometric
        y, x, s = numpy.meshgrid(range(ROWS * FRAMES), range(COLUMNS), range(samples_), indexing="ij")
        waves = numpy.sin(x / 9.0 + s) * numpy.cos(y / 7.0) * 0.4 + 0.5
        grain = numpy.random.default_rng(7).random(waves.shape) * 0.02
        cells = ((waves + grain) * ((1 << stored) - 1)).astype("i8") - (1 << (stored - 1) if signed else 0)
        self.cells = cells.reshape(FRAMES, ROWS, COLUMNS, samples_)

    def raw(self):
        return self.cells.astype("<%s%d" % ("i" if self.signed else "u", self.allocated // 8)).tobytes()

    def elements(self):
        found = {
            0x00080016: ("UI", SECONDARY),
            0x00080018: ("UI", dicom.uid_of("made", self.name)),
            0x00100010: ("PN", "Made^By^Test"),
            0x00100020: ("LO", "MADE"),
            0x0020000D: ("UI", dicom.uid_of("made study")),
            0x0020000E: ("UI", dicom.uid_of("made series")),
            0x00280002: ("US", self.samples),
            0x00280004: ("CS", self.photometric),
            0x00280008: ("IS", FRAMES),
            0x00280010: ("US", ROWS),
            0x00280011: ("US", COLUMNS),
            0x00280100: ("US", self.allocated),
            0x00280101: ("US", self.stored),
            0x00280102: ("US", self.stored - 1),
            0x00280103: ("US", int(self.signed)),
        }
        if self.samples > 1:
            found[0x00280006] = ("US", 0)
        return found

    def write(self, path):
        body = self.elements()
        body[0x7FE00010] = ("OW" if self.allocated > 8 else "OB", self.raw())
        dicom.write_file(path, body, SECONDARY, transfer_syntax=EXPLICIT)
        return path


IMAGES = [
    Image("grey8", 1, 8, 8, False, "MONOCHROME2"),
    Image("grey12", 1, 16, 12, False, "MONOCHROME1"),
    Image("grey16signed", 1, 16, 16, True, "MONOCHROME2"),
    Image("colour", 3, 8, 8, False, "RGB"),
]

# Programs of others that compress a DICOM file: name, command, images it takes, mean difference in parts of the range;
# None where the program changes the values before it compresses them: there the judge's pixels count.
ENCODERS = [
    ("RLE", ["dcmcrle"], None, 0),
    ("JPEG lossless SV1", ["dcmcjpeg", "+e1"], None, 0),
    ("JPEG lossless", ["dcmcjpeg", "+el"], None, 0),
    ("JPEG baseline", ["dcmcjpeg", "+eb", "+q", "95"], ["grey8", "colour"], None),
    ("JPEG extended", ["dcmcjpeg", "+ee", "+q", "95"], ["grey8"], None),
    ("JPEG-LS lossless", ["dcmcjpls", "+el"], None, 0),
    ("JPEG-LS near lossless", ["dcmcjpls", "+en", "+md", "2"], ["grey8", "grey12"], 0.02),
]

# What we write: syntax, quality, mean difference, images it takes.
TARGETS = [
    ("1.2.840.10008.1.2", None, 0, None),
    ("1.2.840.10008.1.2.2", None, 0, None),
    ("1.2.840.10008.1.2.1.99", None, 0, None),
    ("1.2.840.10008.1.2.5", None, 0, None),
    ("1.2.840.10008.1.2.4.57", None, 0, None),
    ("1.2.840.10008.1.2.4.70", None, 0, None),
    ("1.2.840.10008.1.2.4.80", None, 0, None),
    ("1.2.840.10008.1.2.4.81", None, 0, None),
    ("1.2.840.10008.1.2.4.90", None, 0, None),
    ("1.2.840.10008.1.2.4.91", None, 0, None),
    ("1.2.840.10008.1.2.4.201", None, 0, None),
    ("1.2.840.10008.1.2.4.202", None, 0, None),
    ("1.2.840.10008.1.2.4.50", 95, 0.03, ["grey8", "colour"]),
    ("1.2.840.10008.1.2.4.51", 95, 0.03, ["grey8", "grey12"]),
    ("1.2.840.10008.1.2.4.81", 2, 0.02, ["grey8", "grey12", "colour"]),
    ("1.2.840.10008.1.2.4.91", 5, 0.03, None),
]


def off(image, outcome, cells):
    """None when cells are the image's within the tolerance given."""
    mine = samples.values(cells, outcome)
    return float(numpy.abs(mine - image.cells).mean()) / (1 << image.stored)


def verdict(image, outcome, tolerance):
    if outcome.kind != "ok":
        return outcome.text
    if outcome.facts["photometric"] != image.photometric:
        return "comes out as %s" % outcome.facts["photometric"]
    far = off(image, outcome, outcome.pixels)
    return None if far <= tolerance else "is %.4f of the range off" % far


def written_by_others(folder):
    made = []
    for image in IMAGES:
        plain = image.write(pathlib.Path(folder) / (image.name + ".dcm"))
        made.append((image, "uncompressed", plain, 0))
        for number, (name, command, takes, tolerance) in enumerate(ENCODERS):
            if takes and image.name not in takes:
                continue
            path = pathlib.Path(folder) / ("%s-%d.dcm" % (image.name, number))
            subprocess.run([*command, str(plain), str(path)], check=True, capture_output=True)
            made.append((image, name, path, tolerance))
    made += written_by_openjpeg(folder)
    outcomes = ours.frames([path for _, _, path, _ in made], folder)
    for (image, name, path, tolerance), outcome in zip(made, outcomes):
        if tolerance is None:
            found = [why for _, why, _ in samples.judged(path, judges.read(path), outcome, folder)]
            yield "%s of %s, read by us" % (name, image.name), found[0] if found else "no judge"
        else:
            yield "%s of %s, read by us" % (name, image.name), verdict(image, outcome, tolerance)


def encapsulate(image, streams, syntax, path):
    """Streams as fragments behind an empty offset table."""
    items = b"".join(
        struct.pack("<HHI", 0xFFFE, 0xE000, len(s) + len(s) % 2) + s + b"\0" * (len(s) % 2) for s in streams
    )
    table = struct.pack("<HHI", 0xFFFE, 0xE000, 0)
    head = struct.pack("<HH2sHI", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF)
    body = image.elements()
    if image.samples == 3:
        body[0x00280004] = ("CS", "YBR_RCT")
    dicom.write_file(path, body, SECONDARY, transfer_syntax=syntax)
    with open(path, "ab") as out:
        out.write(head + table + items + struct.pack("<HHI", 0xFFFE, 0xE0DD, 0))
    return path


def netpbm(image, frame, path):
    cells = image.cells[frame].astype(">u%d" % (image.allocated // 8))
    head = "P%d\n%d %d\n%d\n" % (6 if image.samples == 3 else 5, COLUMNS, ROWS, (1 << image.stored) - 1)
    path.write_bytes(head.encode() + cells.tobytes())
    return path


def written_by_openjpeg(folder):
    """Frames through opj_compress and ojph_compress."""
    made = []
    programs = [
        ("1.2.840.10008.1.2.4.90", "opj_compress", ".j2k", []),
        ("1.2.840.10008.1.2.4.201", "ojph_compress", ".j2c", ["-reversible", "true"]),
    ]
    for image in (i for i in IMAGES if not i.signed):
        for syntax, program, suffix, options in programs:
            streams = []
            for frame in range(FRAMES):
                suffix_in = ".ppm" if image.samples == 3 else ".pgm"
                plain = netpbm(image, frame, pathlib.Path(folder) / ("%s%d%s" % (image.name, frame, suffix_in)))
                stream = plain.with_suffix(suffix)
                subprocess.run(
                    [program, "-i", str(plain), "-o", str(stream), *options], check=True, capture_output=True
                )
                streams.append(stream.read_bytes())
            path = pathlib.Path(folder) / ("%s-%s.dcm" % (image.name, program))
            made.append((image, program, encapsulate(image, streams, syntax, path), 0))
    return made


def answer(image, path, outcome, tolerance, folder):
    """What the judges say of a file we wrote; None when each that reads it sees the image."""
    ds, seen = judges.read(path), 0
    for name, judge in judges.judges_of(judges.syntax_of(ds)):
        try:
            cells, photometric = judge(path, ds, folder)
        except judges.NoJudge as refusal:
            if "signed" in str(refusal):
                continue
            return str(refusal)
        seen += 1
        if photometric != image.photometric:
            return "%s reads it as %s" % (name, photometric)
        far = off(image, outcome, cells)
        if far > tolerance:
            return "%s finds it %.4f of the range off" % (name, far)
    return None if seen else "no judge"


def told_of_loss(path, tolerance):
    ds = judges.read(path)
    lossy = str(ds.get("LossyImageCompression", "00")) == "01"
    return None if lossy == (tolerance > 0) else "(0028,2110) is %s" % ds.get("LossyImageCompression")


def resolution_first(path):
    """PS3.5 10.18: progression RPCL, tile lengths present."""
    ds = judges.read(path)
    stream = next(judges.encaps.generate_pixel_data_frame(ds.PixelData, FRAMES))
    lengths, order = judges.tiles_of(stream)
    return None if lengths and order == 2 else "tile lengths %s, progression order %s" % (lengths, order)


def written_by_us(folder):
    room = pathlib.Path(folder) / "judged"
    for image in IMAGES:
        plain = pathlib.Path(folder) / (image.name + ".dcm")
        outcome = ours.frames([plain], folder)[0]
        for number, (syntax, quality, tolerance, takes) in enumerate(TARGETS):
            if takes and image.name not in takes:
                continue
            name = "%s of %s, written by us" % (syntax, image.name)
            path = pathlib.Path(folder) / ("%s-ours-%d.dcm" % (image.name, number))
            refused = ours.transcode(syntax, plain, path, quality)
            if refused:
                yield name, refused
                continue
            room.mkdir()
            yield name, answer(image, path, outcome, tolerance, room) or told_of_loss(path, tolerance)
            shutil.rmtree(room)
            if syntax == "1.2.840.10008.1.2.4.202":
                yield name + " for streaming", resolution_first(path)


def never_silently_lossy(folder):
    plain, path = pathlib.Path(folder) / "grey8.dcm", pathlib.Path(folder) / "silent.dcm"
    refused = ours.transcode("1.2.840.10008.1.2.4.50", plain, path)
    fine = refused and "loses" in refused and not path.exists()
    yield "baseline that nobody asked to be lossy", None if fine else "was written: %s" % refused


def cases(folder):
    yield from written_by_others(folder)
    yield from written_by_us(folder)
    yield from never_silently_lossy(folder)
