"""The other side: DCMTK's, OpenJPEG's and OpenJPH's own programs and pydicom, which know nothing of this server. Each
judge gives the frames of a file as an array (frames, rows, columns, samples) of unsigned cells, and the photometric
interpretation they are then in; NoJudge when it does not read such a file."""

import pathlib
import struct
import subprocess

import numpy
import pydicom
from pydicom import config, encaps

config.settings.reading_validation_mode = config.IGNORE  # it judges pixels here, not values of headers

NATIVE = {
    "1.2.840.10008.1.2": "implicit little endian",
    "1.2.840.10008.1.2.1": "explicit little endian",
    "1.2.840.10008.1.2.2": "explicit big endian",
    "1.2.840.10008.1.2.1.99": "deflated",
}
RLE = "1.2.840.10008.1.2.5"
JPEG = ["1.2.840.10008.1.2.4." + n for n in ("50", "51", "53", "55", "57", "70")]
JPEG_LS = ["1.2.840.10008.1.2.4." + n for n in ("80", "81")]
JPEG_2000 = ["1.2.840.10008.1.2.4." + n for n in ("90", "91", "92", "93")]
HTJ2K = ["1.2.840.10008.1.2.4." + n for n in ("201", "202", "203")]


class NoJudge(Exception):
    """This judge does not read such a file."""


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode != 0:
        raise NoJudge("%s: %s" % (command[0], (done.stderr or done.stdout).strip()[-300:]))


def read(path):
    return pydicom.dcmread(str(path), force=True)


def syntax_of(ds):
    return str(getattr(getattr(ds, "file_meta", None), "TransferSyntaxUID", ""))


def frame_count(ds):
    return int(ds.get("NumberOfFrames") or 1)


def by_pydicom(ds):
    try:
        ds.convert_pixel_data("rle" if syntax_of(ds) == RLE else "numpy")
        array = ds.pixel_array
    except Exception as refusal:  # whatever this library throws, it gives no pixels
        raise NoJudge("pydicom: %s" % refusal)
    shape = (frame_count(ds), ds.Rows, ds.Columns, ds.get("SamplesPerPixel", 1))
    cells = array.reshape(shape)
    if cells.dtype.kind != "f":
        cells = cells.astype(cells.dtype.newbyteorder("<")).view("<u%d" % cells.dtype.itemsize)
    photometric = ds.PhotometricInterpretation
    return cells, "YBR_FULL" if photometric == "YBR_FULL_422" else photometric


def by_dcmtk(program, *options):
    def judge(path, ds, folder):
        plain = pathlib.Path(folder) / "plain.dcm"
        run(program, *options, path, plain)
        return by_pydicom(read(plain))

    return judge


def pgx(path):
    """OpenJPEG's plain form of one component: "PG ML +12 512 512", then the samples."""
    raw = path.read_bytes()
    head, _, body = raw.partition(b"\n")
    _, endian, rest = head.decode().split(" ", 2)
    signed = "-" in rest
    depth, columns, rows = (int(w) for w in rest.replace("+", " ").replace("-", " ").split())
    size = 1 if depth <= 8 else 2 if depth <= 16 else 4
    order = ">" if endian == "ML" else "<"
    cells = numpy.frombuffer(body, "%s%s%d" % (order, "i" if signed else "u", size)).reshape(rows, columns)
    return cells.astype("i8")


def by_openjpeg(path, ds, folder):
    frames = []
    for number, stream in enumerate(encaps.generate_pixel_data_frame(ds.PixelData, frame_count(ds))):
        name = pathlib.Path(folder) / ("frame%d" % number)
        source = name.with_suffix(".jp2" if stream[4:8] == b"jP  " else ".j2k")
        source.write_bytes(stream)
        for old in pathlib.Path(folder).glob(name.name + "*.pgx"):
            old.unlink()
        run("opj_decompress", "-i", source, "-o", name.with_suffix(".pgx"))
        parts = sorted(pathlib.Path(folder).glob(name.name + "*.pgx"))
        frames.append(numpy.stack([pgx(p) for p in parts], axis=-1))
    cells = numpy.stack(frames).astype("<u%d" % (ds.BitsAllocated // 8))
    photometric = ds.PhotometricInterpretation
    return cells, "RGB" if photometric in ("YBR_RCT", "YBR_ICT") else photometric


def pnm(path):
    raw, words, at = path.read_bytes(), [], 0
    while len(words) < 4:
        end = at
        while raw[end] not in b" \n\t":
            end += 1
        words.append(raw[at:end])
        at = end + 1
    columns, rows, most = (int(w) for w in words[1:])
    return numpy.frombuffer(raw[at:], ">u1" if most < 256 else ">u2").reshape(
        rows, columns, 3 if words[0] == b"P6" else 1
    )


def by_openjph(path, ds, folder):
    """Unsigned pixels only: it writes PGM and PPM."""
    if ds.PixelRepresentation:
        raise NoJudge("ojph_expand writes no signed pixels")
    frames = []
    for number, stream in enumerate(encaps.generate_pixel_data_frame(ds.PixelData, frame_count(ds))):
        source = pathlib.Path(folder) / ("frame%d.jph.j2c" % number)
        plain = source.with_suffix(".ppm" if ds.SamplesPerPixel == 3 else ".pgm")
        source.write_bytes(stream)
        run("ojph_expand", "-i", source, "-o", plain)
        frames.append(pnm(plain))
    cells = numpy.stack(frames).astype("<u%d" % (ds.BitsAllocated // 8))
    return cells, "RGB" if ds.PhotometricInterpretation in ("YBR_RCT", "YBR_ICT") else ds.PhotometricInterpretation


def judges_of(syntax):
    if syntax in NATIVE:
        return [("pydicom", lambda path, ds, folder: by_pydicom(ds)), ("dcmconv", by_dcmtk("dcmconv", "+te"))]
    if syntax == RLE:
        return [("pydicom", lambda path, ds, folder: by_pydicom(ds)), ("dcmdrle", by_dcmtk("dcmdrle"))]
    if syntax in JPEG:
        return [("dcmdjpeg", by_dcmtk("dcmdjpeg", "+px"))]
    if syntax in JPEG_LS:
        return [("dcmdjpls", by_dcmtk("dcmdjpls"))]
    if syntax in HTJ2K:
        return [("opj_decompress", by_openjpeg), ("ojph_expand", by_openjph)]
    return [("opj_decompress", by_openjpeg)] if syntax in JPEG_2000 else []


def tiles_of(stream):
    """Whether a JPEG 2000 codestream has tile lengths (TLM) in its main header, and its progression order."""
    at, lengths, order = 2, False, None
    while at + 4 <= len(stream):
        marker, size = struct.unpack(">HH", stream[at : at + 4])
        if marker == 0xFF90:
            break
        lengths = lengths or marker == 0xFF55
        order = stream[at + 5] if marker == 0xFF52 else order
        at += 2 + size
    return lengths, order
