-- Messages that left are found, held and aged out as those that came are; peers' settings hold at once.

ALTER TABLE hl7_sent
    ADD COLUMN words tsvector,                        -- written behind; NULL: not yet
    ADD COLUMN held boolean NOT NULL DEFAULT false,   -- legal hold on this message
    ADD COLUMN emptied timestamptz;                   -- when its bytes aged out
CREATE INDEX hl7_sent_unread ON hl7_sent (message_id) WHERE words IS NULL;
CREATE INDEX hl7_sent_words ON hl7_sent USING gin (words);
CREATE INDEX hl7_sent_whole ON hl7_sent (message_id) WHERE emptied IS NULL;
CREATE INDEX hl7_sent_patient ON hl7_sent (patient_id, message_id) WHERE patient_id <> '';
CREATE INDEX hl7_sent_accession ON hl7_sent (accession, message_id) WHERE accession <> '';
CREATE INDEX hl7_sent_replaces ON hl7_sent (replaces) WHERE replaces IS NOT NULL;

-- 1: what is UTF-8 is read so, though MSH-18 names a set of one byte (server/auth/peer_settings.def).
ALTER TABLE peer ADD COLUMN utf8 integer NOT NULL DEFAULT 0;

-- Every node forgets what it knows of peers when one was changed.
CREATE FUNCTION peer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NOTIFY isocentre_peer;
    RETURN NULL;
END
$$;
CREATE TRIGGER peer_changed AFTER INSERT OR UPDATE OR DELETE ON peer FOR EACH STATEMENT EXECUTE FUNCTION peer_changed();
