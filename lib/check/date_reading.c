/* date_reading.c: the stretch is cut into parts: numbers, and words that name a month. Words that
 * only adorn a date (weekdays, "of", "the", the "rd" of 3rd, and their kin in Welsh) are passed
 * over, and so are words for marks; a month may be misspelt; numbers as words are put together
 * ("nineteen sixty-one"); any other word means that it is no date. Three parts then are day, month
 * and year in one of the usual orders; one long number is a run of digits as forms have it. The
 * American order is tried last, where no other gives a day of the calendar. */
#include "check/date_reading.h"

#include <stdbool.h>
#include <string.h>

#include "base/edit_distance.h"
#include "check/ascii.h"
#include "check/calendar.h"
#include "check/number_words.h"

/* DDMMYYYY written with a space after each digit. */
#define PV_PARTS_MAX 8

/* Longer words are in no date. */
#define PV_WORD_MAX 12

struct pv_date_part {
    unsigned value;
    unsigned digits; /* as written, or as they would be; 0: a month by name */
    bool open;       /* in words, and more words may follow */
};

struct pv_date_parts {
    struct pv_date_part items[PV_PARTS_MAX];
    size_t count;
};

static bool add_part(struct pv_date_parts *parts, unsigned value, unsigned digits)
{
    if (parts->count == PV_PARTS_MAX)
        return false;
    parts->items[parts->count++] = (struct pv_date_part){ value, digits, false };
    return true;
}

/* The place of `word` in `names`, from 1, or 0. Three letters or more may stand for a name. */
static unsigned abbreviates(const char *word, const char *const *names, unsigned count)
{
    const size_t len = strlen(word);
    for (unsigned i = 0; len >= 3 && i < count; i++)
        if (strncmp(word, names[i], len) == 0)
            return i + 1;
    return 0;
}

static bool is_one_of(const char *word, const char *const *words, unsigned count, unsigned *place)
{
    for (unsigned i = 0; i < count; i++) {
        if (strcmp(word, words[i]) == 0) {
            *place = i + 1;
            return true;
        }
    }
    return false;
}

/* The place of the name that `word` is with a slip, two in a long one (FEBUARY, SETPEMBER), or 0.
 */
static unsigned misspells(const char *word, const char *const *names, unsigned count)
{
    const size_t len = strlen(word), allowed = len < 7 ? 1 : 2;
    for (unsigned i = 0; len >= 4 && i < count; i++)
        if (word[0] == names[i][0] && pv_edit_distance(word, names[i]) <= allowed)
            return i + 1;
    return 0;
}

/* The names of months in languages that patients bring along, as they stand in a date, without the
 * accented letters that the word may have lost. */
static unsigned month_abroad(const char *word, size_t lost)
{
    static const char *const names[][12] = {
        { "STYCZNIA", "LUTEGO", "MARCA", "KWIETNIA", "MAJA", "CZERWCA", "LIPCA", "SIERPNIA",
            "WRZESNIA", "PAZDZIERNIKA", "LISTOPADA", "GRUDNIA" },
        { "JANVIER", "FEVRIER", "MARS", "AVRIL", "MAI", "JUIN", "JUILLET", "AOUT", "SEPTEMBRE",
            "OCTOBRE", "NOVEMBRE", "DECEMBRE" },
        { "JANUAR", "FEBRUAR", "MARZ", "APRIL", "MAI", "JUNI", "JULI", "AUGUST", "SEPTEMBER",
            "OKTOBER", "NOVEMBER", "DEZEMBER" },
        { "ENERO", "FEBRERO", "MARZO", "ABRIL", "MAYO", "JUNIO", "JULIO", "AGOSTO", "SEPTIEMBRE",
            "OCTUBRE", "NOVIEMBRE", "DICIEMBRE" },
        { "JANEIRO", "FEVEREIRO", "MARCO", "ABRIL", "MAIO", "JUNHO", "JULHO", "AGOSTO", "SETEMBRO",
            "OUTUBRO", "NOVEMBRO", "DEZEMBRO" },
        { "GENNAIO", "FEBBRAIO", "MARZO", "APRILE", "MAGGIO", "GIUGNO", "LUGLIO", "AGOSTO",
            "SETTEMBRE", "OTTOBRE", "NOVEMBRE", "DICEMBRE" },
        { "IANUARIE", "FEBRUARIE", "MARTIE", "APRILIE", "MAI", "IUNIE", "IULIE", "AUGUST",
            "SEPTEMBRIE", "OCTOMBRIE", "NOIEMBRIE", "DECEMBRIE" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (unsigned month = 0; month < 12; month++)
            if (lost ? pv_edit_distance(word, names[i][month]) <= lost
                     : strcmp(word, names[i][month]) == 0)
                return month + 1;
    return 0;
}

/* 1 to 12 for "FEB", "FEBRUARY" or the Roman "II" that some doctors write, or 0. The word may have
 * lost some letters that are not ASCII. */
static unsigned month_of(const char *word, size_t lost)
{
    static const char *const names[] = { "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE",
        "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER" };
    static const char *const sept = "SEPT"; /* the one short name long enough for a slip */
    static const char *const roman[] = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX",
        "X", "XI", "XII" };
    /* Welsh, plain and as it sounds after "o": 4 Mawrth, 4ydd o Fawrth. */
    static const char *const welsh[] = { "IONAWR", "CHWEFROR", "MAWRTH", "EBRILL", "MAI", "MEHEFIN",
        "GORFFENNAF", "AWST", "MEDI", "HYDREF", "TACHWEDD", "RHAGFYR" };
    static const char *const after_o[] = { "IONAWR", "CHWEFROR", "FAWRTH", "EBRILL", "FAI",
        "FEHEFIN", "ORFFENNAF", "AWST", "FEDI", "HYDREF", "DACHWEDD", "RAGFYR" };
    unsigned month = abbreviates(word, names, 12);
    if (!month && !is_one_of(word, roman, 12, &month) && !is_one_of(word, welsh, 12, &month)
        && !is_one_of(word, after_o, 12, &month))
        month = month_abroad(word, lost);
    if (!month && misspells(word, &sept, 1))
        month = 9;
    return month ? month : misspells(word, names, 12);
}

static bool only_adorns(const char *word)
{
    static const char *const weekdays[] = { "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY",
        "SATURDAY", "SUNDAY" };
    static const char *const small[] = { "ST", "ND", "RD", "TH", "THE", "OF", "DAY", "AND", "DOT",
        "SLASH", "STROKE", "DASH", "POINT", "HYPHEN", "OBLIQUE", "FORWARD" };
    static const char *const welsh[] = { "AF", "AIL", "IL", "YDD", "EDD", "ED", "FED", "EG", "AIN",
        "O" };
    static const char *const abroad[] = { "DE", "DEL", "DI", "DO", "LE", "EL", "IL", "AM", "ER",
        "ROKU", "R" };
    unsigned place;
    return abbreviates(word, weekdays, 7) || is_one_of(word, small, 16, &place)
           || is_one_of(word, welsh, 10, &place) || is_one_of(word, abroad, 11, &place);
}

/* Adds `value` to the part before if they are one number: nought three, twenty one, nineteen sixty,
 * nineteen oh, nineteen sixty one, two thousand, two thousand eleven. */
static bool join_words(struct pv_date_part *before, unsigned value)
{
    const unsigned had = before->value;
    const bool is_year = before->digits == 4;
    const unsigned room = had % 10 != 0 ? 0 : is_year && had % 100 == 0 ? 100 : 10;
    if (!is_year && value >= 100)
        before->value = had * value;
    else if (!is_year && had >= 18 && had <= 20 && (value == 0 || value >= 10))
        before->value = had * 100 + value;
    else if (value < room && had != 10)
        before->value = had + value;
    else
        return false;
    before->digits = before->value < 100 ? 2 : 4;
    return true;
}

static bool add_word(struct pv_date_parts *parts, const struct pv_number_word *word)
{
    struct pv_date_part *const before = parts->count ? &parts->items[parts->count - 1] : NULL;
    if (!before || !before->open || !join_words(before, word->value))
        if (word->value >= 100 || !add_part(parts, word->value, 2))
            return false;
    parts->items[parts->count - 1].open = !word->ordinal;
    return true;
}

/* Whether the two bytes at text[at] are a letter of U+00C0 to U+017F, as in "März" and "września".
 */
static bool is_accented(const char *text, size_t len, size_t at)
{
    return len - at >= 2 && text[at] >= '\xC3' && text[at] <= '\xC5'
           && (text[at + 1] & 0xC0) == 0x80;
}

/* Reads the word at text[*at] and moves past it; false when it is in no date. */
static bool read_word(const char *text, size_t len, size_t *at, struct pv_date_parts *parts)
{
    char word[PV_WORD_MAX + 1];
    size_t n = 0, lost = 0;
    while (*at < len) {
        if (is_accented(text, len, *at)) {
            *at += 2;
            lost++;
            continue;
        }
        if (!pv_is_letter(text[*at]))
            break;
        if (n == PV_WORD_MAX)
            return false;
        word[n++] = pv_upper(text[*at]);
        ++*at;
    }
    word[n] = '\0';
    struct pv_number_word number;
    const unsigned month = month_of(word, lost);
    if (month)
        return add_part(parts, month, 0);
    return pv_number_word_read(word, &number) ? add_word(parts, &number) : only_adorns(word);
}

/* Reads the number at text[*at] and moves past it; false when it has more digits than a date. */
static bool read_number(const char *text, size_t len, size_t *at, struct pv_date_parts *parts)
{
    unsigned value = 0, digits = 0;
    for (; *at < len && pv_is_digit(text[*at]); ++*at) {
        if (++digits > 8)
            return false;
        value = value * 10 + (unsigned)(text[*at] - '0');
    }
    return add_part(parts, value, digits);
}

static bool read_parts(const char *text, size_t len, struct pv_date_parts *parts)
{
    parts->count = 0;
    for (size_t at = 0; at < len;) {
        bool read = true;
        if (pv_is_digit(text[at]))
            read = read_number(text, len, &at, parts);
        else if (pv_is_letter(text[at]))
            read = read_word(text, len, &at, parts);
        else if (text[at++] == ':') /* a time, not a date */
            read = false;
        if (!read)
            return false;
    }
    return true;
}

/* "0 3 / 0 2 / 6 1": single digits are one run. */
static void join_digits(struct pv_date_parts *parts)
{
    unsigned value = 0;
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->items[i].digits != 1)
            return;
        value = value * 10 + parts->items[i].value;
    }
    parts->items[0] = (struct pv_date_part){ value, (unsigned)parts->count, false };
    parts->count = 1;
}

/* The days that these three may mean, by the digits of the year. */
static size_t days_of(const struct pv_date_part *day, const struct pv_date_part *month,
    const struct pv_date_part *year, uint32_t days[PV_DATE_READINGS])
{
    const bool open = year->digits == 2;
    if (day->digits < 1 || day->digits > 2 || month->digits > 2 || (!open && year->digits != 4))
        return 0;
    if (!open && (year->value < PV_YEAR_MIN || year->value > PV_YEAR_MAX))
        return 0;
    size_t count = 0;
    for (unsigned century = open ? 1900 : 0; century <= (open ? 2000u : 0u); century += 100)
        if (pv_calendar_has(century + year->value, month->value, day->value))
            days[count++] = pv_calendar_day(century + year->value, month->value, day->value);
    return count;
}

static size_t days_of_run(const struct pv_date_part *run, uint32_t days[PV_DATE_READINGS])
{
    const unsigned v = run->value;
    if (run->digits == 6) {
        const struct pv_date_part d = { v / 10000, 2, false }, m = { v / 100 % 100, 2, false },
                                  y = { v % 100, 2, false };
        return days_of(&d, &m, &y, days);
    }
    if (run->digits != 8)
        return 0;
    const struct pv_date_part d = { v / 1000000, 2, false }, m = { v / 10000 % 100, 2, false },
                              y = { v % 10000, 4, false };
    const size_t count = days_of(&d, &m, &y, days);
    if (count)
        return count;
    const struct pv_date_part iso_y = { v / 10000, 4, false }, iso_m = { v / 100 % 100, 2, false },
                              iso_d = { v % 100, 2, false };
    return days_of(&iso_d, &iso_m, &iso_y, days);
}

static size_t days_of_three(const struct pv_date_part *p, uint32_t days[PV_DATE_READINGS])
{
    if (p[0].digits == 0) /* February 3, 1961 */
        return days_of(&p[1], &p[0], &p[2], days);
    if (p[0].digits == 4 && p[2].digits == 0) /* 1961, 3 February */
        return days_of(&p[1], &p[2], &p[0], days);
    if (p[0].digits == 4) /* 1961-02-03 */
        return days_of(&p[2], &p[1], &p[0], days);
    const size_t count = days_of(&p[0], &p[1], &p[2], days);
    if (count || p[1].digits == 0)
        return count;
    return days_of(&p[1], &p[0], &p[2], days);
}

size_t pv_date_readings(const char *text, size_t len, uint32_t days[PV_DATE_READINGS])
{
    struct pv_date_parts parts;
    if (!read_parts(text, len, &parts))
        return 0;
    if (parts.count > 3)
        join_digits(&parts);
    if (parts.count == 1)
        return days_of_run(&parts.items[0], days);
    return parts.count == 3 ? days_of_three(parts.items, days) : 0;
}
