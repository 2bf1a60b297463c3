"""Resident memory: after images, orders and reads; and while a 2 GiB multi-frame object comes in and goes out."""

import hashlib
import pathlib
import shutil
import struct
import tempfile

import dicom
import fhir_bench
import hl7_bench
import ingest

ROWS, FRAMES = 1024, 1024  # 1024 frames of 1024 × 1024 × 16 bit
PIXELS = ROWS * ROWS * 2 * FRAMES
MULTI_FRAME = "1.2.840.10008.5.1.4.1.1.7.3"  # Multi-frame Grayscale Word Secondary Capture
BLOCK = 1 << 20


def make(path, uids):
    """The file, written frame by frame; the digest of its pixel data."""
    elements = dicom.ct_elements(*uids, size=ROWS, number=1)
    elements.update({0x00080016: ("UI", MULTI_FRAME), 0x00080060: ("CS", "OT"), 0x00280008: ("IS", FRAMES)})
    del elements[0x7FE00010]
    dicom.write_file(path, elements, sop_class=MULTI_FRAME, sop_uid=uids[2])
    digest = hashlib.sha256()
    with open(path, "ab") as out:
        out.write(struct.pack("<HH", 0x7FE0, 0x0010) + b"OW\0\0" + struct.pack("<I", PIXELS))
        for n in range(FRAMES):
            frame = struct.pack("<H", n) * (ROWS * ROWS)
            digest.update(frame)
            out.write(frame)
    return digest.hexdigest()


def digest_of_answer(answer):
    """The digest of the last PIXELS bytes of an application/dicom answer."""
    skip = int(answer.headers["Content-Length"]) - PIXELS
    digest = hashlib.sha256()
    answer.read(skip)
    while True:
        block = answer.read(BLOCK)
        if not block:
            return digest.hexdigest()
        digest.update(block)


def large_object(s):
    folder = pathlib.Path(tempfile.mkdtemp(prefix="isocentre-bench-", dir="/var/tmp"))
    uids = [dicom.new_uid() for _ in range(3)]
    try:
        sent = make(folder / "large.dcm", uids)
        peer = ingest.Peer("isocentre", s.dicom_port)
        s.forget_peak()
        seconds = ingest.send(peer, [folder])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print("2 GiB stored in %.1f s; peak resident memory %.0f MB   (goal under 200)" % (seconds, s.peak_mb()))
    s.forget_peak()
    path = "/dicom-web/studies/%s/series/%s/instances/%s" % tuple(uids)
    answer = s.http("GET", path, headers={"Accept": "application/dicom"})
    if answer.status != 200:
        raise SystemExit("GET %s: %d" % (path, answer.status))
    same = digest_of_answer(answer) == sent
    print("read back %s; peak resident memory %.0f MB" % ("bit-identical" if same else "DIFFERENT", s.peak_mb()))


def run(s, options):
    print("resident memory at the start: %.0f MB" % s.resident_mb())
    peer = ingest.Peer("isocentre", s.dicom_port)
    ingest.measure(peer, 4)
    hl7_bench.load(s, hl7_bench.MESSAGES, 1)
    name = s.fhir("POST", "/Patient", fhir_bench.PATIENT)["id"]
    if shutil.which("wrk"):
        fhir_bench.wrk(s, "/fhir/Patient/" + name, fhir_bench.session(s))
    print("resident memory after images, orders and reads: %.0f MB   (goal under 120)" % s.resident_mb())
    large_object(s)
