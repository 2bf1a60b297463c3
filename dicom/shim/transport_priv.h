/* The transport under an association. DCMTK reads a PDU as 6 bytes and a body and writes it as 12 bytes and a
 * body; with Nagle's algorithm at one end and delayed acknowledgement at the other that costs 40 ms an
 * exchange. Here reads take what the socket has (up to 256 KiB), the acknowledgement is sent at once, and a
 * PDU leaves in one piece. Each read and write obeys a deadline, so a peer that drips bytes cannot hold a
 * thread. TLS comes in as a dicom_stream under raw_read and raw_write. Owner: shared, see Wire. Threads:
 * one, but for interrupt(). Cost: the buffer. */
#ifndef DICOM_SHIM_TRANSPORT_PRIV_H
#define DICOM_SHIM_TRANSPORT_PRIV_H

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "dicom/shim/stream.h"

#include "dcmtk/config/osconfig.h"
#include "dcmtk/dcmnet/dcmlayer.h"
#include "dcmtk/dcmnet/dcmtrans.h"

int64_t monotonic_ms();

/* The socket with its buffer and deadline. Shared by DCMTK's connection object, which DCMTK deletes when it
 * sees fit, and the association, which outlives it. */
class Wire
{
  public:
    explicit Wire(int fd);
    ~Wire();
    Wire(const Wire &) = delete;
    Wire &operator=(const Wire &) = delete;

    /* Reads and writes from now on fail after this many milliseconds. */
    void allow_ms(int64_t ms);
    /* Bytes buffered or arriving within ms. */
    bool wait_readable(int64_t ms);
    /* The same, but not beyond the deadline; running out of it counts as timed out. */
    bool wait_allowed(int64_t ms);
    bool timed_out() const
    {
        return timed_out_;
    }
    bool interrupted() const
    {
        return interrupted_.load();
    }
    /* From any thread: every wait ends. */
    void interrupt();
    ssize_t read(void *buf, size_t nbyte);
    ssize_t write(const void *buf, size_t nbyte);
    /* Exactly n bytes, or false (at the end, and when the deadline has passed). */
    bool read_all(void *buf, size_t n);
    /* These bytes are what is read next. */
    void unread(std::vector<unsigned char> bytes);
    int fd() const
    {
        return fd_;
    }
    /* From now on bytes go through it; it is freed before the socket is closed. */
    void secure(const dicom_stream &stream);
    int64_t deadline_ms() const
    {
        return deadline_;
    }
    void close();

  private:
    bool buffered() const;
    bool wait_for(short events, int64_t until);
    ssize_t raw_read(void *first, size_t first_n, void *second, size_t second_n);
    bool raw_write(const void *head, size_t head_n, const void *body, size_t body_n);
    void arm_quickack();
    bool stream_write(const void *bytes, size_t n);

    int fd_;
    dicom_stream stream_{};               /* ctx NULL: plain */
    std::mutex closing_;                  /* interrupt() against close() */
    std::unique_ptr<unsigned char[]> in_; /* not zeroed: an idle connection touches no page of it */
    size_t in_from_ = 0, in_to_ = 0;
    std::vector<unsigned char> again_; /* unread bytes, before those of in_ */
    size_t again_from_ = 0;
    unsigned char head_[12]; /* a PDU's beginning, held until its body comes */
    size_t head_n_ = 0;
    uint64_t pdu_left_ = 0; /* bytes of the PDU being written that are still to come */
    int64_t deadline_ = 0;
    bool timed_out_ = false;
    std::atomic<bool> interrupted_{false};
};

class Transport : public DcmTransportConnection
{
  public:
    Transport(int fd, std::shared_ptr<Wire> wire, std::function<bool()> handshake);
    ~Transport() override;
    OFCondition serverSideHandshake() override;
    OFCondition clientSideHandshake() override;
    OFCondition renegotiate(const char *) override;
    ssize_t read(void *buf, size_t nbyte) override;
    ssize_t write(void *buf, size_t nbyte) override;
    void close() override;
    void closeTransportConnection() override;
    unsigned long getPeerCertificateLength() override;
    unsigned long getPeerCertificate(void *, unsigned long) override;
    OFBool networkDataAvailable(int timeout) override;
    OFBool isTransparentConnection() override;
    OFString &dumpConnectionParameters(OFString &str) override;

  private:
    std::shared_ptr<Wire> wire_;
    std::function<bool()> handshake_; /* of a requester; may be empty */
};

/* Hands Transports to DCMTK and tells the thread that asked for one. */
class TransportLayer : public DcmTransportLayer
{
  public:
    DcmTransportConnection *createConnection(DcmNativeSocketType fd, OFBool secure) override;
};

/* What to do in this thread the moment a connection is made. */
struct TransportBirth {
    std::shared_ptr<Wire> wire; /* the socket's, when it was accepted here */
    int64_t allow_ms = 60000;
    std::function<void(std::shared_ptr<Wire>)> on_birth;
    std::function<bool()> handshake; /* after on_birth */
};
TransportBirth &transport_birth();

#endif
