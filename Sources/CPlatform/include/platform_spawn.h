#ifndef PLATFORM_SPAWN_H
#define PLATFORM_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

// Starting, signalling and reaping child processes by pidfd, and asking who is at the other end of a socket.
// Functions return 0 or an errno.

struct platform_spawn_request {
    const char *path;
    char *const *arguments;
    char *const *environment;
    int standard_input;  // -1: /dev/null
    int standard_output; // -1: /dev/null
    int standard_error;  // -1: /dev/null
    // Become descriptors 3, 4, … of the child, which has no others.
    const int *inherited;
    int inherited_count;
    // Sent by the kernel to the child when the calling *thread* ends: call from one that lives as long as the process.
    int death_signal;
};

/// Starts a child in a session of its own, with default signal handlers and an empty signal mask.
/// Returns the errno of a failed execve too.
int platform_spawn(const struct platform_spawn_request *request, pid_t *pid, int *pidfd);

/// Signals the process of the pidfd and never another one that got its id later.
int platform_pidfd_signal(int pidfd, int signal);

/// Signals every process of the child's session that has not left its group. The child must not be reaped yet.
int platform_group_signal(pid_t pid, int signal);

/// Reaps an ended child. `exited` true: `value` is its exit status, else the signal that ended it.
/// EAGAIN: it still runs.
int platform_pidfd_reap(int pidfd, bool *exited, int *value);

/// Both ends of a pipe, close-on-exec.
int platform_pipe(int *reading, int *writing);

/// The next connection, close-on-exec and non-blocking; -1 with errno when there is none.
int platform_accept(int listener);

/// The user at the other end of a unix socket.
int platform_peer_user(int socket, uid_t *user);

#endif
