/* Hashing, random values, Ed25519 signatures, certificates and TLS contexts: OpenSSL, and nothing of it elsewhere.
 * Owner: keys, contexts and streams belong to the caller, who frees them.
 * Threads: functions on values run on any thread; a key or context may be shared once made; a hash or TLS stream
 * is used by one thread at a time.
 * Cost: SHA-256 uses the processor's own instructions where it has them (1 GB/s and more); a signature takes some
 * 100 us, a handshake about a millisecond. */
#ifndef TLS_TLS_H
#define TLS_TLS_H

#include "base/buf.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/str.h"

enum {
    TLS_SHA256 = 32,      /* bytes of a SHA-256 and of an HMAC with it */
    TLS_SIGNATURE = 64,   /* bytes of an Ed25519 signature (RFC 8032) */
    TLS_PUBLIC_KEY = 32,  /* bytes of an Ed25519 public key */
    TLS_UUID_TEXT = 37,   /* "00000000-0000-0000-0000-000000000000" and NUL */
    TLS_UUID_DECIMAL = 40 /* up to 39 digits and NUL */
};

/* ---- hashes ---- */
void tls_sha256(const void *p, size_t n, unsigned char ret[TLS_SHA256]);
/* SHA-1, for the handshake of RFC 6455 alone: it protects nothing. */
void tls_sha1(struct str text, unsigned char ret[20]);
struct tls_sha256_stream {
    void *inner;
};
void tls_sha256_init(struct tls_sha256_stream *s);
void tls_sha256_update(struct tls_sha256_stream *s, const void *p, size_t n);
void tls_sha256_final(struct tls_sha256_stream *s, unsigned char ret[TLS_SHA256]); /* releases it too */
void tls_sha256_release(struct tls_sha256_stream *s); /* when it was not finished; fine after final */
/* HMAC-SHA-256 (RFC 2104). */
void tls_hmac(struct str key, struct str text, unsigned char ret[TLS_SHA256]);
/* Equal bytes? Takes the same time wherever they differ. */
bool tls_equal(const void *a, const void *b, size_t n);

/* ---- random values and UUIDs ---- */
bool tls_random(void *ret, size_t n, struct err *e);
/* n random bytes as lower-case hexadecimal: 2n characters and NUL. */
bool tls_random_hex(char *ret, size_t n, struct err *e);
/* 256 random bits as 43 base64url characters (RFC 4648 §5, no padding) and NUL. */
bool tls_random_id(char ret[44], struct err *e);
/* A random UUID (RFC 9562 §5.4), lower case. */
bool tls_uuid(char ret[TLS_UUID_TEXT], struct err *e);
/* The same name in the same namespace always gives the same UUID: SHA-256 of both, version 8 (RFC 9562 §5.8).
 */
void tls_uuid_named(struct str space, struct str name, unsigned char ret[16]);
void tls_uuid_text(const unsigned char uuid[16], char ret[TLS_UUID_TEXT]);
/* The UUID as one decimal number, as the OID arc 2.25 wants it (X.667 §6.3, PS3.5 B.2). */
void tls_uuid_decimal(const unsigned char uuid[16], char ret[TLS_UUID_DECIMAL]);

/* ---- Ed25519 ---- */
struct tls_key;
/* A new key, its private half written to path as PEM (PKCS #8), mode 0600, synced. CONFLICT when path exists.
 */
struct tls_key *tls_key_generate(const char *path, struct err *e);
/* Refuses a file that others may read. */
struct tls_key *tls_key_load_private(const char *path, struct err *e);
struct tls_key *tls_key_load_public(const char *path, struct err *e);
struct tls_key *tls_key_from_public(const unsigned char raw[TLS_PUBLIC_KEY], struct err *e);
void tls_key_free(struct tls_key *k);
bool tls_key_public(const struct tls_key *k, unsigned char ret[TLS_PUBLIC_KEY], struct err *e);
bool tls_key_public_pem(const struct tls_key *k, struct buf *ret_pem, struct err *e);
bool tls_sign(const struct tls_key *k, struct str text, unsigned char ret[TLS_SIGNATURE], struct err *e);
/* True when the signature is the key's over exactly this text. */
bool tls_verify(const struct tls_key *k, struct str text, const unsigned char signature[TLS_SIGNATURE]);

/* ---- certificates and connections ---- */
/* A self-signed certificate (EC P-256) for a host name or address, and for this machine's loopback names. */
bool tls_certificate_new(const char *host, int days, struct buf *ret_certificate, struct buf *ret_key, struct err *e);

struct tls_context;
struct tls_context_config {
    bool server;
    bool optional;                 /* a server with a CA: peers may show no certificate, but none of another CA */
    const char *certificate, *key; /* PEM files; a client may have none */
    const char *ca; /* PEM file. Server: peers must show a certificate of it. Client: NULL means the system's */
};
/* TLS 1.2 and 1.3 only, AEAD ciphers with forward secrecy only. */
struct tls_context *tls_context_new(const struct tls_context_config *config, struct err *e);
void tls_context_free(struct tls_context *c);

/* A TLS connection over a connected socket, which stays the caller's. The process must ignore SIGPIPE.
 * How long a call may take: wait NULL, over a blocking socket, is bounded by the socket's own time-outs for each
 * piece (SO_RCVTIMEO, SO_SNDTIMEO); a wait, over a non-blocking socket, bounds the whole call, however slowly bytes
 * drip. TIMEOUT when it is over, UNAVAILABLE when stop_fd became readable. */
struct tls_wait {
    clock_us until; /* clock_monotonic */
    int stop_fd;    /* -1: none */
};
struct tls_stream;
struct tls_stream *tls_accept(struct tls_context *c, int fd, const struct tls_wait *wait, struct err *e);
/* Verifies the peer's certificate against the context's CA and against host. */
struct tls_stream *tls_connect(struct tls_context *c, int fd, const char *host, const struct tls_wait *wait,
                               struct err *e);
/* At least one byte, or 0 at the peer's orderly end; -1 on failure. */
ptrdiff_t tls_read(struct tls_stream *s, void *to, size_t n, const struct tls_wait *wait, struct err *e);
bool tls_write(struct tls_stream *s, const void *p, size_t n, const struct tls_wait *wait, struct err *e);
/* Bytes have been taken from the socket already: read before waiting for it. */
bool tls_pending(const struct tls_stream *s);

/* What the peer's certificate, already verified, says of it. */
struct tls_peer {
    char fingerprint[2 * TLS_SHA256 + 1]; /* SHA-256 in hexadecimal, lower case */
    char subject[256];                    /* "CN=ris,O=Clinic" (RFC 2253) */
    char names[1024];                     /* "dns:ris.example.org\n…", its alternative names */
};
/* NOT_FOUND when it showed none. */
bool tls_peer_read(struct tls_stream *s, struct tls_peer *ret_peer, struct err *e);
/* The same of a certificate's bytes (DER), verified elsewhere. */
bool tls_peer_parse(struct str der, struct tls_peer *ret_peer, struct err *e);
/* SHA-256 of the peer's certificate; NOT_FOUND when it showed none. */
bool tls_peer_fingerprint(struct tls_stream *s, unsigned char ret[TLS_SHA256], struct err *e);
void tls_stream_free(struct tls_stream *s); /* says goodbye, does not close the socket */

#endif
