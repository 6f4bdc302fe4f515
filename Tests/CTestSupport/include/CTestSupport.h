// The few system calls that TestSupport needs and Swift cannot make: starting a child so that it cannot outlive the
// test process (fork, prctl, setsid), and the GNU-only calls that Swift's Glibc module leaves out.
#ifndef CTESTSUPPORT_H
#define CTESTSUPPORT_H

#include <stdbool.h>
#include <sys/types.h>

/// What to start, and with which files.
struct cts_command {
    const char *path;
    char *const *arguments;
    char *const *environment;
    /// NULL: the caller's.
    const char *directory;
    int input, output, errors;
    /// The child gets a session of its own: no controlling terminal, and no signals from the caller's terminal.
    bool new_session;
    /// `errors` is the slave of a pseudo-terminal that becomes the session's controlling terminal.
    bool controlling_terminal;
};

/// Starts a child; 0 and its pid, or errno. The child is sent SIGKILL when the *calling thread* ends.
int cts_spawn(const struct cts_command *command, pid_t *pid);

/// A pipe whose ends no child inherits; 0 or errno.
int cts_pipe(int ends[2]);

/// A pseudo-terminal whose ends no child inherits; 0 or errno.
int cts_open_terminal(int *master, int *slave);

// How many bytes of the process's memory are given out, in all of its heaps.
unsigned long cts_allocated_bytes(void);

#endif
