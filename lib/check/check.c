/* check.c: the table of checks, by name. The sentences are for people: `what` goes into the manual
 * of the pack language, `holds` and `fails` into the reasons of a finding. */
#include "check/check.h"

#include <string.h>

#include "check/validators.h"

static const struct pv_check checks[] = {
    { "birth-date",
        "A full date on which a living person may have been born: not after the day of the scan "
        "and at most 110 years before it (from 1900 where that day is not known).",
        "somebody may have been born on this date", "nobody living was born on this date",
        pv_check_birth_date },
    { "chi-number",
        "A CHI number of Scotland: ten digits that begin with a date (DDMMYY), with a Modulus 11 "
        "check digit (NHS Data Dictionary).",
        "it begins with a date and the check digit holds, as in a Scottish CHI number",
        "it is no Scottish CHI number", pv_check_chi_number },
    { "date",
        "A full date of the calendar from 1800 to 2099 in any form that is usual in the United "
        "Kingdom: 3/2/61, 03.02.1961, 3rd of February 1961, Feb 3, 1961, 14-Jul-45, 3.ii.61, "
        "1961-02-03, 03021961, 030261, third of February nineteen sixty-one; month before day "
        "only where nothing else is a date.",
        "it is a date of the calendar", "the calendar has no such date", pv_check_date },
    { "driving-licence",
        "A driver number of Great Britain: 16 characters, or 18 with the issue, with a date of "
        "birth of the calendar inside (DVLA).",
        "it is built as a driver number, with a date of birth inside",
        "it is not built as a driver number", pv_check_driving_licence },
    { "email", "An e-mail address: a local part, an @ and a domain with a dot (RFC 5321).",
        "it is a complete e-mail address", "it is no complete e-mail address", pv_check_email },
    { "hc-number",
        "A Health and Care number of Northern Ireland: ten digits from 320 000 001 with a Modulus "
        "11 check digit (NHS Data Dictionary).",
        "it is in Northern Ireland's range and the check digit holds",
        "it is no Health and Care number", pv_check_hc_number },
    { "iban",
        "An international bank account number whose check digits hold; a British one has 22 "
        "characters (ISO 13616).",
        "the check digits of a bank account number hold",
        "the check digits of a bank account number do not hold", pv_check_iban },
    { "isbn-10",
        "A ten-digit book number whose check digit holds, in its four groups, or unbroken if it "
        "ends in X or begins with 0 or 1 (ISO 2108).",
        "it is written as a book number and its check digit holds", "it is no book number",
        pv_check_isbn_10 },
    { "luhn",
        "A payment card number: 13 to 19 digits with the prefix of a card scheme and a Luhn check "
        "digit (ISO/IEC 7812-1).",
        "the check digit of a card number holds", "the check digit of a card number does not hold",
        pv_check_luhn },
    { "nhs-number",
        "An NHS number: ten digits, not all the same, with a Modulus 11 check digit (NHS Data "
        "Dictionary). One in eleven numbers passes by chance.",
        "the check digit holds", "the check digit does not hold", pv_check_nhs_number },
    { "nhs-number-issued",
        "An NHS number with a valid check digit in a range that is given to people: England, "
        "Wales and the Isle of Man (4, 6, 7), Northern Ireland (from 320 000 001), or Scotland "
        "(beginning with a date).",
        "the check digit holds and the number is in a range given to people",
        "it is in no range given to people, or the check digit does not hold",
        pv_check_nhs_number_issued },
    { "nhs-number-test",
        "An NHS number with a valid check digit in the range kept for tests and made-up patients "
        "(beginning with 9).",
        "it is in the range kept for tests", "it is not in the range kept for tests",
        pv_check_nhs_number_test },
    { "nino",
        "A National Insurance number: two letters that are in use, six digits, and a letter A to D "
        "that may be missing (HMRC NIM39110).",
        "it is built as a National Insurance number",
        "it is not built as a National Insurance number", pv_check_nino },
    { "outward-code",
        "The first half of a postcode that exists (ONS Postcode Directory, February 2025); O for "
        "0, "
        "I for 1, Z for 2, S for 5 and B for 8 are forgiven, and the other way round.",
        "this postcode district exists", "there is no such postcode district",
        pv_check_outward_code },
    { "past-date-2-years",
        "A full date at least 2 and at most 110 years before the day of the scan (any from 1900 to "
        "2099 where that day is not known).",
        "the date is more than two years ago", "the date is recent, to come or very old",
        pv_check_past_date_2_years },
    { "postcode",
        "A postcode whose signs are right by position and whose first half exists (ONS Postcode "
        "Directory, February 2025); O for 0, I for 1, Z for 2, S for 5 and B for 8 are forgiven, "
        "and the other way round.",
        "its first half is a real postcode district", "its first half is no real postcode district",
        pv_check_postcode },
    { "postcode-shape",
        "Letters and digits in the order of a postcode, whether its district exists or not (Royal "
        "Mail).",
        "it has the shape of a postcode", "it has not the shape of a postcode",
        pv_check_postcode_shape },
    { "repeated-digits", "Two or more digits, all the same.", "all its digits are the same",
        "its digits differ", pv_check_repeated_digits },
    { "round-number",
        "A number of two or more digits of which at least half are zeros at the end, as in counts "
        "and sums of money.",
        "it is a round number", "it is not a round number", pv_check_round_number },
    { "uk-phone",
        "A telephone number of the United Kingdom, with 0, +44 or 0044 in front: places, mobiles, "
        "03, 08 and the rest (Ofcom's numbering plan).",
        "it is a British telephone number", "it is no British telephone number",
        pv_check_uk_phone },
    { "uk-phone-drama", "A telephone number that Ofcom keeps for television and radio drama.",
        "it is a number kept for drama", "it is not a number kept for drama",
        pv_check_uk_phone_drama },
    { "unix-time",
        "Ten digits in one run from 1000000000 to 1999999999: seconds since 1970, as machines "
        "write the time from 2001 to 2033.",
        "it may be a machine's time stamp", "it is no machine's time stamp", pv_check_unix_time },
    { "vehicle-registration",
        "A vehicle's registration mark by the shapes of each era (DVLA INF104). Many other codes "
        "look so: ask for a cue.",
        "it has the shape of a registration mark", "it has not the shape of a registration mark",
        pv_check_vehicle_registration },
};

size_t pv_check_count(void)
{
    return sizeof(checks) / sizeof(checks[0]);
}

const struct pv_check *pv_check_at(size_t index)
{
    return index < pv_check_count() ? &checks[index] : NULL;
}

const struct pv_check *pv_check_find(const char *name)
{
    for (size_t i = 0; i < pv_check_count(); i++)
        if (strcmp(checks[i].name, name) == 0)
            return &checks[i];
    return NULL;
}
