// OpenLDAP's libldap and liblber, and the few things of theirs that Swift cannot call: macros, variadic calls and an extern struct.
#ifndef CLIBLDAP_SHIM_H
#define CLIBLDAP_SHIM_H

#include <sys/time.h>
#include <ldap.h>
#include <lber.h>
#include <openldap.h>
#include <sasl/sasl.h>

// The socket below a connection; -1 when there is none. (LBER_SB_OPT_GET_FD needs the address of an int as void *.)
static inline int cldap_fd(Sockbuf *sb) {
    int fd = -1;
    ber_sockbuf_ctrl(sb, LBER_SB_OPT_GET_FD, &fd);
    return fd;
}

// Macros over the descriptor of the next lower I/O layer.
static inline ber_slen_t cldap_read_next(Sockbuf_IO_Desc *d, void *buffer, ber_len_t length) {
    return LBER_SBIOD_READ_NEXT(d, buffer, length);
}
static inline ber_slen_t cldap_write_next(Sockbuf_IO_Desc *d, void *buffer, ber_len_t length) {
    return LBER_SBIOD_WRITE_NEXT(d, buffer, length);
}
static inline int cldap_ctrl_next(Sockbuf_IO_Desc *d, int option, void *argument) {
    return LBER_SBIOD_CTRL_NEXT(d, option, argument);
}

// Non-blocking, so that a stall inside a message cannot hang ldap_result. The argument is a pointer used as a boolean.
static inline int cldap_set_nonblocking(Sockbuf *sb) {
    return ber_sockbuf_ctrl(sb, LBER_SB_OPT_SET_NONBLOCK, (void *)1);
}
// Longest message accepted, in bytes; libldap's own default is no limit.
static inline int cldap_set_max_incoming(Sockbuf *sb, ber_len_t bytes) {
    return ber_sockbuf_ctrl(sb, LBER_SB_OPT_SET_MAX_INCOMING, &bytes);
}
// Whether some layer still holds bytes that have come but were not yet asked for: the socket does not tell of them any more.
static inline int cldap_holds_data(Sockbuf *sb) { return ber_sockbuf_ctrl(sb, LBER_SB_OPT_DATA_READY, 0) > 0; }
// Read-ahead above our own layer, which is at PROVIDER + 1: fewer system calls. (ber_sockbuf_io_readahead is an extern struct.)
static inline int cldap_add_readahead(Sockbuf *sb, ber_len_t bytes) {
    int code = ber_sockbuf_add_io(sb, &ber_sockbuf_io_readahead, LBER_SBIOD_LEVEL_PROVIDER + 2, 0);
    return code ? code : ber_sockbuf_ctrl(sb, LBER_SB_OPT_SET_READAHEAD, &bytes) < 0;
}
// Our layer stands above the TCP layer and below TLS, so that its time limits cover the handshake too.
static inline int cldap_add_layer(Sockbuf *sb, Sockbuf_IO *layer, void *argument) {
    return ber_sockbuf_add_io(sb, layer, LBER_SBIOD_LEVEL_PROVIDER + 1, argument);
}

// LDAP_OPT_ON and LDAP_OPT_OFF are pointer casts, which do not import.
static inline int cldap_set_flag(LDAP *ld, int option, int on) {
    return ldap_set_option(ld, option, on ? LDAP_OPT_ON : LDAP_OPT_OFF);
}
static inline int cldap_set_int(LDAP *ld, int option, int value) {
    return ldap_set_option(ld, option, &value);
}

#endif
