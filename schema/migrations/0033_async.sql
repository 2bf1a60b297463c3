-- Requests that were taken with "Prefer: respond-async": what was asked, by whom, and what came of it.

CREATE TABLE async_request (
    async_id text PRIMARY KEY,               -- 256 random bits
    owner text NOT NULL,                     -- who asked; nobody else sees it
    kind smallint NOT NULL,                  -- the principal as it was then: struct principal
    display text NOT NULL,
    address text NOT NULL,
    permissions bigint NOT NULL,
    roles integer NOT NULL,
    departments text NOT NULL,
    method text NOT NULL,
    target text NOT NULL,
    content_type text NOT NULL,
    prefer text NOT NULL,
    body bytea NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'cancelled')),
    asked timestamptz NOT NULL DEFAULT now(),
    status integer,                          -- of the answer, once done
    location text,
    etag text,
    modified text,                           -- Last-Modified
    answer text                              -- its body, JSON
);
CREATE INDEX async_request_asked ON async_request (asked);

GRANT SELECT, INSERT, UPDATE, DELETE ON async_request TO isocentre_server;
