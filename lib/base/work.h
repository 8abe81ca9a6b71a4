/* work.h: how much may still be done about one draft. Counted, not timed, so that the same draft
 * gives the same result on every machine: a unit is about ten nanoseconds of a desktop computer's
 * time, and whatever keeps sixteen bytes of memory costs 32 units or more. Whoever loops over what
 * a draft holds pays as it goes, and stops when there is nothing left. */
#ifndef PV_BASE_WORK_H
#define PV_BASE_WORK_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes that are just looked over for a unit. */
#define PV_WORK_BYTES 16u

struct pv_work {
    uint64_t left;
    bool is_spent; /* more was asked for than was left */
};

/* False when there is not so much left; then nothing is. */
static inline bool pv_work_spend(struct pv_work *work, uint64_t units)
{
    if (units > work->left) {
        work->left = 0;
        work->is_spent = true;
        return false;
    }
    work->left -= units;
    return true;
}

#endif
