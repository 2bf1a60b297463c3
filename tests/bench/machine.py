"""What the figures were measured on."""

import os
import time


def load():
    return "%.2f %.2f %.2f" % os.getloadavg()


def model():
    with open("/proc/cpuinfo") as f:
        names = [line.split(":", 1)[1].strip() for line in f if line.startswith("model name")]
    return names[0] if names else "unknown processor"


def fdatasync_rate(folder, seconds=1.0):
    """(appending, overwriting): 8 KiB writes each followed by fdatasync, a second of each, on the volume of folder."""
    path = os.path.join(folder, "fdatasync-probe")
    rates = []
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        for overwrite in (False, True):
            done, end = 0, time.monotonic() + seconds
            while time.monotonic() < end:
                os.pwrite(handle, b"x" * 8192, 0 if overwrite else done * 8192)
                os.fdatasync(handle)
                done += 1
            rates.append(done / seconds)
    finally:
        os.close(handle)
        os.unlink(path)
    return rates


def describe(folder):
    append, overwrite = fdatasync_rate(folder)
    return "machine: %d cores (%s), load %s; fdatasync of 8 KiB: %.0f/s appending, %.0f/s overwriting" % (
        os.cpu_count(),
        model(),
        load(),
        append,
        overwrite,
    )
