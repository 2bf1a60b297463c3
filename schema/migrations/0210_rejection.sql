-- Rejection notes (IHE RAD IOCM) and what they hide. A hidden instance leaves table instance, so that nothing that reads
-- it can show it; its row waits whole in rejected_instance, its file stays, and restoring puts the row back.
CREATE TABLE rejection_note (
    note_uid text PRIMARY KEY,                   -- SOP Instance UID of the Key Object Selection
    study_uid text NOT NULL,
    code text NOT NULL,                          -- document title, DCM
    state text NOT NULL CHECK (state IN ('standing', 'held', 'restored')),
    elsewhere integer NOT NULL,                  -- references into other studies, which it does not touch
    sender text NOT NULL,
    came timestamptz NOT NULL DEFAULT now(),
    decided_by text NOT NULL DEFAULT '',         -- who restored or applied it
    decided timestamptz
);
CREATE INDEX rejection_note_study ON rejection_note (study_uid);
CREATE TABLE rejection_reference (               -- also of instances that have not come
    sop_uid text NOT NULL,
    note_uid text NOT NULL REFERENCES rejection_note,
    PRIMARY KEY (sop_uid, note_uid)
);
CREATE INDEX rejection_reference_note ON rejection_reference (note_uid);
CREATE TABLE rejected_instance (
    sop_uid text PRIMARY KEY,
    study_key bigint NOT NULL REFERENCES study,
    series_key bigint NOT NULL REFERENCES series,
    file text NOT NULL UNIQUE,
    held jsonb NOT NULL,                         -- the row of instance, whatever its columns are
    hidden timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX rejected_instance_study ON rejected_instance (study_key);
CREATE INDEX rejected_instance_series ON rejected_instance (series_key);

-- What is here, hidden or not: whoever asks whether bytes are kept is told of both.
CREATE VIEW kept_instance AS
    SELECT sop_uid, series_key, sop_class, file, header_size, size, sha256 FROM instance
    UNION ALL
    SELECT j.sop_uid, j.series_key, j.held ->> 'sop_class', j.file, (j.held ->> 'header_size')::int,
        (j.held ->> 'size')::bigint, (j.held ->> 'sha256')::bytea
    FROM rejected_instance j;

-- What is stored and the note that hides it take turns by study: a note waits for stores that run, and those behind it
-- see its references. Taken before any row is locked.
CREATE FUNCTION rejection_turn(p_study text, p_alone boolean) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    IF p_alone THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_study, 210));
    ELSE
        PERFORM pg_advisory_xact_lock_shared(hashtextextended(p_study, 210));
    END IF;
END
$body$;

CREATE FUNCTION rejection_stands(p_study text, p_sop text) RETURNS boolean LANGUAGE sql STABLE AS $body$
    SELECT EXISTS (SELECT FROM rejection_reference r JOIN rejection_note n USING (note_uid)
        WHERE r.sop_uid = p_sop AND n.study_uid = p_study AND n.state = 'standing')
$body$;

CREATE FUNCTION rejection_before_instance() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    v_study text;
BEGIN
    SELECT s.study_uid INTO v_study FROM series e JOIN study s USING (study_key) WHERE e.series_key = NEW.series_key;
    PERFORM rejection_turn(v_study, rejection_stands(v_study, NEW.sop_uid));
    RETURN NEW;
END
$body$;
CREATE TRIGGER rejection_before_instance BEFORE INSERT ON instance
    FOR EACH ROW EXECUTE FUNCTION rejection_before_instance();

-- All counts anew, from what shows. The caller has the study to itself.
CREATE FUNCTION rejection_count(p_study bigint) RETURNS void LANGUAGE sql AS $body$
    UPDATE series e SET instance_count = x.n
    FROM (SELECT f.series_key, count(i.instance_key)::int AS n FROM series f LEFT JOIN instance i USING (series_key)
        WHERE f.study_key = p_study GROUP BY f.series_key) x
    WHERE e.series_key = x.series_key AND e.instance_count <> x.n;
    UPDATE study t SET series_count = x.series, instance_count = x.instances, bytes = x.bytes,
        modalities = x.modalities, sop_classes = x.classes, revision = t.revision + 1, changed = now()
    FROM (SELECT count(DISTINCT e.series_key)::int AS series, count(*)::int AS instances,
            coalesce(sum(i.size), 0)::bigint AS bytes,
            coalesce(array_agg(DISTINCT e.modality) FILTER (WHERE e.modality <> ''), '{}') AS modalities,
            coalesce(array_agg(DISTINCT i.sop_class), '{}') AS classes
        FROM series e JOIN instance i USING (series_key) WHERE e.study_key = p_study) x
    WHERE t.study_key = p_study
$body$;

-- Hide what standing notes name of a study: of p_sops, NULL for all. A note hides no note. The same bytes once more are
-- dropped, other bytes under a hidden UID are set aside.
CREATE FUNCTION rejection_hide(p_study text, p_sops text[]) RETURNS integer LANGUAGE plpgsql AS $body$
DECLARE
    v_key bigint;
    v_hidden integer;
BEGIN
    SELECT s.study_key INTO v_key FROM study s WHERE s.study_uid = p_study;
    WITH gone AS (
        DELETE FROM instance i USING series e
        WHERE e.series_key = i.series_key AND e.study_key = v_key AND (p_sops IS NULL OR i.sop_uid = ANY (p_sops))
            AND i.sop_uid IN (SELECT r.sop_uid FROM rejection_reference r JOIN rejection_note n USING (note_uid)
                WHERE n.study_uid = p_study AND n.state = 'standing')
            AND NOT EXISTS (SELECT FROM rejection_note n WHERE n.note_uid = i.sop_uid)
        RETURNING i.sop_uid, i.series_key, i.file, i.sha256, to_jsonb(i) AS held
    ), aside AS (
        INSERT INTO instance_quarantine (reason, sop_uid, sop_class, study_uid, department, transfer_syntax, size,
            header_size, pixel_offset, sha256, file, calling_ae)
        SELECT 'duplicate', g.sop_uid, h.sop_class, s.study_uid, s.department, h.transfer_syntax, h.size,
            h.header_size, h.pixel_offset, h.sha256, h.file, h.calling_ae
        FROM gone g JOIN rejected_instance j USING (sop_uid) JOIN study s ON s.study_key = v_key,
            jsonb_populate_record(NULL::instance, g.held) h
        WHERE (jsonb_populate_record(NULL::instance, j.held)).sha256 <> g.sha256
    ), put AS (
        INSERT INTO rejected_instance (sop_uid, study_key, series_key, file, held)
        SELECT sop_uid, v_key, series_key, file, held FROM gone ON CONFLICT (sop_uid) DO NOTHING
    )
    SELECT count(*) INTO v_hidden FROM gone;
    IF v_hidden > 0 THEN
        PERFORM rejection_count(v_key);
    END IF;
    RETURN v_hidden;
END
$body$;

-- An object was stored and counted: hidden at once when a note named it before. Else it may be the first that shows of
-- a series that was known by hidden ones; the count of series is made anew, under the lock that counting took.
CREATE FUNCTION rejection_arrived(p_study text, p_sop text) RETURNS void LANGUAGE plpgsql AS $body$
BEGIN
    IF rejection_stands(p_study, p_sop) THEN
        PERFORM rejection_turn(p_study, true);
        PERFORM rejection_hide(p_study, ARRAY[p_sop]);
    ELSIF EXISTS (SELECT FROM rejection_note n WHERE n.study_uid = p_study) THEN
        UPDATE study s SET series_count = (SELECT count(*) FROM series e
            WHERE e.study_key = s.study_key AND e.instance_count > 0) WHERE s.study_uid = p_study;
    END IF;
END
$body$;

-- Put back what no standing note names any more.
CREATE FUNCTION rejection_show(p_study text) RETURNS integer LANGUAGE plpgsql AS $body$
DECLARE
    v_key bigint;
    v_shown integer;
BEGIN
    SELECT s.study_key INTO v_key FROM study s WHERE s.study_uid = p_study;
    WITH back AS (
        DELETE FROM rejected_instance j WHERE j.study_key = v_key AND NOT rejection_stands(p_study, j.sop_uid)
        RETURNING j.held
    ), put AS (
        INSERT INTO instance OVERRIDING SYSTEM VALUE
        SELECT (jsonb_populate_record(NULL::instance, b.held)).* FROM back b RETURNING 1
    )
    SELECT count(*) INTO v_shown FROM put;
    IF v_shown > 0 THEN
        PERFORM rejection_count(v_key);
    END IF;
    RETURN v_shown;
END
$body$;

GRANT SELECT, INSERT, UPDATE ON rejection_note TO isocentre_server;
GRANT SELECT, INSERT ON rejection_reference TO isocentre_server;
GRANT SELECT, INSERT, DELETE ON rejected_instance TO isocentre_server;
GRANT SELECT ON kept_instance TO isocentre_server;
GRANT EXECUTE ON FUNCTION rejection_turn, rejection_stands, rejection_count, rejection_hide, rejection_arrived,
    rejection_show TO isocentre_server;
