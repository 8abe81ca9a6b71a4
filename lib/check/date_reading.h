/* date_reading.h: the days that a date may stand for, in every way of writing that is usual in the
 * United Kingdom. Knows nothing of birth, age or today. */
#ifndef PV_CHECK_DATE_READING_H
#define PV_CHECK_DATE_READING_H

#include <stddef.h>
#include <stdint.h>

/* Years that are read as years when written with four digits. */
#define PV_YEAR_MIN 1800u
#define PV_YEAR_MAX 2099u

/* A year of two digits is open: 19xx or 20xx. */
#define PV_DATE_READINGS 2

/* Writes the days (YYYYMMDD, ascending) that the whole stretch can be read as; returns how many.
 * 0: it is not a full date, or the calendar has no such day. */
size_t pv_date_readings(const char *text, size_t len, uint32_t days[PV_DATE_READINGS]);

#endif
