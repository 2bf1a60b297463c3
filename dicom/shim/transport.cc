#include "transport_priv.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "dcmtk/dcmnet/cond.h"

static const size_t IN_SIZE = 256 * 1024;

int64_t monotonic_ms()
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1000000;
}

Wire::Wire(int fd) : fd_(fd), in_(new unsigned char[IN_SIZE])
{
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    arm_quickack();
}

Wire::~Wire()
{
    close();
}

void Wire::allow_ms(int64_t ms)
{
    deadline_ = monotonic_ms() + ms;
    timed_out_ = false;
}

void Wire::interrupt()
{
    std::lock_guard<std::mutex> lock(closing_);
    interrupted_.store(true);
    if (fd_ >= 0)
        shutdown(fd_, SHUT_RDWR);
}

void Wire::close()
{
    std::lock_guard<std::mutex> lock(closing_);
    if (stream_.ctx)
        stream_.free(stream_.ctx);
    stream_ = dicom_stream();
    if (fd_ >= 0)
        ::close(fd_);
    fd_ = -1;
}

/* The kernel forgets this flag after a while, hence again after each read. */
void Wire::arm_quickack()
{
    int on = 1;
    setsockopt(fd_, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

bool Wire::wait_for(short events, int64_t until)
{
    for (;;) {
        int64_t left = std::max<int64_t>(until - monotonic_ms(), 0);
        struct pollfd p = {fd_, events, 0};
        int n = poll(&p, 1, int(std::min<int64_t>(left, 1000000)));
        if (n > 0)
            return true;
        if (n < 0 && errno != EINTR)
            return false;
        if (n == 0 && left == 0) {
            timed_out_ = true;
            errno = ETIMEDOUT;
            return false;
        }
    }
}

bool Wire::buffered() const
{
    return again_from_ < again_.size() || in_from_ < in_to_ || (stream_.ctx && stream_.pending(stream_.ctx));
}

void Wire::secure(const dicom_stream &stream)
{
    stream_ = stream;
}

bool Wire::wait_readable(int64_t ms)
{
    if (buffered())
        return true;
    bool was = timed_out_;
    bool ready = wait_for(POLLIN, monotonic_ms() + ms);
    timed_out_ = was;
    return ready;
}

bool Wire::wait_allowed(int64_t ms)
{
    return buffered() || wait_for(POLLIN, std::min(monotonic_ms() + ms, deadline_));
}

ssize_t Wire::raw_read(void *first, size_t first_n, void *second, size_t second_n)
{
    if (stream_.ctx) { /* it reads ahead by itself */
        bool late = false;
        ssize_t n = stream_.read(stream_.ctx, first, first_n, deadline_, &late);
        timed_out_ = timed_out_ || late;
        return n;
    }
    for (;;) {
        struct iovec v[2] = {{first, first_n}, {second, second_n}};
        struct msghdr m = {};
        m.msg_iov = v;
        m.msg_iovlen = 2;
        ssize_t n = recvmsg(fd_, &m, MSG_DONTWAIT);
        if (n >= 0) {
            arm_quickack();
            return n;
        }
        if (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
            return -1;
        if (!wait_for(POLLIN, deadline_))
            return -1;
    }
}

/* What the caller asked for goes straight to it; what else has arrived waits in the buffer for the next call.
 */
ssize_t Wire::read(void *buf, size_t nbyte)
{
    if (again_from_ < again_.size()) {
        size_t n = std::min(nbyte, again_.size() - again_from_);
        memcpy(buf, again_.data() + again_from_, n);
        again_from_ += n;
        return ssize_t(n);
    }
    if (in_from_ == in_to_) {
        ssize_t n = raw_read(buf, nbyte, in_.get(), IN_SIZE);
        if (n <= 0)
            return n;
        in_from_ = 0;
        in_to_ = size_t(n) > nbyte ? size_t(n) - nbyte : 0;
        return std::min<ssize_t>(n, ssize_t(nbyte));
    }
    size_t n = std::min(nbyte, in_to_ - in_from_);
    memcpy(buf, in_.get() + in_from_, n);
    in_from_ += n;
    return ssize_t(n);
}

bool Wire::read_all(void *buf, size_t n)
{
    unsigned char *p = static_cast<unsigned char *>(buf);
    for (ssize_t got = 1; n > 0 && got > 0; p += got, n -= size_t(got)) {
        got = read(p, n);
        if (got <= 0)
            return false;
    }
    return true;
}

void Wire::unread(std::vector<unsigned char> bytes)
{
    again_ = std::move(bytes);
    again_from_ = 0;
}

bool Wire::stream_write(const void *bytes, size_t n)
{
    bool late = false, ok = n == 0 || stream_.write(stream_.ctx, bytes, n, deadline_, &late);
    timed_out_ = timed_out_ || late;
    return ok;
}

bool Wire::raw_write(const void *head, size_t head_n, const void *body, size_t body_n)
{
    if (stream_.ctx)
        return stream_write(head, head_n) && stream_write(body, body_n);
    struct iovec v[2] = {{const_cast<void *>(head), head_n}, {const_cast<void *>(body), body_n}};
    while (v[0].iov_len + v[1].iov_len > 0) {
        struct msghdr m = {};
        m.msg_iov = v;
        m.msg_iovlen = 2;
        ssize_t n = sendmsg(fd_, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0) {
            bool again = errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
            if (!again || !wait_for(POLLOUT, deadline_))
                return false;
            continue;
        }
        for (struct iovec &part : v) {
            size_t gone = std::min(size_t(n), part.iov_len);
            part.iov_base = static_cast<char *>(part.iov_base) + gone;
            part.iov_len -= gone;
            n -= ssize_t(gone);
        }
    }
    return true;
}

/* A write that begins a PDU and ends short of its length is the header: keep it and send it with the body. */
ssize_t Wire::write(const void *buf, size_t nbyte)
{
    const unsigned char *p = static_cast<const unsigned char *>(buf);
    if (pdu_left_ == 0 && nbyte >= 6)
        pdu_left_ = 6 + (uint64_t(p[2]) << 24 | uint64_t(p[3]) << 16 | uint64_t(p[4]) << 8 | p[5]);
    pdu_left_ -= std::min<uint64_t>(pdu_left_, nbyte);
    if (pdu_left_ > 0 && head_n_ == 0 && nbyte <= sizeof head_) {
        memcpy(head_, p, nbyte);
        head_n_ = nbyte;
        return ssize_t(nbyte);
    }
    size_t held = head_n_;
    head_n_ = 0;
    return raw_write(head_, held, p, nbyte) ? ssize_t(nbyte) : -1;
}

Transport::Transport(int fd, std::shared_ptr<Wire> wire, std::function<bool()> handshake)
    : DcmTransportConnection(fd), wire_(std::move(wire)), handshake_(std::move(handshake))
{
}

Transport::~Transport()
{
    wire_->close();
}

ssize_t Transport::read(void *buf, size_t nbyte)
{
    return wire_->read(buf, nbyte);
}

ssize_t Transport::write(void *buf, size_t nbyte)
{
    return wire_->write(buf, nbyte);
}

void Transport::close()
{
    wire_->close();
}

void Transport::closeTransportConnection()
{
    wire_->close();
}

OFBool Transport::networkDataAvailable(int timeout)
{
    return wire_->wait_allowed(int64_t(std::max(timeout, 0)) * 1000) ? OFTrue : OFFalse;
}

OFCondition Transport::serverSideHandshake()
{
    return EC_Normal;
}

OFCondition Transport::clientSideHandshake()
{
    if (handshake_ && !handshake_())
        return DUL_NETWORKCLOSED;
    return EC_Normal;
}

OFCondition Transport::renegotiate(const char *)
{
    return EC_Normal;
}

unsigned long Transport::getPeerCertificateLength()
{
    return 0;
}

unsigned long Transport::getPeerCertificate(void *, unsigned long)
{
    return 0;
}

/* DCMTK would poll the socket itself, behind the buffer's back, if this were transparent. */
OFBool Transport::isTransparentConnection()
{
    return OFFalse;
}

OFString &Transport::dumpConnectionParameters(OFString &str)
{
    str = "Transport connection: TCP/IP";
    return str;
}

TransportBirth &transport_birth()
{
    static thread_local TransportBirth birth;
    return birth;
}

DcmTransportConnection *TransportLayer::createConnection(DcmNativeSocketType fd, OFBool secure)
{
    if (secure)
        return nullptr;
    TransportBirth &birth = transport_birth();
    std::shared_ptr<Wire> wire = std::move(birth.wire);
    if (!wire) {
        wire = std::make_shared<Wire>(fd);
        wire->allow_ms(birth.allow_ms);
    }
    if (birth.on_birth)
        birth.on_birth(wire);
    return new Transport(fd, wire, std::move(birth.handshake));
}
