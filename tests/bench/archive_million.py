"""Is the archive flat? Ingest and C-FIND with an empty index and again with a million generated instances in it."""

import statistics
import time

import archive_bench

EACH = 500  # instances a study, in one series
OBJECTS, ROUNDS, FIND_ROUNDS = 400, 3, 9
ROWS = """
INSERT INTO study (study_uid, patient_id, patient_issuer, patient_name, patient_birth_date, patient_sex,
    accession_number, accession_issuer, study_date, study_time, zone, study_number, description,
    referring_physician, modalities, series_count, instance_count, bytes, revision)
SELECT '1.2.3.8.' || n, 'M' || n, 'CLINIC', 'Many^' || n, '19700101', 'O', 'MA' || n, '',
    to_char(date '2010-01-01' + n::integer, 'YYYYMMDD'), '101500', '', n::text, 'generated', '', '{{CT}}', 1, {each},
    {each} * 33000, {each} FROM generate_series({first}, {last}) n;
INSERT INTO series (study_key, series_uid, modality, number, description, body_part, laterality, station_name,
    series_date, series_time, instance_count)
SELECT study_key, study_uid || '.1', 'CT', '1', 'generated', 'CHEST', '', '', study_date, study_time, {each}
    FROM study WHERE patient_id IN (SELECT 'M' || n FROM generate_series({first}, {last}) n);
INSERT INTO instance (series_key, sop_uid, sop_class, transfer_syntax, number, size, header_size, pixel_offset, sha256,
    file, calling_ae, image_rows, image_columns, frames, bits)
SELECT s.series_key, s.series_uid || '.' || i, '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.1.2.1', i::text, 33000, 400,
    1200, sha256((s.series_uid || '.' || i)::bytea), 'generated-' || s.series_key || '-' || i, 'BENCH', 128, 128, 1, 16
    FROM series s JOIN study t USING (study_key) CROSS JOIN generate_series(1, {each}) i
    WHERE t.patient_id IN (SELECT 'M' || n FROM generate_series({first}, {last}) n);
"""


def measure(peer, mark, studies):
    """Rows of this mark: ingest on four associations, C-FIND by patient, C-FIND of many studies."""
    for _ in range(ROUNDS):
        archive_bench.ingest_row([peer], archive_bench.SMALL, 4, OBJECTS, mark + "ingest")
    for _ in range(FIND_ROUNDS):
        peer.note(mark + "patient", archive_bench.find(peer, ["PatientID=FIND-1", "StudyDate"], 1, 20))
        keys = ["PatientID", "StudyDate=" + archive_bench.DATE]
        peer.note(mark + "studies", archive_bench.find(peer, keys, studies))


def generate(s, instances, at_once=50):
    began = time.monotonic()
    studies = instances // EACH
    for first in range(1, studies + 1, at_once):
        s.sql(ROWS.format(first=first, last=min(first + at_once - 1, studies), each=EACH))
    s.sql("VACUUM ANALYZE study; VACUUM ANALYZE series; VACUUM ANALYZE instance")
    print("%d instances in %d studies generated in %.0f s" % (instances, studies, time.monotonic() - began), flush=True)


def run(s, peer, quick):
    numbers = {**archive_bench.QUICK, "retrieve": ()} if quick else {**archive_bench.FULL, "retrieve": ()}
    archive_bench.fill([peer], numbers)
    measure(peer, "before ", numbers["studies"])
    generate(s, 20000 if quick else 1000000)
    measure(peer, "after ", numbers["studies"])
    for row, what in (
        ("ingest", "ingest 33 kB, 4 associations"),
        ("patient", "C-FIND by patient"),
        ("studies", "C-FIND of %d studies" % numbers["studies"]),
    ):
        before, after = (statistics.median(peer.seconds[mark + row]) for mark in ("before ", "after "))
        told = "%-34s before %.2f ms, after %.2f ms each; after / before %.2f (flat is 1)"
        print(told % (what, before * 1000, after * 1000, after / before), flush=True)
    size = int(s.sql("SELECT pg_total_relation_size('instance')")[0][0])
    rows = int(s.sql("SELECT count(*) FROM instance")[0][0])
    print("table instance with its indexes: %.0f bytes an instance" % (size / rows))
