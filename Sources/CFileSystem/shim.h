// What Swift's Glibc module does not show of the C library, and nothing else.
#ifndef CFILESYSTEM_SHIM_H
#define CFILESYSTEM_SHIM_H

// Not among the headers of the Glibc module.
#include <sys/xattr.h>

// Declared by stdio.h only under _GNU_SOURCE, with which the Glibc module is not built: renameat2(2).
int renameat2(int, const char *, int, const char *, unsigned int);

// linux/fs.h has it among much else.
static const unsigned int CFILESYSTEM_RENAME_NOREPLACE = 1u;
static const unsigned int CFILESYSTEM_RENAME_EXCHANGE = 2u;

#endif
