"""Frames a second in megabytes of plain pixels, both ways, in one thread; beside the programs of DCMTK on the same
files and OpenJPEG's on the same frames."""

import array
import math
import pathlib
import struct
import subprocess
import tempfile
import time

import dicom

ROWS = COLUMNS = 512
FRAMES = 40
MULTIFRAME = "1.2.840.10008.5.1.4.1.1.7.3"
SYNTAXES = [
    ("1.2.840.10008.1.2.5", "", ["dcmdrle"]),
    ("1.2.840.10008.1.2.4.51", ":90", ["dcmdjpeg"]),
    ("1.2.840.10008.1.2.4.70", "", ["dcmdjpeg"]),
    ("1.2.840.10008.1.2.4.80", "", ["dcmdjpls"]),
    ("1.2.840.10008.1.2.4.90", "", None),
    ("1.2.840.10008.1.2.4.91", ":10", None),
    ("1.2.840.10008.1.2.4.201", "", None),
]


def pixels():
    """A head of sorts: circles, waves and grain, 12 bits."""
    state, frame = 1, array.array("H")
    for y in range(ROWS):
        for x in range(COLUMNS):
            state = (state * 1103515245 + 12345) & 0x7FFFFFFF
            r = math.hypot(x - 256, y - 256)
            tissue = 1000 + 300 * math.sin(x / 30) * math.cos(y / 25) if r < 200 else 2600 if r < 215 else 20
            frame.append(max(0, min(4095, int(tissue) + (state >> 20) % 24)))
    return frame.tobytes()


def object_of(path):
    elements = {
        0x00080016: ("UI", MULTIFRAME),
        0x00080018: ("UI", dicom.uid_of("bench codec")),
        0x00280002: ("US", 1),
        0x00280004: ("CS", "MONOCHROME2"),
        0x00280008: ("IS", FRAMES),
        0x00280010: ("US", ROWS),
        0x00280011: ("US", COLUMNS),
        0x00280100: ("US", 16),
        0x00280101: ("US", 12),
        0x00280102: ("US", 11),
        0x00280103: ("US", 0),
        0x7FE00010: ("OW", pixels() * FRAMES),
    }
    return dicom.write_file(path, elements, MULTIFRAME, transfer_syntax=dicom.EXPLICIT_LE)


def fragments(path):
    """The streams of an encapsulated file, by its items."""
    raw = path.read_bytes()
    at = raw.rindex(struct.pack("<HH2sHI", 0x7FE0, 0x0010, b"OB", 0, 0xFFFFFFFF)) + 12
    found = []
    while raw[at : at + 4] == b"\xfe\xff\x00\xe0":
        size = struct.unpack("<I", raw[at + 4 : at + 8])[0]
        found.append(raw[at + 8 : at + 8 + size])
        at += 8 + size
    return found[1:]


def timed(commands):
    """Seconds of the commands together, less what starting them costs."""
    started = time.monotonic()
    for command in commands:
        subprocess.run([str(c) for c in command], check=True, capture_output=True)
    spent = time.monotonic() - started
    started = time.monotonic()
    for command in commands:
        subprocess.run([command[0], "--version"], capture_output=True)
    return max(0.001, spent - (time.monotonic() - started))


def peer(path, program, folder):
    """Megabytes a second of another program decoding the file."""
    if program:
        return FRAMES * ROWS * COLUMNS * 2 / timed([[*program, path, folder / "peer.dcm"]]) / 1e6
    streams = fragments(path)[:10]
    commands = []
    for i, stream in enumerate(streams):
        source = folder / ("peer%d.j2k" % i)
        source.write_bytes(stream)
        commands.append(["opj_decompress", "-i", source, "-o", folder / "peer.raw"])
    return len(streams) * ROWS * COLUMNS * 2 / timed(commands) / 1e6


def run(s, options):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = object_of(folder / "source.dcm")
        print("%d frames of %d x %d, 12 bits in 16; MB/s of plain pixels, one thread" % (FRAMES, ROWS, COLUMNS))
        print("%-26s %10s %10s %8s   %s" % ("syntax", "encode", "decode", "ratio", "decode by"))
        for syntax, quality, program in SYNTAXES:
            best = [0.0, 0.0, 0.0]
            for _ in range(options.rounds):
                line = subprocess.run(
                    [str(s.program("codec")), str(source), str(folder), syntax + quality],
                    check=True,
                    capture_output=True,
                    text=True,
                ).stdout.split()
                best = [max(a, float(b)) for a, b in zip(best, line[1:])]
            beside = max(peer(folder / (syntax + ".dcm"), program, folder) for _ in range(options.rounds))
            other = (program or ["opj_decompress"])[0]
            print("%-26s %10.1f %10.1f %8.2f   %s %.1f" % (syntax + quality, *best, other, beside))
