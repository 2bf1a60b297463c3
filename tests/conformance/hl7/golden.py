"""Golden pairs: what goes in, and what everybody sees of it. Each tests/golden/hl7/pairs/NAME.hl7 holds one or more
messages, one behind the other; NAME.json beside it says

    "about":    what the pair shows, in a sentence
    "answers":  for each message its code ("AA"), or {"code": …, place: text …}; places: "ERR-2", "OBR[2]-18.1"
    "worklist": {"keys": {…}, "steps": [{key: value …}]}, or a list of such: what a scanner finds, by DICOM keywords
    "fhir":     {search below /fhir: [fragments]}: as many resources as fragments, each with all its fragment says

    "row":      which row of the map from orders to the worklist it shows (ROWS)

A text that begins and ends with / is a pattern. Every trigger event of triggers.def has a pair, and so has every row of
ROWS. Run by `run`; names of pairs may be given."""

import json
import pathlib
import re
import sys

TREE = pathlib.Path(__file__).resolve().parent.parent.parent.parent
sys.path.insert(0, str(TREE / "tests" / "support"))

import hl7  # noqa: E402
import house as houses  # noqa: E402

PAIRS = TREE / "tests" / "golden" / "hl7" / "pairs"
# What an order says and a scanner reads (IHE RAD TF-2 table B-1): each row is shown by a pair, in ORM and in OMI.
ROWS = """
    character-set patient-id patient-name birth-date-and-sex other-patient-data weight-and-size patient-state
    medical-alerts pregnancy-status special-needs admission patient-location referring-physician requesting-physician
    requesting-service institution placer-order filler-order accession-number procedure-id step-id study-uid modality
    procedure-code protocol-code step-start priority station performing-physician reason transport-and-confidentiality
    procedure-comments step-status
""".split()
CHARSETS = {"8859/1": "latin-1"}


def messages(raw):
    """The messages of a file, as bytes ended by CR; segments may stand on lines of their own."""
    lines = [line for line in raw.decode().replace("\n", "\r").split("\r") if line]
    found = []
    for line in lines:
        if line.startswith("MSH"):
            found.append([])
        found[-1].append(line)
    return [encoded("\r".join(m) + "\r") for m in found]


def encoded(text):
    """In the set of MSH-18."""
    fields = text.split("\r")[0].split("|")
    return text.encode(CHARSETS.get(fields[17] if len(fields) > 17 else "", "utf-8"))


def at(ack, place):
    """The text of "OBR[2]-18.1" in an answer."""
    name, occurrence, field, component = re.fullmatch(r"(\w{3})(?:\[(\d+)\])?-(\d+)(?:\.(\d+))?", place).groups()
    segments = [s for s in ack.segments if s[0] == name]
    index = int(occurrence or 1) - 1
    if index >= len(segments):
        return None
    number = int(field) - (1 if name == "MSH" else 0)
    text = ack.field(segments[index], number)
    return text.split("^")[int(component) - 1] if component and len(text.split("^")) >= int(component) else text


def differs(expected, found, where):
    """The first difference in words; None when found has all that is expected."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            return "%s: %r is no object" % (where, found)
        for key, value in expected.items():
            if key not in found:
                return "%s: no %s" % (where, key)
            why = differs(value, found[key], "%s.%s" % (where, key))
            if why:
                return why
        return None
    if isinstance(expected, list):
        if not isinstance(found, list):
            return "%s: %r is no list" % (where, found)
        for value in expected:
            if all(differs(value, item, where) for item in found):
                return "%s: no item like %s in %s" % (where, json.dumps(value), json.dumps(found)[:600])
        return None
    if isinstance(expected, str) and len(expected) > 1 and expected[0] == expected[-1] == "/":
        return None if re.fullmatch(expected[1:-1], str(found)) else "%s: %r is not %s" % (where, found, expected)
    return None if expected == found else "%s: %r, not %r" % (where, found, expected)


def check_answer(expected, ack, where):
    expected = {"code": expected} if isinstance(expected, str) else expected
    for place, text in expected.items():
        found = ack.code if place == "code" else at(ack, place)
        why = differs(text, found, "%s %s" % (where, place))
        if why:
            return why + "\n" + ack.text.replace("\r", "\n")
    return None


# Asked for by the tests' peer anyway.
USUAL = {
    "ScheduledProcedureStepSequence." + key
    for key in (
        "ScheduledStationAETitle",
        "ScheduledProcedureStepStartDate",
        "ScheduledProcedureStepStartTime",
        "Modality",
        "ScheduledProcedureStepID",
        "ScheduledProcedureStepDescription",
        "ScheduledProcedureStepStatus",
    )
}


def check_worklist(house, expected):
    for query in expected if isinstance(expected, list) else [expected]:
        asked = {key.replace(".", "[0]."): "" for step in query["steps"] for key in step if key not in USUAL}
        found = house.peer("CT1").worklist(**{**asked, **query["keys"]})
        if len(found) != len(query["steps"]):
            return "worklist %s: %d steps, not %d: %s" % (query["keys"], len(found), len(query["steps"]), found)
        why = differs(query["steps"], found, "worklist")
        if why:
            return why
    return None


def check_fhir(house, expected):
    for search, fragments in expected.items():
        found = house.search(search)
        if len(found) != len(fragments):
            return "%s: %d found, not %d: %s" % (search, len(found), len(fragments), json.dumps(found)[:1500])
        why = differs(fragments, found, search)
        if why:
            return why
    return None


def check(house, path):
    """Why the pair is not as expected; None when it is."""
    expected = json.loads(path.with_suffix(".json").read_text())
    sent = messages(path.read_bytes())
    if len(sent) != len(expected["answers"]):
        return "%d messages, %d answers" % (len(sent), len(expected["answers"]))
    for i, content in enumerate(sent):
        why = check_answer(expected["answers"][i], house.send(content), "answer %d" % (i + 1))
        if why:
            return why
    return (expected.get("worklist") and check_worklist(house, expected["worklist"])) or check_fhir(
        house, expected.get("fhir", {})
    )


def untold():
    """Trigger events without a pair."""
    triggers = set(re.findall(r'TRIGGER\("([A-Z]{3}\^\w{3})"', (TREE / "hl7" / "net" / "triggers.def").read_text()))
    told = set()
    for path in PAIRS.glob("*.hl7"):
        for content in messages(path.read_bytes()):
            told.add("^".join(content.decode("latin-1").split("|")[8].split("^")[:2]))
    return sorted(triggers - told)


def unshown():
    """Rows of the map without a pair, and rows that are none."""
    shown = {json.loads(path.read_text()).get("row") for path in PAIRS.glob("*.json")} - {None}
    return sorted(set(ROWS) ^ shown)


def main(names):
    passed = failed = 0
    houses.end_cleanly()
    with houses.House(
        "demo", {"site.timezone": "Europe/Oslo", "site.patient_authority": "CLINIC"}, durable=False
    ) as house:
        for path in sorted(PAIRS.glob("*.hl7")):
            if names and path.stem not in names:
                continue
            why = check(house, path)
            passed, failed = passed + (not why), failed + bool(why)
            print("%-40s %s" % (path.stem, why or "ok"))
    missing = [] if names else untold() + unshown()
    for trigger in missing:
        print("%-40s has no pair" % trigger)
    print("%d passed, %d failed" % (passed, failed + len(missing)))
    return 1 if failed or missing or not passed else 0


sys.exit(main(sys.argv[1:]))
