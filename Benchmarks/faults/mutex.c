// Shows the thread sanitizer what it cannot see of Swift's Mutex.
//
// A Mutex that is free is locked by an atomic operation in the code of whoever uses it, which the sanitizer sees. One that somebody else holds is
// locked, and handed on, by two functions of libswiftSynchronization, which is not built for the sanitizer: all that is kept behind a Mutex for
// which two threads ever waited would be taken for a race. Loaded before that library, these two stand in for its own, call them, and say what they
// do. Both get the Mutex as Swift's methods get `self`.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *

// Of the sanitizer, in the program.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef SWIFT void lock_function(uint32_t thread, SELF mutex);
typedef SWIFT void unlock_function(SELF mutex);

static void *original(const char *name) {
    void *function = dlsym(RTLD_NEXT, name);
    if (!function) {
        fprintf(stderr, "mutex.c: Swift's library has no %s any more\n", name);
        abort();
    }
    return function;
}

SWIFT void lock_slowly(uint32_t thread, SELF mutex) __asm__(LOCK);
SWIFT void lock_slowly(uint32_t thread, SELF mutex) {
    ((lock_function *)original(LOCK))(thread, mutex);
    if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT void unlock_slowly(SELF mutex) __asm__(UNLOCK);
SWIFT void unlock_slowly(SELF mutex) {
    if (__tsan_release) __tsan_release(mutex);
    ((unlock_function *)original(UNLOCK))(mutex);
}
