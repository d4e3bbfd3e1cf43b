#define _GNU_SOURCE
#include "platform_spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FIRST_INHERITED = 3, MAX_INHERITED = 64 };

// Between fork and execve only async-signal-safe calls: other threads may have held any lock.
static void become_child(const struct platform_spawn_request *request, pid_t parent, int failures) {
    int last = FIRST_INHERITED + request->inherited_count;
    for (int number = 1; number < NSIG; number++) {
        if (number != SIGKILL && number != SIGSTOP) {
            // The system call, because glibc keeps signals 32 and 33 to itself and an ignored one is inherited.
            unsigned long by_default[4] = {0};
            syscall(SYS_rt_sigaction, number, by_default, NULL, 8);
        }
    }
    if (setsid() < 0) goto failed;
    // The parent may have died before prctl: then nobody would send the death signal any more.
    if (request->death_signal && prctl(PR_SET_PDEATHSIG, request->death_signal, 0, 0, 0)) goto failed;
    if (getppid() != parent) _exit(127);

    // All sources are moved above the targets first, or one dup2 could close the source of the next.
    int sources[MAX_INHERITED], standard[3] = {request->standard_input, request->standard_output, request->standard_error};
    failures = fcntl(failures, F_DUPFD_CLOEXEC, last);
    if (failures < 0) _exit(127);
    for (int i = 0; i < 3; i++) {
        if (standard[i] < 0) standard[i] = open("/dev/null", i ? O_WRONLY : O_RDONLY);
        standard[i] = fcntl(standard[i], F_DUPFD_CLOEXEC, last);
        if (standard[i] < 0) goto failed;
    }
    for (int i = 0; i < request->inherited_count; i++) {
        sources[i] = fcntl(request->inherited[i], F_DUPFD_CLOEXEC, last);
        if (sources[i] < 0) goto failed;
    }
    for (int i = 0; i < 3; i++) {
        if (dup2(standard[i], i) < 0) goto failed;
    }
    for (int i = 0; i < request->inherited_count; i++) {
        if (dup2(sources[i], FIRST_INHERITED + i) < 0) goto failed;
    }
    if (syscall(SYS_close_range, last, ~0U, 4 /* CLOSE_RANGE_CLOEXEC */)) goto failed;

    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    execve(request->path, request->arguments, request->environment);
failed:;
    int error = errno;
    (void)!write(failures, &error, sizeof error);
    _exit(127);
}

int platform_spawn(const struct platform_spawn_request *request, pid_t *pid, int *pidfd) {
    if (request->inherited_count > MAX_INHERITED) return EINVAL;
    int failures[2];
    if (pipe2(failures, O_CLOEXEC)) return errno;

    // No handler of ours may run in the child before its handlers are reset.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t parent = getpid(), child = fork();
    if (child == 0) become_child(request, parent, failures[1]);
    int error = child < 0 ? errno : 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    close(failures[1]);

    if (!error) {
        // End of file: execve closed the pipe and worked.
        ssize_t count;
        do count = read(failures[0], &error, sizeof error);
        while (count < 0 && errno == EINTR);
        if (count != sizeof error) error = 0;
        if (!error && (*pidfd = syscall(SYS_pidfd_open, child, 0)) < 0) {
            error = errno;
            kill(child, SIGKILL);
        }
        if (error) waitpid(child, NULL, 0);
        *pid = child;
    }
    close(failures[0]);
    return error;
}

int platform_pidfd_signal(int pidfd, int number) {
    return syscall(SYS_pidfd_send_signal, pidfd, number, NULL, 0) ? errno : 0;
}

int platform_group_signal(pid_t pid, int number) {
    return kill(-pid, number) ? errno : 0;
}

int platform_pidfd_reap(int pidfd, bool *exited, int *value) {
    siginfo_t info;
    memset(&info, 0, sizeof info);
    int result;
    do result = waitid(P_PIDFD, pidfd, &info, WEXITED | WNOHANG);
    while (result && errno == EINTR);
    if (result) return errno;
    if (!info.si_pid) return EAGAIN;
    *exited = info.si_code == CLD_EXITED;
    *value = info.si_status;
    return 0;
}

int platform_pipe(int *reading, int *writing) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC)) return errno;
    *reading = ends[0];
    *writing = ends[1];
    return 0;
}

int platform_accept(int listener) {
    return accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

int platform_peer_user(int socket, uid_t *user) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size)) return errno;
    *user = peer.uid;
    return 0;
}
