// glibc's resolver: its state is a macro, and the parts of an answer come through macros and unions.
#ifndef CRESOLVER_SHIM_H
#define CRESOLVER_SHIM_H

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>
#include <string.h>

// A service record (RFC 2782).
struct cresolver_record {
    unsigned short priority, weight, port;
    char target[NS_MAXDNAME];
};

// Looks up the service records of `name`: at the machine's name servers, or at the IPv4 address `server` and `port`.
// Gives how many there are, at most `most` of them in `records`; or a negative h_errno (HOST_NOT_FOUND, NO_DATA, TRY_AGAIN, NO_RECOVERY).
static inline int cresolver_services(
    const char *name, const char *server, unsigned short port, int seconds, struct cresolver_record *records, int most) {
    struct __res_state state;
    memset(&state, 0, sizeof state);
    if (res_ninit(&state) != 0) return -NO_RECOVERY;
    state.retrans = seconds > 0 ? seconds : 1;
    state.retry = 2;
    if (server != NULL) {
        memset(&state.nsaddr_list[0], 0, sizeof state.nsaddr_list[0]);
        state.nsaddr_list[0].sin_family = AF_INET;
        state.nsaddr_list[0].sin_port = htons(port);
        if (inet_pton(AF_INET, server, &state.nsaddr_list[0].sin_addr) != 1) {
            res_nclose(&state);
            return -NO_RECOVERY;
        }
        state.nscount = 1;
    }
    unsigned char answer[NS_MAXMSG];
    int length = res_nquery(&state, name, ns_c_in, ns_t_srv, answer, sizeof answer);
    int failure = state.res_h_errno;
    res_nclose(&state);
    if (length < 0) return failure > 0 ? -failure : -NO_RECOVERY;
    ns_msg message;
    if (length > (int)sizeof answer || ns_initparse(answer, length, &message) != 0) return -NO_RECOVERY;
    int count = 0;
    for (int index = 0; index < ns_msg_count(message, ns_s_an) && count < most; index++) {
        ns_rr record;
        if (ns_parserr(&message, ns_s_an, index, &record) != 0) return -NO_RECOVERY;
        if (ns_rr_type(record) != ns_t_srv || ns_rr_rdlen(record) < 7) continue;
        const unsigned char *data = ns_rr_rdata(record);
        struct cresolver_record *out = &records[count];
        if (ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), data + 6, out->target, sizeof out->target) < 0) return -NO_RECOVERY;
        out->priority = ns_get16(data);
        out->weight = ns_get16(data + 2);
        out->port = ns_get16(data + 4);
        count++;
    }
    return count;
}

#endif
