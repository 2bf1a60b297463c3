"""An ImagingStudy of 20,000 instances: time to the first byte of a read, of a page of instances, and of a search."""

import statistics
import time

INSTANCES, SERIES, TIMES = 20000, 40, 50
ROWS = """
WITH p AS (SELECT series_key FROM series WHERE study_key = {study})
INSERT INTO instance (series_key, sop_uid, sop_class, transfer_syntax, number, size, header_size, pixel_offset, sha256,
    file, calling_ae)
SELECT s.series_key, '1.2.3.9.' || s.series_key || '.' || n, '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.1.2.1',
    n::text, 526336, 1000, 1500, '\\x00', 'bench-' || s.series_key || '-' || n, 'BENCH'
FROM p s CROSS JOIN generate_series(1, {each}) n;
UPDATE series SET instance_count = {each} WHERE study_key = {study};
UPDATE study SET instance_count = {all}, series_count = {series}, modalities = '{{CT}}', revision = {all}
    WHERE study_key = {study};
ANALYZE instance; ANALYZE series; ANALYZE study;
"""
STUDY = """
INSERT INTO study (study_uid, patient_id, patient_issuer, patient_name, patient_birth_date, patient_sex,
    accession_number, accession_issuer, study_date, study_time, zone, study_number, description,
    referring_physician, imaging_study)
SELECT '1.2.3.9', 'B', '', 'Bench^B', '', '', '', '', '20261124', '101500', '', '', 'thin slices', '', rid
    FROM resource WHERE type = 'ImagingStudy' AND id = '{id}' RETURNING study_key;
"""
A_SERIES = """
INSERT INTO series (study_key, series_uid, modality, number, description, body_part, laterality, station_name,
    series_date, series_time)
SELECT {study}, '1.2.3.9.' || n, 'CT', n::text, 'slices ' || n, 'CHEST', '', '', '20261124', '101500'
    FROM generate_series(1, {series}) n;
"""


def fill(s):
    """The id of an ImagingStudy with all those rows behind it."""
    document = {
        "resourceType": "ImagingStudy",
        "status": "available",
        "identifier": [{"system": "urn:dicom:uid", "value": "urn:oid:1.2.3.9"}],
        "subject": {"display": "bench"},
    }
    name = s.fhir("POST", "/ImagingStudy", document)["id"]
    study = s.sql(STUDY.format(id=name))[0][0]
    s.sql(A_SERIES.format(study=study, series=SERIES))
    s.sql(ROWS.format(study=study, each=INSTANCES // SERIES, all=INSTANCES, series=SERIES))
    return name


def first_byte(s, path):
    """Milliseconds until the answer's head is here, and the size of its body."""
    start = time.perf_counter()
    answer = s.http("GET", "/fhir" + path, headers={"Accept": "application/fhir+json"})
    took = (time.perf_counter() - start) * 1000
    body = answer.read()
    if answer.status != 200:
        raise SystemExit("GET %s: %d %s" % (path, answer.status, body[:500]))
    return took, len(body)


def show(s, what, path):
    first_byte(s, path)
    times, size = zip(*(first_byte(s, path) for _ in range(TIMES)))
    print(
        "%-44s first byte: median %6.1f ms, worst of %d %6.1f ms, %8d bytes"
        % (what, statistics.median(times), TIMES, max(times), size[0])
    )


def run(s, options):
    name = fill(s)
    before = s.resident_mb()
    s.forget_peak()
    at = "/ImagingStudy/" + name
    show(s, "read (goal 50 ms)", at)
    show(s, "read, _elements=series.instance", at + "?_elements=series.instance")
    show(s, "read, 5,000 instances", at + "?_elements=series.instance&_count=5000")
    show(s, "search by identifier", "/ImagingStudy?identifier=urn:dicom:uid|urn:oid:1.2.3.9")
    show(s, "search by an instance", "/ImagingStudy?instance=" + s.sql("SELECT max(sop_uid) FROM instance")[0][0])
    print("resident memory: %.0f MB before, %.0f MB at the most" % (before, s.peak_mb()))
