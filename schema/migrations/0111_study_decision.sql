-- Which order images answer, where a person or a corrected order said it: it stands against the ladder. No order: none.
CREATE TABLE study_decision (
    study_key bigint PRIMARY KEY REFERENCES study,
    order_rid bigint,
    decided timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON study_decision TO isocentre_server;
