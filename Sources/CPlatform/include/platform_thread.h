#ifndef PLATFORM_THREAD_H
#define PLATFORM_THREAD_H

#include <sys/types.h>

// What a thread of our own needs and Swift's Glibc module does not export.

/// A non-blocking, close-on-exec eventfd with count 0; -1 with errno when the process has no descriptor left.
int platform_eventfd(void);

/// Makes the eventfd readable.
void platform_eventfd_signal(int descriptor);

/// Makes the eventfd unreadable again.
void platform_eventfd_clear(int descriptor);

/// Names the calling thread, as ps and gdb show it; longer names are cut to 15 bytes.
void platform_set_thread_name(const char *name);

/// The kernel's id of the calling thread.
pid_t platform_gettid(void);

/// Blocks every signal in the calling thread except the ones that a fault of the thread itself raises,
/// so that process signals go to the threads that wait for them and crash reports still work.
void platform_block_signals(void);

#endif
