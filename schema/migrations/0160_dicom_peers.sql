-- What one DICOM node (a peer of kind AE) may do, and where it is reached; 0 and '' leave it to the options dicom.*
-- (server/auth/peer_settings.def). A node may have several rows, one a network it calls from; at most one of them, the
-- one with a port, says where it is called.
ALTER TABLE peer
    ADD COLUMN host text NOT NULL DEFAULT '',
    ADD COLUMN port integer NOT NULL DEFAULT 0 CHECK (port BETWEEN 0 AND 65535),
    ADD COLUMN tls integer NOT NULL DEFAULT 0,                -- 1: spoken with over TLS only, both ways
    ADD COLUMN sop_classes text NOT NULL DEFAULT '',          -- UIDs or names, '*' for any characters, commas between
    ADD COLUMN transfer_syntaxes text NOT NULL DEFAULT '',    -- the same
    ADD COLUMN private_classes integer NOT NULL DEFAULT 0,    -- 1: private storage classes are taken
    ADD COLUMN duplicates text NOT NULL DEFAULT '',           -- reject, keep, replace, quarantine
    ADD COLUMN bandwidth integer NOT NULL DEFAULT 0;          -- kilobytes a second that are sent to it
CREATE UNIQUE INDEX peer_reached ON peer (name) WHERE kind = 'AE' AND port > 0;
