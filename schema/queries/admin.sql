-- What the screens of web-admin list. $1 is the row filter where rows are clinical.

-- name: admin_counts :one
SELECT (SELECT count(*) FROM resource WHERE type = 'Task' AND NOT deleted),
    (SELECT count(*) FROM study), (SELECT coalesce(sum(instance_count), 0) FROM study),
    (SELECT count(*) FROM report_link), (SELECT count(*) FROM message),
    (SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'audit_event'::regclass),
    (SELECT coalesce(max(id), 0) FROM audit_event);

-- Events behind the end of the chain, in sealing order.
-- name: admin_audit_unsealed :one
WITH tail AS (
    SELECT l.xid, l.id FROM audit_seal s JOIN audit_event l ON l.id = s.event_id ORDER BY s.seq DESC LIMIT 1)
SELECT count(*) FROM audit_event e
WHERE (e.xid, e.id) > (coalesce((SELECT xid FROM tail), '0'::xid8), coalesce((SELECT id FROM tail), 0));

-- patient is an id as people know it, or the reference or id of the Patient.
-- name: admin_audit_list :many
SELECT e.id, (extract(epoch FROM e.recorded) * 1000000)::bigint, e.kind, e.outcome, coalesce(e.principal, ''), e.door,
    coalesce(e.request, ''), coalesce(e.object_type, ''), coalesce(e.object_id, ''),
    coalesce((SELECT i.value FROM resource r JOIN patient_identifier i ON i.rid = r.rid
        WHERE r.type = 'Patient' AND r.id = regexp_replace(e.patient, '^Patient/', '') 
            ORDER BY i.former, i.merged_from NULLS FIRST, i.value LIMIT 1),
        e.patient, ''),
    coalesce(e.study_uid, ''), coalesce(e.accession, ''), coalesce(e.address, ''), convert_from(e.content, 'UTF8'),
    EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)
FROM audit_event e
WHERE ($1 = '' OR e.patient = $1 OR e.patient IN (
        SELECT unnest(ARRAY['Patient/' || r.id, r.id]) FROM patient_identifier i JOIN resource r ON r.rid = i.rid
        WHERE i.value = $1)
        OR e.patient IN (SELECT i.value FROM patient_identifier i JOIN resource r ON r.rid = i.rid
        WHERE r.type = 'Patient' AND 'Patient/' || r.id = $1))
    AND ($2 = '' OR e.principal = $2) AND ($3 = '' OR e.kind = $3) AND ($4 = '' OR e.object_id = $4)
    AND ($5::bigint = 0 OR e.recorded >= timestamptz 'epoch' + $5::bigint * interval '1 microsecond')
    AND ($6::bigint = 0 OR e.recorded < timestamptz 'epoch' + $6::bigint * interval '1 microsecond')
    AND ($7::bigint = 0 OR e.id < $7::bigint)
ORDER BY e.id DESC LIMIT $8::int;

-- name: admin_orders_of_accession :many
SELECT DISTINCT r.rid FROM order_identifier i JOIN resource r ON r.rid = i.rid
WHERE i.kind = 'accession' AND i.value = $2 AND NOT r.deleted AND r.rid IN (SELECT w.order_rid FROM worklist w
        WHERE w.order_rid = i.rid UNION SELECT i.rid)
    AND ($1::text[] IS NULL OR r.department = ANY ($1::text[]))
ORDER BY r.rid LIMIT 20;
