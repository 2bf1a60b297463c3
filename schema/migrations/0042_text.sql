-- Words of documents, for _text (the narrative) and _content (everything).
CREATE TABLE search_text (
    rid bigint PRIMARY KEY,
    narrative tsvector NOT NULL,
    content tsvector NOT NULL
);
CREATE INDEX search_text_narrative ON search_text USING gin (narrative);
CREATE INDEX search_text_content ON search_text USING gin (content);
GRANT SELECT, INSERT, UPDATE, DELETE ON search_text TO isocentre_server;

-- Where no document waits for its words, nothing is to be done.
UPDATE search_extraction SET version = 3 WHERE NOT EXISTS (SELECT 1 FROM resource);
