/* entities.h: character references of HTML. Pure. */
#ifndef PV_TEXT_ENTITIES_H
#define PV_TEXT_ENTITIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The longest that a reference decodes to, in bytes. */
#define PV_ENTITY_MAX 8

/* Decodes the reference at s[0], which is '&'. Returns its bytes, or 0 when there is none; sets
 * out[0, *out_len). `lenient` takes it without its semicolon where HTML does. */
size_t pv_entity_decode(
    const char *s, size_t len, bool lenient, char out[PV_ENTITY_MAX], size_t *out_len);

/* The generated table: see entity_table.c. Names are ordered by bytes. */
extern const unsigned char pv_entity_bytes[];
extern const uint16_t pv_entity_offsets[];
extern const size_t pv_entity_count;

#endif
