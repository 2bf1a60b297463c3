#!/usr/bin/env bash
# The demo story: one order, one worklist, one study, one report, played with the tools each party would use.
# Usage: story.sh STATE_DIR (server/up --demo calls it). Playing it again changes nothing: what is there is shown.
set -u
PROGRAM=demo
HERE=$(cd "$(dirname "$0")" && pwd)
HOUSE=$(cd "$HERE/../.." && pwd)
. "$HOUSE/server/state.sh"
state_enter "${1:-$HOUSE/var}"
as_owner test -f "$CONF" || die "there is no server in $STATE; server/up --demo starts one"

STUDY=2.25.302914851427043123957406325124356214781
SERIES=$STUDY.1
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
trap 'exit 1' INT TERM

conf_read
HTTP=$(base_url)
DICOM=("$(door_host dicom)" "$(door_port dicom)")
AET=$(conf dicom.aet ISOCENTRE)
export TZ
TZ=$(conf site.timezone UTC)

title() {
    printf '\n%s. %s\n' "$1" "$2"
}

show() {
    sed 's/^/      /'
}

# fhir PATH: the answer's body. The password travels in a pipe, not on a command line.
fhir() {
    curl -sS --noproxy '*' -m 20 -K <(printf 'user = "admin:%s"\n' "$(cat "$STATE/secrets/admin-password")") \
        -H 'Accept: application/fhir+json' "$HTTP/fhir/$1"
}

# pick EXPRESSION: a Python expression over b, the resources of the Bundle on stdin; fails when it gives nothing.
pick() {
    python3 -c '
import json, sys
entries = json.load(sys.stdin).get("entry", [])
b = [e["resource"] for e in entries if e.get("search", {}).get("mode", "match") == "match"]
found = eval(sys.argv[1])
print(found) if found else sys.exit(1)' "$1" 2>/dev/null
}

# fill TEMPLATE NAME=VALUE…: the template with @NAME@ filled in.
fill() {
    local file=$1 args=() pair
    shift
    for pair in "$@"; do args+=(-e "s|@${pair%%=*}@|${pair#*=}|g"); done
    sed "${args[@]}" "$file"
}

hl7_send() {
    fill "$HERE/$1.hl7" "NOW=$(date +%Y%m%d%H%M%S)" "START=$(date +%Y%m%d%H%M)" >"$WORK/$1.hl7"
    chmod -R a+rX "$WORK"
    isocentre hl7 send "$WORK/$1.hl7" --host "$(door_host hl7)" --port "$(door_port hl7)" 2>&1 |
        tr '\r' '\n' >"$WORK/ack"
    local status=${PIPESTATUS[0]}
    show <"$WORK/ack"
    return "$status"
}

order_ids() {
    fhir "ServiceRequest?identifier=ACC-DEMO-1" | pick '" ".join(r["id"] for r in b)'
}

study_find() {
    local id
    for id in $(order_ids); do
        fhir "ImagingStudy?basedon=ServiceRequest/$id" >"$WORK/study.json"
        STUDY_ID=$(pick 'b and b[0]["id"]' <"$WORK/study.json") && return 0
    done
    return 1
}

study_facts() {
    pick '"status {status}, series {numberOfSeries}, instances {numberOfInstances}".format(**b[0])' <"$WORK/study.json"
}

step_order() {
    title 1 "The RIS sends the order (ORM^O01 over MLLP)"
    if order_ids >/dev/null; then
        printf '      already there: ServiceRequest %s\n' "$(order_ids)"
        return
    fi
    FRESH=1
    hl7_send order || die "the order was not acknowledged with AA"
    order_ids >/dev/null || die "the order was acknowledged, but FHIR does not show a ServiceRequest of ACC-DEMO-1"
}

# worklist_ask DAY: whether the scanner's worklist of that day, or of every day, holds the ordered study.
worklist_ask() {
    local sps='ScheduledProcedureStepSequence[0].ScheduledProcedureStep' step='ScheduledProcedureStepSequence[0]'
    findscu -v -W -aet CT1 -aec "$AET" "${DICOM[@]}" \
        -k "$step.ScheduledStationAETitle=CT1" -k "$step.Modality=CT" -k "${sps}StartDate=$1" \
        -k "${sps}StartTime" -k "${sps}ID" -k "${sps}Description" -k PatientName -k PatientID -k AccessionNumber \
        -k RequestedProcedureID -k StudyInstanceUID >"$WORK/worklist" 2>&1 ||
        { tail -n 3 "$WORK/worklist" | show; die "the worklist could not be asked for"; }
    grep -E '^I: *\((0008,0050|0010,0010|0010,0020|0020,000d|0040,000[1239]|0040,1001)\)' "$WORK/worklist" |
        grep -v 'no value' | sed -e 's/^I: *//' -e 's/ *# .*, 1 /  /' -e 's/ \]/]/' | sort -u >"$WORK/shown"
    grep -q "$STUDY" "$WORK/shown"
}

step_worklist() {
    title 2 "The scanner CT1 asks for its worklist of today (findscu -W)"
    if worklist_ask "$(date +%Y%m%d)"; then
        show <"$WORK/shown"
    elif [ -n "$FRESH" ]; then
        tail -n 5 "$WORK/worklist" | show
        die "the worklist of today does not show the step with the ordered Study Instance UID"
    elif worklist_ask ''; then
        printf '      not today: the order of the first telling was for another day, whose worklist shows\n'
        show <"$WORK/shown"
    else
        printf '      no worklist shows the step of the first telling any more\n'
    fi
}

images_make() {
    local slice
    python3 - "$WORK/pixels" <<'PY'
import array, sys
size = 64
def value(x, y):        # a skull, a brain, the ventricles; Hounsfield units
    r = ((x - 31.5) ** 2 + (1.2 * (y - 31.5)) ** 2) ** 0.5
    if r > 27: return -1000
    if r > 24: return 900
    return 8 if abs(abs(x - 31.5) - 5) < 2.5 and abs(y - 30) < 8 else 36
array.array("h", [value(x, y) for y in range(size) for x in range(size)]).tofile(open(sys.argv[1], "wb"))
PY
    for slice in 1 2 3; do
        fill "$HERE/ct.dump" "STUDY=$STUDY" "SERIES=$SERIES" "SLICE=$slice" "DAY=$(date +%Y%m%d)" \
            "TIME=$(date +%H%M%S)" "PIXELS=$WORK/pixels" >"$WORK/ct$slice.dump"
        dump2dcm -q +te "$WORK/ct$slice.dump" "$WORK/ct$slice.dcm" || die "dump2dcm could not make the demo image"
    done
}

step_images() {
    title 3 "The scanner sends three CT images that carry the ordered Study Instance UID (storescu)"
    if study_find && study_facts | grep -q 'instances 3'; then
        printf '      already there: ImagingStudy %s\n' "$STUDY_ID"
        return
    fi
    images_make
    storescu -v -aet CT1 -aec "$AET" "${DICOM[@]}" "$WORK"/ct[123].dcm >"$WORK/store" 2>&1 ||
        { tail -n 5 "$WORK/store" | show; die "the images were not stored"; }
    grep 'Received Store Response' "$WORK/store" | sed 's/^I: //' | show
}

step_study() {
    title 4 "The EHR looks for the study of its order (GET /fhir/ImagingStudy?basedon=…)"
    study_find || die "no ImagingStudy is based on the order ACC-DEMO-1"
    study_facts | sed "s|^|ImagingStudy/$STUDY_ID: |" | show
    [ "$(study_facts)" = "status available, series 1, instances 3" ] ||
        die "the study is not available with 1 series and 3 instances"
}

step_report() {
    title 5 "The reporting system sends the report (ORU^R01 over MLLP)"
    if report_facts >/dev/null; then
        printf '      already there\n'
        return
    fi
    hl7_send report || die "the report was not acknowledged with AA"
}

report_facts() {
    fhir "DiagnosticReport?imagingStudy=ImagingStudy/$STUDY_ID" |
        pick '"\n".join(map("DiagnosticReport/{0[id]}: status {0[status]}, {0[imagingStudy][0][reference]}".format, b))'
}

step_linked() {
    title 6 "The EHR asks for the report of the study (GET /fhir/DiagnosticReport?imagingStudy=…)"
    report_facts >"$WORK/report" || die "no report is linked to ImagingStudy/$STUDY_ID"
    show <"$WORK/report"
    grep -q 'status final' "$WORK/report" || die "the report is not final"
}

step_audit() {
    title 7 "The compliance officer verifies the trail of it all (server/cli audit verify)"
    local status waited=0
    while sleep 1; do # the sealer follows the acts, the first checkpoint follows the sealer
        isocentre audit verify --config "$CONF" >"$WORK/verify" 2>&1
        status=$?
        waited=$((waited + 1))
        [ $waited -lt 8 ] && grep -q '"checkpoints":0' "$WORK/verify" || break
    done
    show <"$WORK/verify"
    [ $status -eq 0 ] || die "the audit trail does not verify"
}

FRESH=
STUDY_ID=
step_order
step_worklist
step_images
step_study
step_report
step_linked
step_audit
printf '\nThe story is told: every step showed what it must.\n'
