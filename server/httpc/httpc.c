#include "httpc/httpc_priv.h"

#include <curl/curl.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { HANDLES = 8, ANSWER_MAX = 64 * 1024, CONNECT_MS = 10000, URL_MAX = 2000, HEADER_MAX = 4000 };

struct httpc {
    struct allow allow;
    char *ca_file;
    pthread_mutex_t lock;
    CURL *idle[HANDLES]; /* with their connections */
    size_t idle_count;
    atomic_bool stopping;
};

struct call { /* one exchange, as its callbacks see it */
    struct httpc *client;
    bool listed, refused;
    size_t answer;
};

struct httpc *httpc_new(const struct httpc_config *config, struct err *e)
{
    struct httpc *c = mem_zalloc(sizeof *c);
    if (!allow_parse(str_of(config->allow ? config->allow : ""), &c->allow, e)) {
        mem_free(c);
        return NULL;
    }
    curl_global_init(CURL_GLOBAL_DEFAULT);
    c->ca_file = config->ca_file && config->ca_file[0] ? mem_cstr(config->ca_file) : NULL;
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void httpc_free(struct httpc *c)
{
    if (!c)
        return;
    for (size_t i = 0; i < c->idle_count; i++)
        curl_easy_cleanup(c->idle[i]);
    pthread_mutex_destroy(&c->lock);
    mem_free(c->ca_file);
    mem_free(c);
    curl_global_cleanup();
}

void httpc_stop(struct httpc *c)
{
    atomic_store(&c->stopping, true);
}

/* ---- the address ---- */

struct place { /* parts of an address, as libcurl itself reads it */
    char host[256];
    bool listed;
};

static bool part_of(CURLU *u, CURLUPart part, char *to, size_t size)
{
    char *text = NULL;
    bool there = curl_url_get(u, part, &text, 0) == CURLUE_OK && text;
    if (there)
        there = str_copy(to, size, str_of(text)) && to[0];
    curl_free(text);
    return there;
}

static bool read_place(struct httpc *c, CURLU *u, struct place *ret_place, struct err *e)
{
    char scheme[16], secret[8];
    if (!part_of(u, CURLUPART_SCHEME, scheme, sizeof scheme) ||
        (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0))
        return err_set(e, ERR_BUSINESS_RULE, "an endpoint is an http or https address");
    char *user = NULL, *password = NULL;
    bool has = curl_url_get(u, CURLUPART_USER, &user, 0) == CURLUE_OK ||
               curl_url_get(u, CURLUPART_PASSWORD, &password, 0) == CURLUE_OK ||
               part_of(u, CURLUPART_FRAGMENT, secret, sizeof secret);
    curl_free(user);
    curl_free(password);
    if (has)
        return err_set(e, ERR_BUSINESS_RULE, "an endpoint has no credentials and no fragment in its address");
    if (!part_of(u, CURLUPART_HOST, ret_place->host, sizeof ret_place->host))
        return err_set(e, ERR_BUSINESS_RULE, "an endpoint names a host");
    size_t n = strlen(ret_place->host);
    if (ret_place->host[0] == '[') { /* the brackets of an IPv6 address, which getaddrinfo does not take */
        memmove(ret_place->host, ret_place->host + 1, n - 1);
        ret_place->host[n - 2] = '\0';
    }
    ret_place->listed = allow_host(&c->allow, ret_place->host);
    return true;
}

static bool find_place(struct httpc *c, struct str url, struct place *ret_place, struct err *e)
{
    char text[URL_MAX];
    if (!str_copy(text, sizeof text, url) || strlen(text) != url.n)
        return err_set(e, ERR_BUSINESS_RULE, "an endpoint's address has at most %d characters", URL_MAX - 1);
    for (size_t i = 0; i < url.n; i++)
        if ((unsigned char)text[i] <= ' ' || text[i] == 0x7f || text[i] == '\\')
            return err_set(e, ERR_BUSINESS_RULE, "an endpoint's address has no spaces, controls or backslashes");
    CURLU *u = curl_url();
    bool ok = curl_url_set(u, CURLUPART_URL, text, 0) == CURLUE_OK
                  ? read_place(c, u, ret_place, e)
                  : err_set(e, ERR_BUSINESS_RULE, "the endpoint is no absolute address");
    curl_url_cleanup(u);
    return ok;
}

static bool refuse(const char *host, struct err *e)
{
    return err_set(e, ERR_BUSINESS_RULE,
                   "the endpoint '%s' is an address inside this house; option fhir.subscription_allow can list it",
                   host);
}

bool httpc_check(struct httpc *c, struct str url, struct err *e)
{
    struct place p;
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found = NULL;
    if (!find_place(c, url, &p, e))
        return false;
    if (getaddrinfo(p.host, NULL, &hints, &found) != 0)
        return true;
    bool ok = true;
    for (struct addrinfo *a = found; a && ok; a = a->ai_next)
        ok = address_permitted(&c->allow, a->ai_addr, p.listed);
    freeaddrinfo(found);
    return ok || refuse(p.host, e);
}

/* ---- one exchange ---- */

static curl_socket_t open_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *to)
{
    struct call *call = ctx;
    (void)purpose;
    if (!address_permitted(&call->client->allow, &to->addr, call->listed)) {
        call->refused = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

static size_t drop_answer(char *bytes, size_t size, size_t n, void *ctx)
{
    struct call *call = ctx;
    (void)bytes;
    call->answer += size * n;
    return call->answer > ANSWER_MAX ? 0 : size * n;
}

static int look_whether_to_stop(void *ctx, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    struct call *call = ctx;
    (void)a, (void)b, (void)c, (void)d;
    return atomic_load(&call->client->stopping);
}

static CURL *take(struct httpc *c)
{
    pthread_mutex_lock(&c->lock);
    CURL *h = c->idle_count ? c->idle[--c->idle_count] : NULL;
    pthread_mutex_unlock(&c->lock);
    return h ? h : curl_easy_init();
}

static void give_back(struct httpc *c, CURL *h)
{
    curl_easy_reset(h); /* options go, connections stay */
    pthread_mutex_lock(&c->lock);
    bool kept = c->idle_count < HANDLES;
    if (kept)
        c->idle[c->idle_count++] = h;
    pthread_mutex_unlock(&c->lock);
    if (!kept)
        curl_easy_cleanup(h);
}

static bool add_header(struct curl_slist **list, const char *prefix, struct str text)
{
    char line[HEADER_MAX];
    size_t n = strlen(prefix);
    memcpy(line, prefix, n + 1);
    if (!str_copy(line + n, sizeof line - n, text))
        return false;
    struct curl_slist *longer = curl_slist_append(*list, line);
    if (longer)
        *list = longer;
    return longer != NULL;
}

static struct curl_slist *headers_of(const struct httpc_request *r, struct err *e)
{
    struct curl_slist *list = NULL;
    bool ok = add_header(&list, "Expect:", STR("")) && add_header(&list, "Accept: ", STR("*/*"));
    ok = ok && (r->content_type.n ? add_header(&list, "Content-Type: ", r->content_type)
                                  : add_header(&list, "Content-Type:", STR("")));
    for (size_t i = 0; ok && i < r->header_count; i++)
        ok = add_header(&list, "", r->headers[i]);
    if (ok)
        return list;
    curl_slist_free_all(list);
    err_set(e, ERR_TOO_LARGE, "a header has at most %d bytes", HEADER_MAX - 1);
    return NULL;
}

static void set_guards(CURL *h, struct call *call, int timeout_ms)
{
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(h, CURLOPT_PROXY, "");
    curl_easy_setopt(h, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(h, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(h, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, call);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, drop_answer);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, call);
    curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, look_whether_to_stop);
    curl_easy_setopt(h, CURLOPT_XFERINFODATA, call);
    if (call->client->ca_file)
        curl_easy_setopt(h, CURLOPT_CAINFO, call->client->ca_file);
}

static bool judge(CURL *h, CURLcode code, const struct call *call, const char *host, struct err *e)
{
    long status = 0;
    curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &status);
    if (call->refused)
        return refuse(host, e);
    bool answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && call->answer > ANSWER_MAX);
    if (answered && status >= 200 && status < 300)
        return true;
    if (answered)
        return err_set(e, ERR_CONFLICT, "'%s' answered with status %ld", host, status);
    return err_set(e, code == CURLE_OPERATION_TIMEDOUT ? ERR_TIMEOUT : ERR_UNAVAILABLE, "send to '%s': %s", host,
                   curl_easy_strerror(code));
}

static bool perform(struct call *call, CURL *h, const struct httpc_request *r, const char *host, struct err *e)
{
    char url[URL_MAX];
    struct curl_slist *headers = headers_of(r, e);
    if (!headers)
        return false;
    str_copy(url, sizeof url, r->url);
    set_guards(h, call, r->timeout_ms);
    curl_easy_setopt(h, CURLOPT_URL, url);
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(h, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.n);
    curl_easy_setopt(h, CURLOPT_POSTFIELDS, r->body.n ? r->body.p : "");
    curl_easy_setopt(h, CURLOPT_CUSTOMREQUEST, r->method);
    bool ok = judge(h, curl_easy_perform(h), call, host, e);
    curl_slist_free_all(headers);
    return ok;
}

bool httpc_send(struct httpc *c, const struct httpc_request *request, struct err *e)
{
    struct place p;
    if (!find_place(c, request->url, &p, e))
        return false;
    struct call call = {.client = c, .listed = p.listed};
    CURL *h = take(c);
    if (!h)
        return err_set(e, ERR_UNAVAILABLE, "no HTTP client");
    bool ok = perform(&call, h, request, p.host, e);
    give_back(c, h);
    return ok;
}
