-- An order that arrives asks first whether anything ever waited for one of its numbers: one look into one index, where
-- what waits (link_waiting, order_tombstone_find) stands in six tables. A number stays here when nothing waits for it any more: the answer
-- "perhaps" costs a second look and no more.
CREATE TABLE waiting_number (
    value text NOT NULL -- a Study Instance UID, or an accession, filler or placer number
);
CREATE INDEX waiting_number_value ON waiting_number (value);
GRANT SELECT, INSERT ON waiting_number TO isocentre_server;

-- No constraint: two that wait for one number at once need not wait for each other.
CREATE FUNCTION waiting_number_note(numbers text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO waiting_number (value) SELECT DISTINCT n FROM unnest(numbers) AS n
    WHERE n <> '' AND NOT EXISTS (SELECT 1 FROM waiting_number w WHERE w.value = n);
$$;
GRANT EXECUTE ON FUNCTION waiting_number_note TO isocentre_server;

CREATE FUNCTION study_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM waiting_number_note(ARRAY[NEW.study_uid, NEW.accession_number]);
    RETURN NULL;
END $$;
CREATE FUNCTION report_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM waiting_number_note(ARRAY[NEW.study_uid, NEW.accession_number, NEW.filler_order, NEW.placer_order]);
    RETURN NULL;
END $$;
CREATE FUNCTION report_also_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM waiting_number_note(ARRAY[NEW.accession_number]);
    RETURN NULL;
END $$;
CREATE FUNCTION order_waits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM waiting_number_note(ARRAY[NEW.value]);
    RETURN NULL;
END $$;

-- The counts of a study, which each of its instances changes, are no reason to look.
CREATE TRIGGER waits AFTER INSERT OR UPDATE OF link_state, study_uid, accession_number ON study
    FOR EACH ROW WHEN (NEW.link_state <> 'linked') EXECUTE FUNCTION study_waits();
CREATE TRIGGER waits AFTER INSERT OR UPDATE ON report_link
    FOR EACH ROW WHEN (NEW.state <> 'linked') EXECUTE FUNCTION report_waits();
CREATE TRIGGER waits AFTER INSERT OR UPDATE ON report_link_also
    FOR EACH ROW WHEN (NEW.state <> 'linked') EXECUTE FUNCTION report_also_waits();
CREATE TRIGGER waits AFTER INSERT OR UPDATE ON performed_item
    FOR EACH ROW WHEN (NEW.task_rid IS NULL) EXECUTE FUNCTION study_waits();
CREATE TRIGGER waits AFTER INSERT OR UPDATE ON appointment_order
    FOR EACH ROW EXECUTE FUNCTION order_waits();
CREATE TRIGGER waits AFTER INSERT ON order_tombstone
    FOR EACH ROW EXECUTE FUNCTION order_waits();

INSERT INTO waiting_number (value)
SELECT value FROM (
    SELECT study_uid AS value FROM study WHERE link_state <> 'linked'
    UNION SELECT accession_number FROM study WHERE link_state <> 'linked'
    UNION SELECT study_uid FROM report_link WHERE state <> 'linked'
    UNION SELECT accession_number FROM report_link WHERE state <> 'linked'
    UNION SELECT filler_order FROM report_link WHERE state <> 'linked'
    UNION SELECT placer_order FROM report_link WHERE state <> 'linked'
    UNION SELECT accession_number FROM report_link_also WHERE state <> 'linked'
    UNION SELECT study_uid FROM performed_item WHERE task_rid IS NULL
    UNION SELECT accession_number FROM performed_item WHERE task_rid IS NULL
    UNION SELECT value FROM appointment_order
    UNION SELECT value FROM order_tombstone) AS n
WHERE value <> '';
