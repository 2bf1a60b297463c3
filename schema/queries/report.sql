-- Reports of several orders, and links that people decided (domain/link_also.c, report_decide.c).

-- name: report_also_clear :exec
DELETE FROM report_link_also WHERE report_rid = $1;

-- name: report_also_put :exec
INSERT INTO report_link_also (report_rid, place, accession_number, accession_issuer, filler_order, placer_order)
VALUES ($1, $2::int, $3, $4, $5, $6);

-- name: report_also_list :many
SELECT place, accession_number, accession_issuer, filler_order, placer_order FROM report_link_also
WHERE report_rid = $1 ORDER BY place;

-- name: report_also_state :exec
UPDATE report_link_also SET state = $3, rung = $4, order_rid = nullif($5::bigint, 0)
WHERE report_rid = $1 AND place = $2::int;

-- name: report_decided :one
SELECT decided, coalesce(decided_order, 0), coalesce((SELECT coalesce('ImagingStudy/' || r.id, w.imaging_study)
    FROM worklist w LEFT JOIN study s ON s.order_rid = w.order_rid AND s.link_state = 'linked'
        LEFT JOIN resource r ON r.rid = s.imaging_study
    WHERE w.order_rid = l.decided_order ORDER BY r.id NULLS LAST LIMIT 1), '')
FROM report_link l WHERE report_rid = $1;

-- name: report_decide :exec
UPDATE report_link SET decided = $2, decided_order = nullif($3::bigint, 0) WHERE report_rid = $1;

-- name: report_unlink :exec
UPDATE report_link SET state = 'unlinked', rung = 'person', evidence = $2, order_rid = NULL WHERE report_rid = $1;
