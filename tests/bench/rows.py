"""What one order or document writes, read back from the tables, as a pgbench script that writes the same rows anew.

Every row the transaction inserted is found through its transaction or its documents; one multi-row INSERT a
table, in one pipeline, in one transaction. Document keys, ids and the order's own number become expressions of a number
that grows with each run, so that indexes grow as they do in the server.
"""

import re

# table → which of its rows are the transaction's; $RIDS, $XID and $CONTROL are filled in
TABLES = {
    "resource": "xid = '$XID'",
    "search_token": "rid IN ($RIDS)",
    "search_string": "rid IN ($RIDS)",
    "search_date": "rid IN ($RIDS)",
    "search_number": "rid IN ($RIDS)",
    "search_text": "rid IN ($RIDS)",
    "patient_identifier": "rid IN ($RIDS)",
    "order_identifier": "rid IN ($RIDS)",
    "worklist": "order_rid IN ($RIDS)",
    "message": "control_id = '$CONTROL'",
    "audit_event": "xid = '$XID'",
}
GENERATED = {("audit_event", "id"), ("audit_event", "xid"), ("resource", "seq"), ("resource", "xid")}
KEYS = {"rid", "task_rid", "order_rid", "procedure_rid", "patient_rid", "message_id"}
WHOLE = {"content", "raw", "ack", "content_hash"}  # long texts stay as they are: only their size matters


def counters(s):
    """table → rows inserted so far. Waits a moment: PostgreSQL's counters lag."""
    s.sql("SELECT pg_sleep(1.5)")
    found = s.sql("SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables")
    return {r[0]: tuple(map(int, r[1:])) for r in found}


def difference(before, after, acts):
    out = {}
    for table, counts in after.items():
        for kind, a, b in zip(("", " updated", " deleted"), counts, before.get(table, (0, 0, 0))):
            if a - b >= acts / 100:
                out[table + kind] = (a - b) / acts
    return out


def text(counts):
    return ", ".join("%s %.3g" % (t, n) for t, n in sorted(counts.items()))


def columns(s, table):
    found = s.sql(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
        " WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum" % table
    )
    return [(name, kind) for name, kind in found if (table, name) not in GENERATED]


def quoted(value):
    """A literal that pgbench finds no variable in: colons are written as escapes."""
    return "U&'%s'" % value.replace("\\", "\\\\").replace("'", "''").replace(":", "\\003A")


class Writer:
    def __init__(self, rids, ids, number):
        self.keys = {rid: i for i, rid in enumerate(rids)}
        self.words = {number: ":n::text"}
        self.words.update({name: "'b' || :n::text || '-%d'" % i for i, name in enumerate(ids)})
        self.split = re.compile("(%s)" % "|".join(map(re.escape, self.words)))

    def value(self, column, kind, value):
        if value == "\\N":
            return "NULL::" + kind
        if column in KEYS:
            return "(:n::bigint * 32 + %d)" % self.keys.setdefault(value, len(self.keys))
        if column in WHOLE or kind != "text":
            return quoted(value) + "::" + kind
        parts = [self.words.get(p) or quoted(p) for p in self.split.split(value) if p]
        return "(%s)" % " || ".join(parts) if parts else "''::text"


def script_of(s, xid, number, control=""):
    """(pgbench script, table → rows it writes): the rows of one transaction and its documents."""
    documents = s.sql("SELECT rid, id FROM resource WHERE xid = '%s' ORDER BY rid" % xid)
    writer = Writer([d[0] for d in documents], [d[1] for d in documents], number)
    lines, counted = ["\\set i :i + 1", "\\set n 1000000 + :i * 64 + :client_id", "\\startpipeline", "BEGIN;"], {}
    for table, where in TABLES.items():
        where = where.replace("$XID", xid).replace("$CONTROL", control)
        where = where.replace("$RIDS", ",".join(d[0] for d in documents))
        statement, count = insert_of(s, writer, table, where)
        if count:
            lines.append(statement)
            counted[table] = count
    return "\n".join(lines + ["COMMIT;", "\\endpipeline", ""]), counted


def insert_of(s, writer, table, where):
    """(one multi-row INSERT of what is found, how many rows)."""
    names = columns(s, table)
    listed = ", ".join('"%s"' % n for n, _ in names)
    found = s.sql("SELECT %s FROM %s WHERE %s" % (listed, table, where))
    values = ["(%s)" % ", ".join(writer.value(n, k, v) for (n, k), v in zip(names, row)) for row in found]
    return "INSERT INTO %s (%s) VALUES %s;" % (table, listed, ", ".join(values)), len(found)


def script_of_order(s, control, number):
    """What one order of HL7 wrote."""
    found = s.sql("SELECT r.xid FROM worklist w JOIN resource r ON r.rid = w.task_rid WHERE w.step_id = 'S%s'" % number)
    return script_of(s, found[0][0], number, control)


def script_of_document(s, kind, name, number):
    """What one create of FHIR wrote."""
    found = s.sql("SELECT xid FROM resource WHERE type = '%s' AND id = '%s'" % (kind, name))
    return script_of(s, found[0][0], number)


def newest_event(s, kind):
    """The INSERT of an audit event like the newest one of its kind."""
    newest = "id = (SELECT max(id) FROM audit_event WHERE kind = '%s')" % kind
    return insert_of(s, Writer([], [], "no number"), "audit_event", newest)[0] + "\n"
