#define _GNU_SOURCE
#include "CTestSupport.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// Kerberos is told by the environment alone where its files are. Setting a variable that is there already moves nothing that another thread
// may be reading; so the variables get their places before there is a second thread.
__attribute__((constructor)) static void reserve_kerberos_variables(void) {
    const char *names[] = {"KRB5_CONFIG", "KRB5_CLIENT_KTNAME", "KRB5CCNAME"};
    for (int i = 0; i < 3; i++) setenv(names[i], "", 0);
}

int cts_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }

int cts_open_terminal(int *master, int *slave) {
    struct winsize size = {.ws_row = 24, .ws_col = 100};
    if (openpty(master, slave, NULL, NULL, &size) != 0) return errno;
    fcntl(*master, F_SETFD, FD_CLOEXEC);
    fcntl(*slave, F_SETFD, FD_CLOEXEC);
    return 0;
}

// Between fork and exec: only calls that are safe there. The error of a failed step goes to the parent through `report`.
static void run_child(const struct cts_command *command, pid_t parent, int report) {
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++) signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) goto failed;
    if (getppid() != parent) _exit(127);
    if (command->new_session) setsid();
    if (command->controlling_terminal && ioctl(command->errors, TIOCSCTTY, 0) != 0) goto failed;
    // The three may be 0, 1 or 2 in any order: move them out of the way first.
    int files[3] = {command->input, command->output, command->errors};
    for (int i = 0; i < 3; i++)
        if ((files[i] = fcntl(files[i], F_DUPFD_CLOEXEC, 3)) < 0) goto failed;
    for (int i = 0; i < 3; i++)
        if (dup2(files[i], i) < 0) goto failed;
    if (command->directory && chdir(command->directory) != 0) goto failed;
    for (int file = 3; file < 1024; file++)
        if (file != report) close(file);
    execve(command->path, command->arguments, command->environment);
failed:;
    int error = errno;
    if (write(report, &error, sizeof error) < 0) _exit(126);
    _exit(127);
}

int cts_spawn(const struct cts_command *command, pid_t *pid) {
    int report[2];
    int error = cts_pipe(report);
    if (error) return error;
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) run_child(command, parent, report[1]);
    error = child < 0 ? errno : 0;
    close(report[1]);
    if (child > 0) {
        // Nothing comes when exec succeeds: the pipe is closed by it.
        ssize_t got;
        int why = 0;
        do got = read(report[0], &why, sizeof why);
        while (got < 0 && errno == EINTR);
        if (got == sizeof why) {
            error = why;
            waitpid(child, NULL, 0);
        }
    }
    close(report[0]);
    *pid = child;
    return error;
}

unsigned long cts_allocated_bytes(void) {
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
