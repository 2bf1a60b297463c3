/* ImagingStudy from R4 to R5. */
#include "fhir/r5/r5.h"

#include "domain/house.h"

static const char r4[] =
    "{\"resourceType\":\"ImagingStudy\",\"id\":\"i\",\"contained\":[{\"resourceType\":\"Endpoint\",\"id\":\"wado\","
    "\"status\":\"active\",\"connectionType\":{\"system\":\"s\",\"code\":\"dicom-wado-rs\"},"
    "\"payloadType\":[{\"text\":\"DICOM\"}],\"payloadMimeType\":[\"application/dicom\"],\"address\":\"http://h\"}],"
    "\"extension\":[{\"url\":\"http://x\",\"valueString\":\"kept\"}],"
    "\"status\":\"available\",\"modality\":[{\"system\":\"d\",\"code\":\"CT\"},{\"system\":\"d\",\"code\":\"SR\"}],"
    "\"subject\":{\"reference\":\"Patient/p\"},\"interpreter\":[{\"reference\":\"Practitioner/a\"}],"
    "\"procedureReference\":{\"reference\":\"Procedure/q\"},\"procedureCode\":[{\"text\":\"pc\"}],"
    "\"reasonCode\":[{\"text\":\"rc\"}],\"reasonReference\":[{\"reference\":\"Condition/c\"}],"
    "\"series\":[{\"uid\":\"1.2\",\"modality\":{\"code\":\"CT\"},\"bodySite\":{\"display\":\"HEAD\"},"
    "\"laterality\":{\"code\":\"L\"},\"instance\":[{\"uid\":\"1.2.3\",\"sopClass\":{\"code\":\"x\"},\"number\":4}]}]}";

static void each_element(void)
{
    static const struct {
        const char *path, *value;
    } cases[] = {
        {"modality[1].coding[0].code", "SR"},
        {"extension[0].valueString", "kept"},
        {"extension[1].valueReference.reference", "Practitioner/a"},
        {"partOf[0].reference", "Procedure/q"},
        {"procedure[0].concept.text", "pc"},
        {"reason[0].concept.text", "rc"},
        {"reason[1].reference.reference", "Condition/c"},
        {"series[0].modality.coding[0].code", "CT"},
        {"series[0].bodySite.concept.coding[0].display", "HEAD"},
        {"series[0].laterality.coding[0].code", "L"},
        {"series[0].instance[0].sopClass.code", "x"},
        {"series[0].instance[0].number", "4"},
        {"contained[0].connectionType[0].coding[0].code", "dicom-wado-rs"},
        {"contained[0].payload[0].mimeType[0]", "application/dicom"},
        {"contained[0].payload[0].type[0].text", "DICOM"},
    };
    static const char *const gone[] = {"interpreter", "procedureReference", "procedureCode", "reasonCode",
                                       "reasonReference", "contained[0].payloadType"};
    struct arena a;
    struct err e;
    arena_init(&a);
    err_clear(&e);
    struct fhir_node *n = r5_study(&a, fhir_parse_json(&a, str_of(r4), &e));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        TEST_STR(fhir_text(n, cases[i].path), cases[i].value);
    for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++)
        CU_ASSERT_PTR_NULL(fhir_at(n, gone[i]));
    arena_release(&a);
}

static const struct unit_case cases[] = {{"each element R5 changed", each_element}};

int main(void)
{
    return unit_main("r5 study", cases, (int)(sizeof cases / sizeof cases[0]));
}
