-- A report of several orders: what it is about beside its first, each with its own link.
CREATE TABLE report_link_also (
    report_rid bigint NOT NULL REFERENCES resource,
    place integer NOT NULL,
    accession_number text NOT NULL DEFAULT '',
    accession_issuer text NOT NULL DEFAULT '',
    filler_order text NOT NULL DEFAULT '',
    placer_order text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('linked', 'waiting', 'held')),
    rung text NOT NULL DEFAULT '',
    order_rid bigint,
    PRIMARY KEY (report_rid, place)
);
CREATE INDEX report_link_also_accession ON report_link_also (accession_number) WHERE state <> 'linked';
GRANT SELECT, INSERT, UPDATE, DELETE ON report_link_also TO isocentre_server;

-- What a person decided of a link: '' the ladder decides; 'unlinked' it stays alone; 'order' it is decided_order's.
ALTER TABLE report_link ADD COLUMN decided text NOT NULL DEFAULT '' CHECK (decided IN ('', 'unlinked', 'order'));
ALTER TABLE report_link ADD COLUMN decided_order bigint;
ALTER TABLE report_link DROP CONSTRAINT report_link_state_check;
ALTER TABLE report_link ADD CONSTRAINT report_link_state_check CHECK (state IN ('linked', 'waiting', 'held', 'unlinked'));
