#include "dicom/shim/part10.h"

#include "craft.h"
#include "tool.h"

static const char CT[] = "1.2.840.10008.5.1.4.1.1.2";

/* DCMTK's own tools read what is written here. */
static void test_read_by_dcmdump(void)
{
    char dir[] = "/tmp/test_part10_XXXXXX", path[64];
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/a.dcm", dir);
    struct err e = {0};
    CRAFT(head);
    CU_ASSERT_TRUE(dicom_part10_header(CT, "1.2.3.4", DICOM_EXPLICIT_LE, "SCANNER", &head, &e));
    CU_ASSERT_TRUE(head.n < DICOM_PART10_HEADER_MAX);
    CRAFT(body);
    craft(&body, EXPLICIT, 0x00080018, "UI", "1.2.3.4");
    craft(&body, EXPLICIT, 0x00100020, "LO", "P77");
    CU_ASSERT_TRUE(tool_write(path, buf_view(&head), buf_view(&body)));
    CRAFT(output);
    char *argv[] = {"dcmdump", path, NULL};
    CU_ASSERT_EQUAL(tool_run(argv, &output), 0);
    static const char *const said[] = {
        "(0002,0002) UI =CTImageStorage", "(0002,0003) UI [1.2.3.4]", "(0002,0010) UI =LittleEndianExplicit",
        DICOM_IMPLEMENTATION_UID,         "(0002,0016) AE [SCANNER]", "(0010,0020) LO [P77]"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        CU_ASSERT_PTR_NOT_NULL(strstr(output.p, said[i]));
    CU_ASSERT_PTR_NULL(strstr(output.p, "W:"));
    CU_ASSERT_PTR_NULL(strstr(output.p, "E:"));
    unlink(path);
    rmdir(dir);
}

static void test_round_trip(void)
{
    struct err e = {0};
    CRAFT(file);
    CU_ASSERT_TRUE(dicom_part10_header(CT, "1.2.3", DICOM_IMPLICIT_LE, "", &file, &e));
    size_t head = file.n;
    buf_puts(&file, "data set");
    struct dicom_part10 m;
    CU_ASSERT_TRUE_FATAL(dicom_part10_parse(buf_view(&file), &m, &e));
    CU_ASSERT_EQUAL(m.dataset_offset, head);
    CU_ASSERT_TRUE(m.preamble_clean);
    CU_ASSERT_STRING_EQUAL(m.sop_class, CT);
    CU_ASSERT_STRING_EQUAL(m.sop_instance, "1.2.3");
    CU_ASSERT_STRING_EQUAL(m.transfer_syntax, DICOM_IMPLICIT_LE);
    CU_ASSERT_STRING_EQUAL(m.source_aet, "");
    file.p[0] = 'M';
    CU_ASSERT_TRUE(dicom_part10_parse(buf_view(&file), &m, &e));
    CU_ASSERT_FALSE(m.preamble_clean);
    struct str no_preamble = str_sub(buf_view(&file), 128, file.n);
    CU_ASSERT_TRUE(dicom_part10_parse(no_preamble, &m, &e));
    CU_ASSERT_EQUAL(m.dataset_offset, head - 128);
    CU_ASSERT_TRUE(dicom_part10_parse(str_sub(buf_view(&file), 132, file.n), &m, &e));
    for (size_t n = 0; n + 4 < head; n++) { /* every cut is refused or lands between two elements */
        bool ok = dicom_part10_parse(str_sub(buf_view(&file), 0, n), &m, &e);
        CU_ASSERT_TRUE(!ok || (m.dataset_offset <= n && m.transfer_syntax[0]));
    }
}

static void test_refused(void)
{
    struct err e = {0};
    CRAFT(b);
    CU_ASSERT_FALSE(dicom_part10_header(CT, "../../x", DICOM_EXPLICIT_LE, "A", &b, &e));
    CU_ASSERT_EQUAL(e.code, ERR_INVALID);
    CU_ASSERT_FALSE(dicom_part10_header(CT, "", DICOM_EXPLICIT_LE, "A", &b, &e));
    struct dicom_part10 m;
    CU_ASSERT_FALSE(dicom_part10_parse(STR("GIF89a and so on, this is no DICOM"), &m, &e));
    CU_ASSERT_EQUAL(e.code, ERR_STRUCTURE);
    CU_ASSERT_FALSE(dicom_part10_parse(STR(""), &m, &e));
}

static const struct unit_case cases[] = {
    {"dcmdump reads it", test_read_by_dcmdump},
    {"there and back", test_round_trip},
    {"refused", test_refused},
};
UNIT_MAIN("dicom/shim/part10", cases)
