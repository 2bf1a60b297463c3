-- What one HL7 peer may do and how it is answered; 0 and '' leave it to the options hl7.* (server/auth/peer_settings.def).
-- The name of an HL7 peer may be a pattern: '*' stands for any characters.
ALTER TABLE peer
    ADD COLUMN certificate text NOT NULL DEFAULT '',  -- 'sha256:…', 'subject:…' or 'dns:…'; '': none is asked for
    ADD COLUMN ack_return text NOT NULL DEFAULT '',
    ADD COLUMN frame_max integer NOT NULL DEFAULT 0,
    ADD COLUMN frame_seconds integer NOT NULL DEFAULT 0,
    ADD COLUMN idle_seconds integer NOT NULL DEFAULT 0,
    ADD COLUMN connections integer NOT NULL DEFAULT 0,
    ADD COLUMN rate integer NOT NULL DEFAULT 0,
    ADD COLUMN commit_bytes integer NOT NULL DEFAULT 0,
    ADD COLUMN sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN refuse_reused integer NOT NULL DEFAULT 0;
