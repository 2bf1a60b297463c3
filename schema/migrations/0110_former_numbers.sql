-- A number that a patient had before (Patient.identifier with use "old") leads to the patient, until another one has it.
ALTER TABLE patient_identifier ADD COLUMN former boolean NOT NULL DEFAULT false;

INSERT INTO patient_identifier (namespace, value, rid, former)
SELECT a.namespace, i.one ->> 'value', r.rid, true
FROM (SELECT rid, content FROM resource p WHERE type = 'Patient' AND NOT deleted AND strpos(content, '"old"') > 0
        AND NOT EXISTS (SELECT 1 FROM patient_merge m WHERE m.source_rid = p.rid AND m.undone IS NULL)) r
    CROSS JOIN LATERAL jsonb_array_elements(r.content::jsonb -> 'identifier') AS i (one)
    JOIN authority a ON a.uri = i.one ->> 'system'
WHERE i.one ->> 'use' = 'old' AND i.one ->> 'value' <> '' ORDER BY r.rid DESC
ON CONFLICT DO NOTHING;
