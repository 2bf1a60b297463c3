/* Who may come in, and to what: titles, addresses, certificates, user identity; then SOP classes and transfer syntaxes.
 * What is refused is audited, and told apart in the rejection, so that a technician sees what is wrong. */
#include "dicom/net/net_priv.h"

#include <string.h>

#include "base/log.h"

#define APPLICATION_CONTEXT "1.2.840.10008.3.1.1.1"
#define STANDARD_ROOT "1.2.840.10008."

/* ---- lists of a peer ---- */

/* '*' stands for any characters. */
static bool fits(struct str pattern, struct str text)
{
    size_t p = 0, t = 0, star = pattern.n, from = 0;
    while (t < text.n) {
        if (p < pattern.n && pattern.p[p] == '*') {
            star = p++;
            from = t;
        } else if (p < pattern.n && pattern.p[p] == text.p[t]) {
            p++;
            t++;
        } else if (star < pattern.n) {
            p = star + 1;
            t = ++from;
        } else {
            return false;
        }
    }
    while (p < pattern.n && pattern.p[p] == '*')
        p++;
    return p == pattern.n;
}

bool admit_listed(const char *list, const char *uid)
{
    struct str rest = str_of(list), word;
    const char *name = dicom_uid_name(uid);
    if (!rest.n)
        return true;
    while (rest.n && str_next(&rest, ',', &word)) {
        word = str_trim(word);
        if (word.n && (fits(word, str_of(uid)) || (name && fits(word, str_of(name)))))
            return true;
    }
    return false;
}

/* A class that no standard names; ones a standard names and we do not know are no storage to us. */
static bool is_private(const char *sop_class)
{
    return !str_starts(str_of(sop_class), STANDARD_ROOT) && dicom_uid_check(str_of(sop_class), true, NULL);
}

const struct service *admit_service(struct session *s, const char *sop_class, int command)
{
    const struct service *service = service_find(sop_class, command);
    bool open = s->config->private_classes || s->who.peer.private_classes;
    return service || !open || !is_private(sop_class) ? service : service_private(command);
}

static int closed(struct session *s, const struct dicom_context *proposed, const char *syntax)
{
    if (!s->closed++) {
        str_copy(s->closed_class, sizeof s->closed_class, str_of(proposed->abstract_syntax));
        str_copy(s->closed_syntax, sizeof s->closed_syntax, str_of(syntax));
    }
    return syntax ? -DICOM_CONTEXT_TRANSFER_SYNTAXES : -DICOM_CONTEXT_USER_REJECTED;
}

/* The peer's first syntax that we know and take from it. */
static int choose_listed(struct session *s, const struct dicom_context *proposed)
{
    const char *list = s->who.peer.transfer_syntaxes, *known = NULL;
    int plain = proposed->peer_is_scp ? dicom_choose_uncompressed(proposed) : -1;
    if (plain >= 0 && admit_listed(list, proposed->transfer_syntaxes[plain]))
        return plain; /* it wants to be sent objects: in a plain syntax all of them can go */
    for (size_t i = 0; i < proposed->transfer_syntax_count; i++) {
        if (!dicom_transfer_syntax_known(proposed->transfer_syntaxes[i]))
            continue;
        if (admit_listed(list, proposed->transfer_syntaxes[i]))
            return (int)i;
        known = known ? known : proposed->transfer_syntaxes[i];
    }
    return known ? closed(s, proposed, known) : -DICOM_CONTEXT_TRANSFER_SYNTAXES;
}

int admit_context(struct session *s, const struct dicom_context *proposed)
{
    const struct service *service = admit_service(s, proposed->abstract_syntax, 0);
    if (!service)
        return -DICOM_CONTEXT_ABSTRACT_SYNTAX;
    if (!admit_listed(s->who.peer.sop_classes, proposed->abstract_syntax))
        return closed(s, proposed, NULL);
    return service->known_syntaxes ? choose_listed(s, proposed) : dicom_choose_uncompressed(proposed);
}

void admit_tell(struct session *s)
{
    struct err why;
    err_clear(&why);
    if (!s->closed)
        return;
    err_set(&why, ERR_FORBIDDEN,
            "%d of its presentation contexts are not open to this peer, the first: SOP class %s%s%s", s->closed,
            s->closed_class, s->closed_syntax[0] ? " in transfer syntax " : "", s->closed_syntax);
    log_warning("dimse", "'%s' from %s: %s", s->who.name, s->who.address, why.text);
    gate_forbid(s->config->gate, "dimse", &s->who, &why);
}

/* ---- user identity (PS3.7 D.3.3.7) ---- */

static bool refuse_identity(struct session *s, const char *why)
{
    struct err e;
    err_clear(&e);
    err_set(&e, ERR_UNAUTHENTICATED, "user identity of an association: %s", why);
    log_warning("dimse", "'%s' from %s rejected: %s", s->who.name, s->who.address, e.text);
    gate_forbid(s->config->gate, "dimse", &s->who, &e);
    return session_reject(s, DICOM_REJECT_NO_REASON);
}

/* The person may do here what both the node and the person may. */
static bool become(struct session *s, const struct principal *person)
{
    struct principal *who = &s->who;
    bool both = who->departments[0] && person->departments[0];
    if (both && strcmp(who->departments, person->departments) != 0)
        return refuse_identity(s, "the person and the node belong to other departments");
    if (person->departments[0])
        str_copy(who->departments, sizeof who->departments, str_of(person->departments));
    who->permissions &= person->permissions | UINT64_C(1) << PERM_ECHO;
    str_copy(who->display, sizeof who->display, str_of(person->name));
    return true;
}

static bool sign_in(struct session *s, const struct dicom_peer *peer)
{
    struct principal person = {.kind = PRINCIPAL_NONE};
    struct err e;
    err_clear(&e);
    if (!s->tls)
        return refuse_identity(s, "a passcode is taken over TLS only");
    struct credentials c = {.kind = CREDENTIALS_BASIC,
                            .user = peer->identity_primary,
                            .password = peer->identity_secondary,
                            .address = peer->address,
                            .encrypted = true};
    if (gate_authenticate(s->config->gate, "dimse", &c, &person, &e))
        return become(s, &person);
    return session_reject(s, e.code == ERR_UNAUTHENTICATED ? DICOM_REJECT_NO_REASON : DICOM_REJECT_CONGESTION);
}

/* A name alone proves nothing and gives nothing: it is told beside the node's. */
static bool identify(struct session *s, const struct dicom_peer *peer)
{
    switch (peer->identity) {
    case DICOM_IDENTITY_NONE:
        return true;
    case DICOM_IDENTITY_USER:
        if (!str_utf8_valid(peer->identity_primary))
            return refuse_identity(s, "the name is no text");
        str_copy(s->who.display, sizeof s->who.display, str_utf8_clip(peer->identity_primary, 100));
        return true;
    case DICOM_IDENTITY_PASSCODE:
        return sign_in(s, peer);
    case DICOM_IDENTITY_KERBEROS:
    case DICOM_IDENTITY_SAML:
    case DICOM_IDENTITY_JWT:
    default:
        return refuse_identity(s, "Kerberos, SAML and JWT are not offered");
    }
}

/* ---- the association ---- */

static bool is_loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0 || strncmp(address, "::ffff:127.", 11) == 0;
}

static bool authenticate(struct session *s, const struct dicom_peer *peer, struct err *e)
{
    struct credentials c = {.kind = CREDENTIALS_AE,
                            .calling = str_of(peer->calling_aet),
                            .called = str_of(peer->called_aet),
                            .certificate = s->shown.fingerprint[0] ? &s->shown : NULL,
                            .address = peer->address,
                            .loopback = is_loopback(peer->address),
                            .encrypted = s->tls != NULL};
    return gate_authenticate(s->config->gate, "dimse", &c, &s->who, e);
}

bool admit_association(struct session *s)
{
    const struct dicom_peer *peer = dicom_association_peer(s->association);
    struct err e;
    err_clear(&e);
    if (strcmp(peer->application_context, APPLICATION_CONTEXT) != 0) {
        err_set(&e, ERR_UNSUPPORTED, "application context is not that of DICOM");
        session_bad_input(s, &e);
        return session_reject(s, DICOM_REJECT_APPLICATION_CONTEXT);
    }
    if (authenticate(s, peer, &e))
        return identify(s, peer);
    bool wrong_called = strcmp(peer->called_aet, s->config->ae_title) != 0;
    log_info("dimse", "association from %s rejected: %s", peer->address, e.text);
    return session_reject(s, e.code != ERR_UNAUTHENTICATED ? DICOM_REJECT_CONGESTION
                             : wrong_called                ? DICOM_REJECT_CALLED_AET
                                                           : DICOM_REJECT_CALLING_AET);
}
