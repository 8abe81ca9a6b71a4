/* confusables.h: the generated table of look-alikes. Constant data; knows no text. */
#ifndef PV_TEXT_CONFUSABLES_H
#define PV_TEXT_CONFUSABLES_H

#include <stddef.h>
#include <stdint.h>

/* A letter or number that is not ASCII, and the ASCII that it folds to: lower case, without marks,
 * one to three letters or digits, padded with NUL. */
struct pv_confusable {
    uint32_t code;
    char as[4];
};

/* Ordered by code. */
extern const struct pv_confusable pv_confusables[];
extern const size_t pv_confusable_count;

#endif
