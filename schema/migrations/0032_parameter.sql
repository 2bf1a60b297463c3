-- Search parameters of the site, and the texts of documents.

-- A row for each type an active SearchParameter is of. Not ready: a walk (search_work, kind parameter) indexes it.
CREATE TABLE search_parameter (
    rid bigint NOT NULL REFERENCES resource, -- of the SearchParameter
    type text NOT NULL,
    code text NOT NULL,
    kind text NOT NULL,
    url text NOT NULL,
    expression text NOT NULL,
    targets text NOT NULL,
    ready boolean NOT NULL DEFAULT false,
    PRIMARY KEY (type, code)
);
CREATE INDEX search_parameter_rid ON search_parameter (rid);
GRANT SELECT, INSERT, UPDATE, DELETE ON search_parameter TO isocentre_server;

-- When a walk for parameters was seen first: it starts once every process has heard of them.
ALTER TABLE search_work ADD COLUMN armed timestamptz;
