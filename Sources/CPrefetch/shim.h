// A hint to the processor for which Swift has no word: this memory will be read soon. Harmless for any address.
static inline void ldap_reconcile_prefetch(const void *address) { __builtin_prefetch(address); }
