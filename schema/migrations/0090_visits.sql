-- What a patient must not be given, as the worklist shows it: one row for each AllergyIntolerance.
CREATE TABLE patient_allergy (
    rid bigint PRIMARY KEY REFERENCES resource,
    patient_rid bigint NOT NULL,
    words text NOT NULL,
    active boolean NOT NULL
);
CREATE INDEX patient_allergy_patient ON patient_allergy (patient_rid);
GRANT SELECT, INSERT, UPDATE, DELETE ON patient_allergy TO isocentre_server;

-- What an order said of allergies, without those that no longer stand, and behind it those the record knows.
CREATE FUNCTION worklist_allergies(p_patient bigint, p_said text) RETURNS text
LANGUAGE sql STABLE AS $body$
    SELECT CASE WHEN NOT EXISTS (SELECT 1 FROM patient_allergy a WHERE a.patient_rid = p_patient) THEN p_said
        ELSE coalesce((SELECT CASE WHEN length(string_agg(w, '; ' ORDER BY place)) > 64
                    THEN left(string_agg(w, '; ' ORDER BY place), 61) || '...'
                    ELSE string_agg(w, '; ' ORDER BY place) END
            FROM (SELECT (array_agg(w ORDER BY place))[1] AS w, min(place) AS place
                FROM (SELECT btrim(u.w) AS w, u.place FROM unnest(string_to_array(p_said, ';')) WITH ORDINALITY u (w, place)
                    WHERE NOT EXISTS (SELECT 1 FROM patient_allergy a WHERE a.patient_rid = p_patient
                        AND NOT a.active AND lower(a.words) = lower(btrim(u.w)))
                    UNION ALL
                    SELECT a.words, 1000 + row_number() OVER (ORDER BY a.rid) FROM patient_allergy a
                    WHERE a.patient_rid = p_patient AND a.active) AS every (w, place)
                WHERE w <> '' GROUP BY lower(w)) AS one), '') END
$body$;
GRANT EXECUTE ON FUNCTION worklist_allergies TO isocentre_server;
