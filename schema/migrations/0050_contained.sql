-- Contained resources in the index (_contained). Each has a row id of its own, by which search_token and its like name
-- it; no row of resource has that id, so other searches never meet it. It keeps the id while its container holds it.
CREATE TABLE search_contained (
    rid bigint PRIMARY KEY,
    container bigint NOT NULL,
    type text NOT NULL,
    id text NOT NULL, -- within the container: "m1" of "#m1"
    content text NOT NULL
);
CREATE UNIQUE INDEX search_contained_place ON search_contained (container, id);
CREATE INDEX search_contained_type ON search_contained (type, rid);
GRANT SELECT, INSERT, UPDATE, DELETE ON search_contained TO isocentre_server;

-- Where no document waits for it, nothing is to be done.
UPDATE search_extraction SET version = 5 WHERE NOT EXISTS (SELECT 1 FROM resource);
