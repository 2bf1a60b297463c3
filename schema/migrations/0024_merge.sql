-- What a merge wrote, and what undoing it must find as it was.
-- written: a document as the merge left it (before: its version before the merge, and after it).
ALTER TABLE patient_merge_row DROP CONSTRAINT patient_merge_row_what_check;
ALTER TABLE patient_merge_row ADD CONSTRAINT patient_merge_row_what_check
    CHECK (what IN ('document', 'report', 'study', 'identifier', 'target', 'source', 'written'));
CREATE INDEX patient_merge_row_key ON patient_merge_row (key) WHERE what = 'document';
