// SHA-256 (FIPS 180-4) from nettle, the library under GnuTLS, which libldap loads in any case.
#include <nettle/sha2.h>
