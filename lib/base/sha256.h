/* sha256.h: SHA-256, of FIPS 180-4. Pure. */
#ifndef PV_BASE_SHA256_H
#define PV_BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define PV_SHA256_LEN 32

struct pv_sha256 {
    uint32_t state[8];
    uint64_t len;            /* bytes so far */
    unsigned char block[64]; /* those of them that fill no block yet */
};

void pv_sha256_init(struct pv_sha256 *sha);
void pv_sha256_add(struct pv_sha256 *sha, const void *bytes, size_t len);

/* The hash of all that was added; `sha` is wiped. */
void pv_sha256_finish(struct pv_sha256 *sha, unsigned char out[PV_SHA256_LEN]);

#endif
