/* The checks, as tables of cases. Numbers are published examples, from test ranges, or invented. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <string.h>

#include "check/check.h"

/* The day of the scan in these tests. */
#define TODAY 20250616u

struct check_case {
    const char *name, *text;
    bool holds;
};

static void run(const struct check_case *cases, size_t count, pv_today today)
{
    for (size_t i = 0; i < count; i++) {
        const struct pv_check *const check = pv_check_find(cases[i].name);
        if (!check || !check->fn)
            fail_msg("no check \"%s\"", cases[i].name);
        else if (check->fn(cases[i].text, strlen(cases[i].text), today) != cases[i].holds)
            fail_msg("%s \"%s\": expected %d", cases[i].name, cases[i].text, cases[i].holds);
    }
}

#define RUN(cases, today) run(cases, sizeof(cases) / sizeof((cases)[0]), today)

static void test_nhs_numbers(void **state)
{
    static const struct check_case cases[] = {
        { "nhs-number", "9434765919", true },
        { "nhs-number", "943 476 5919", true },
        { "nhs-number", "943-476-5919", true },
        { "nhs-number", "943.476.5870", true },
        { "nhs-number", "943/476/5919", true },
        { "nhs-number", "943_476_5919", true },
        { "nhs-number", "943\n476 5919", true },
        { "nhs-number",
            "943\xC2\xA0"
            "476\xE2\x80\x89"
            "5919",
            true },
        { "nhs-number", "9 4 3 4 7 6 5 9 1 9", true },
        { "nhs-number", "(999) 000 0018", true },
        { "nhs-number", "900 000 0009", true },
        { "nhs-number", "401 023 2137", true },
        { "nhs-number", "987 654 3210", true },
        { "nhs-number", "987 654 4321", false },
        { "nhs-number", "129 728 7652", false },
        { "nhs-number", "999 123 4560", false },
        { "nhs-number", "943 476 591", false },
        { "nhs-number", "943 476 59190", false },
        { "nhs-number", "943 476 591X", false },
        { "nhs-number", "0000000000", false },
        { "nhs-number", "111 111 1111", false },
        { "nhs-number", "", false },
        { "nhs-number-issued", "401 023 2137", true },
        { "nhs-number-issued", "320 000 0015", true },
        { "nhs-number-issued", "010101 1237", true },
        { "nhs-number-issued", "943 476 5919", false },
        { "nhs-number-issued", "401 023 2138", false },
        { "nhs-number-issued", "500 000 0005", false },
        { "nhs-number-issued", "320 000 0007", false },
        { "nhs-number-test", "943 476 5919", true },
        { "nhs-number-test", "999 000 3459", true },
        { "nhs-number-test", "9000000009", true },
        { "nhs-number-test", "401 023 2137", false },
        { "nhs-number-test", "999 123 4560", false },
        { "nhs-number-test", "9", false },
        { "chi-number", "0101011237", true },
        { "chi-number", "010101 1237", true },
        { "chi-number", "01-01-01-1237", true },
        { "chi-number", "0101201234", false },
        { "chi-number", "3201201234", false },
        { "chi-number", "943 476 5919", false },
        { "hc-number", "320 000 0015", true },
        { "hc-number", "3200000015", true },
        { "hc-number", "320-000-0015", true },
        { "hc-number", "320 000 0016", false },
        { "hc-number", "401 023 2137", false },
        { "hc-number", "32000015", false },
    };
    (void)state;
    RUN(cases, TODAY);
    RUN(cases, 0);
}

/* Each nine digits have one check digit at most, and about one in eleven have none. */
static void test_nhs_check_digit_is_unique(void **state)
{
    const struct pv_check *const check = pv_check_find("nhs-number");
    unsigned without = 0;
    (void)state;
    for (unsigned n = 0; n < 1000; n++) {
        char text[] = "4010230000";
        text[6] = (char)('0' + n / 100);
        text[7] = (char)('0' + n / 10 % 10);
        text[8] = (char)('0' + n % 10);
        unsigned valid = 0;
        for (unsigned digit = 0; digit <= 9; digit++) {
            text[9] = (char)('0' + digit);
            valid += check->fn(text, 10, 0);
        }
        assert_true(valid <= 1);
        without += valid == 0;
    }
    assert_in_range(without, 80, 100);
}

static void test_look_alikes(void **state)
{
    static const struct check_case cases[] = {
        { "isbn-10", "0-306-40615-2", true },
        { "isbn-10", "0306406152", true },
        { "isbn-10", "0 306 40615 2", true },
        { "isbn-10", "0-8044-2957-X", true },
        { "isbn-10", "080442957x", true },
        { "isbn-10", "0-306-40615-3", false },
        { "isbn-10", "943 476 5919", false },
        { "isbn-10", "9434765919", false },
        { "isbn-10", "0-306-4061-52", false },
        { "isbn-10", "0-30X-40615-2", false },
        { "isbn-10", "978-0-306-40615-7", false },
        { "unix-time", "1609459200", true },
        { "unix-time", "1000000000", true },
        { "unix-time", "1999999999", true },
        { "unix-time", "2000000000", false },
        { "unix-time", "160 945 9200", false },
        { "unix-time", "160945920", false },
        { "unix-time", "0999999999", false },
        { "repeated-digits", "1111111111", true },
        { "repeated-digits", "99 99", true },
        { "repeated-digits", "000-000-0000", true },
        { "repeated-digits", "1111111112", false },
        { "repeated-digits", "7", false },
        { "repeated-digits", "aaaa", false },
        { "round-number", "1,000,000", true },
        { "round-number", "2500", true },
        { "round-number", "4 000 000 000", true },
        { "round-number", "943 476 5919", false },
        { "round-number", "1230", false },
        { "round-number", "0000", false },
        { "round-number", "0", false },
    };
    (void)state;
    RUN(cases, TODAY);
}

static void test_postcodes(void **state)
{
    static const struct check_case cases[] = {
        { "postcode", "SW1A 1AA", true },
        { "postcode", "sw1a1aa", true },
        { "postcode", "FY3 8NR", true },
        { "postcode", "UB8  3NN", true },
        { "postcode", "HP21-8AL", true },
        { "postcode", "M1 1AE", true },
        { "postcode", "B33 8TH", true },
        { "postcode", "CR2 6XH", true },
        { "postcode", "DN10 4AA", true },
        { "postcode", "DN55 1PT", false }, /* the textbook example is no longer live */
        { "postcode", "W1A 1HQ", true },
        { "postcode", "EC1A\n1BB", true },
        { "postcode", "HA6 2RN", true },
        { "postcode", "TW15 3AA", true },
        { "postcode", "KT16 OPZ", true }, /* letter O for 0 */
        { "postcode", "NR3I 6LA", true }, /* letter I for 1 */
        { "postcode", "0X9 3JT", true },  /* digit 0 for O */
        { "postcode", "SWIA 1AA", true },
        { "postcode", "SY17 SRL", true }, /* letter S for 5 */
        { "postcode", "8T49 OJY", true }, /* digit 8 for B */
        { "postcode", "SY17 GRL", false },
        { "postcode", "GIR 0AA", true },
        { "postcode", "JE2 3XP", true },
        { "postcode", "FY99 8NR", false },
        { "postcode", "ZZ9 9ZZ", false },
        { "postcode", "PS5 1TB", false },
        { "postcode", "SW1A 1AC", false },
        { "postcode", "SW1A 11A", false },
        { "postcode", "LL12 3AB 4", false },
        { "postcode", "QM1 1AE", false },
        { "postcode", "SW1A", false },
        { "postcode", "1AA", false },
        { "postcode", "", false },
        { "postcode-shape", "PS5 1TB", true },
        { "postcode-shape", "A9A 9AA", true },
        { "postcode-shape", "AA9A 9AA", true },
        { "postcode-shape", "fy99 8nr", true },
        { "postcode-shape", "Q1 1AA", false },
        { "postcode-shape", "AJ1 1AA", false },
        { "postcode-shape", "A9N 9AA", false },
        { "postcode-shape", "AA9C 9AA", false },
        { "postcode-shape", "A9 9CA", false },
        { "postcode-shape", "AAA9 9AA", false },
        { "outward-code", "FY4", true },
        { "outward-code", "sw1a", true },
        { "outward-code", "B1O", true },
        { "outward-code", "ZE3", true },
        { "outward-code", "AB10", true },
        { "outward-code", "FY99", false },
        { "outward-code", "L4A", false },
        { "outward-code", "FY3 8", false },
        { "outward-code", "4", false },
    };
    (void)state;
    RUN(cases, TODAY);
}

static void test_dates(void **state)
{
    static const struct check_case cases[] = {
        { "date", "03/02/1961", true },
        { "date", "3/2/1961", true },
        { "date", "03.02.1961", true },
        { "date", "03-02-1961", true },
        { "date", "03 02 1961", true },
        { "date", "3 slash 2 forward slash 1961", true },
        { "date", "14 dot 03 dot 42", true },
        { "date", "1961, 3rd of February", true },
        { "date", "03/02/61", true },
        { "date", "3.2.61", true },
        { "date", "14-Jul-1945", true },
        { "date", "14Jul45", true },
        { "date", "14 Jul 45", true },
        { "date", "3 February 1961", true },
        { "date", "3rd Feb. 1961", true },
        { "date", "the 3rd of February, 1961", true },
        { "date", "1ST SEPT 1961", true },
        { "date", "2nd March '61", true },
        { "date", "February 3, 1961", true },
        { "date", "Feb 3rd 1961", true },
        { "date", "1961-02-03", true },
        { "date", "1961/02/03", true },
        { "date", "19610203", true },
        { "date", "03021961", true },
        { "date", "030261", true },
        { "date", "Friday 3rd February 1961", true },
        { "date", "Fri, 3 Feb 1961", true },
        { "date", "3.ii.61", true },
        { "date", "3 Chwefror 1961", true },
        { "date", "4ydd o Fawrth 1944", true },
        { "date", "4ydd o Flawrth 1944", false },
        { "date", "0 3 / 0 2 / 6 1", true },
        { "date", "0 3 0 2 1 9 6 1", true },
        { "date", "02/13/1961", true }, /* American, as it can be nothing else */
        { "date", "29/02/2000", true },
        { "date", "29/02/1960", true },
        { "date", "29/02/00", true },
        { "date", "31/12/2099", true },
        { "date", "5 July 1948", true },
        { "date", "third of February nineteen sixty-one", true },
        { "date", "the Thirty-First of December, nineteen ninety nine", true },
        { "date", "February third nineteen sixty one", true },
        { "date", "twenty-first of May nineteen forty", true },
        { "date", "1st May nineteen oh five", true },
        { "date", "fifth of July two thousand and eleven", true },
        { "date", "fifth of July two thousand", true },
        { "date", "fifth of July twenty twenty-one", true },
        { "date", "nought three, two, sixty-one", true },
        { "date", "ten one nineteen sixty", true },
        { "date", "thirtieth of February nineteen sixty-one", false },
        { "date", "thirty-second of March nineteen sixty-one", false },
        { "date", "twenty twenty twenty twenty", false },
        { "date", "one hundred thousand million", false },
        { "date", "hundred", false },
        { "date", "third of February three thousand", false },
        { "date", "29/02/1900", false },
        { "date", "29/02/1961", false },
        { "date", "29 Feb 61", false },
        { "date", "31/04/1961", false },
        { "date", "31 June 1961", false },
        { "date", "32/01/1961", false },
        { "date", "00/01/1961", false },
        { "date", "13/13/1961", false },
        { "date", "13 Febtober 1961", false },
        { "date", "February 1961", false },
        { "date", "3 February", false },
        { "date", "1961", false },
        { "date", "120/80", false },
        { "date", "120/80/61", false },
        { "date", "10/12.5", false },
        { "date", "03:02:61", false },
        { "date", "3/2/961", false },
        { "date", "3/2/1661", false },
        { "date", "19611302", false },
        { "date", "320161", false },
        { "date", "12/03/56/78", false },
        { "date", "192.168.1.10", false },
        { "date", "3 February 1961 4", false },
        { "date", "DOB 3/2/1961", false },
        { "date", "123456789", false },
        { "date", "", false },
    };
    (void)state;
    RUN(cases, TODAY);
    RUN(cases, 0);
}

static void test_dates_against_today(void **state)
{
    static const struct check_case known[] = {
        { "birth-date", "03/02/1961", true },
        { "birth-date", "16/06/2025", true },
        { "birth-date", "16/06/1915", true },
        { "birth-date", "17/06/25", true }, /* 1925 */
        { "birth-date", "3 Feb 26", true }, /* 1926 */
        { "birth-date", "15/06/1915", false },
        { "birth-date", "17/06/2025", false },
        { "birth-date", "12 May 1820", false },
        { "birth-date", "31/02/1961", false },
        { "birth-date", "3 Febuary 1961", true },
        { "birth-date", "3 Setpember 1961", true },
        { "birth-date", "3 Spet 1961", true },
        { "birth-date", "30 Febuary 1961", false },
        { "birth-date", "3 Fabulous 1961", false },
        { "birth-date", "3 czerwca 1961", true },
        { "birth-date", "3 wrze\xC5\x9Bnia 1961", true },
        { "birth-date", "3. M\xC3\xA4rz 1961", true },
        { "birth-date", "3 de mayo de 1961", true },
        { "birth-date", "3 M\xE2\x80\x93 1961", false },
        { "past-date-2-years", "03/02/1961", true },
        { "past-date-2-years", "16 June 2023", true },
        { "past-date-2-years", "16/06/1915", true },
        { "past-date-2-years", "03/02/61", true },
        { "past-date-2-years", "17 June 2023", false },
        { "past-date-2-years", "01/01/2025", false },
        { "past-date-2-years", "15/06/1915", false },
        { "past-date-2-years", "01/01/2026", false },
        { "past-date-2-years", "June 1961", false },
    };
    static const struct check_case unknown[] = {
        { "birth-date", "01/01/1900", true },
        { "birth-date", "31/12/2099", true },
        { "birth-date", "03/02/61", true },
        { "birth-date", "31/12/1899", false },
        { "past-date-2-years", "01/01/1900", true },
        { "past-date-2-years", "31/12/2099", true },
        { "past-date-2-years", "12 May 1820", false },
    };
    (void)state;
    RUN(known, TODAY);
    RUN(unknown, 0);
}

static void test_phones(void **state)
{
    static const struct check_case cases[] = {
        { "uk-phone", "01253 300000", true },
        { "uk-phone", "07700 900123", true },
        { "uk-phone", "07700900123", true },
        { "uk-phone", "+44 7700 900123", true },
        { "uk-phone", "+44 (0)7700 900 123", true },
        { "uk-phone", "0044 7700 900123", true },
        { "uk-phone", "447700900123", true },
        { "uk-phone", "(020) 7946 0000", true },
        { "uk-phone", "0161-496-0000", true },
        { "uk-phone", "0306.999.0000", true },
        { "uk-phone", "0800 1111", true },
        { "uk-phone", "0808 157 0000", true },
        { "uk-phone", "01632 96000", true },
        { "uk-phone", "0800 496 000", true },
        { "uk-phone", "0845 4647", true },
        { "uk-phone", "0800 1112", false },
        { "uk-phone", "0112 450 000", false }, /* a CHI number of 1 December 1945 begins so */
        { "uk-phone", "440 845 0000", false },
        { "uk-phone", "7700 900123", false },
        { "uk-phone", "943 476 5919", false },
        { "uk-phone", "401 023 2137", false },
        { "uk-phone", "07700 9001", false },
        { "uk-phone", "07700 900 1234", false },
        { "uk-phone", "0100 555 0000", false },
        { "uk-phone", "0400 555 0000", false },
        { "uk-phone", "+1 202 555 0100", false },
        { "uk-phone", "0", false },
        { "uk-phone", "07700 900123 ext 4", false },
        { "uk-phone-drama", "07700 900000", true },
        { "uk-phone-drama", "+44 20 7946 0999", true },
        { "uk-phone-drama", "01632 960 123", true },
        { "uk-phone-drama", "0113 496 0000", true },
        { "uk-phone-drama", "0191 498 0123", true },
        { "uk-phone-drama", "028 9018 0123", true },
        { "uk-phone-drama", "029 2018 0123", true },
        { "uk-phone-drama", "08081 570 123", true },
        { "uk-phone-drama", "0909 879 0123", true },
        { "uk-phone-drama", "03069 990 123", true },
        { "uk-phone-drama", "07700 901000", false },
        { "uk-phone-drama", "020 7946 1000", false },
        { "uk-phone-drama", "01253 300000", false },
        { "uk-phone-drama", "0191 496 0123", false },
        { "uk-phone-drama", "01632 96012", false },
    };
    (void)state;
    RUN(cases, TODAY);
}

static void test_money(void **state)
{
    static const struct check_case cases[] = {
        { "luhn", "4111 1111 1111 1111", true },
        { "luhn", "4242-4242-4242-4242", true },
        { "luhn", "5555555555554444", true },
        { "luhn", "3782 822463 10005", true },
        { "luhn", "6011 1111 1111 1117", true },
        { "luhn", "2223 0031 2200 3222", true },
        { "luhn", "4111 1111 1111 1112", false },
        { "luhn", "4111 1111 1111", false },
        { "luhn", "0000 0000 0000 0000", false },
        { "luhn", "1111 1111 1111 1117", false },
        { "luhn", "3782 822463 1000", false },
        { "luhn", "49927398716", false },
        { "iban", "GB82 WEST 1234 5698 7654 32", true },
        { "iban", "GB29NWBK60161331926819", true },
        { "iban", "gb82-west-12345698765432", true },
        { "iban", "DE89 3704 0044 0532 0130 00", true },
        { "iban", "GB82 WEST 1234 5698 7654 33", false },
        { "iban", "GB28 WEST 1234 5698 7654 32", false },
        { "iban", "GB82 WEST 1234 5698 7654", false },
        { "iban", "8282 WEST 1234 5698 7654 32", false },
        { "iban", "GB82", false },
    };
    (void)state;
    RUN(cases, TODAY);
}

static void test_papers(void **state)
{
    static const struct check_case cases[] = {
        { "nino", "AB 12 34 56 C", true },
        { "nino", "ab123456c", true },
        { "nino", "AB-12-34-56-D", true },
        { "nino", "AB123456", true },
        { "nino", "QQ 12 34 56 A", false },
        { "nino", "GB 12 34 56 A", false },
        { "nino", "AO 12 34 56 A", false },
        { "nino", "AB 12 34 56 E", false },
        { "nino", "AB 12 34 5", false },
        { "nino", "A1 12 34 56 C", false },
        { "nino", "AB 12 34 56 C7", false },
        { "driving-licence", "JOHNS902031AB9XY", true },
        { "driving-licence", "JOHNS 952031 A99XY", true },
        { "driving-licence", "johns902031ab9xy 12", true },
        { "driving-licence", "LEE99 602290 J99AA", true }, /* 29 February 1960 */
        { "driving-licence", "LEE99 602291 J99AA", false },
        { "driving-licence", "JOHNS913031AB9XY", false },
        { "driving-licence", "JOHNS902321AB9XY", false },
        { "driving-licence", "JOHNS902031AB9X", false },
        { "driving-licence", "J9HNS902031AB9XY", false },
        { "driving-licence", "JOHNS9020319B9XY", false },
        { "driving-licence", "99999902031AB9XY", false },
        { "driving-licence", "JOHNS952301AB9XY", false },
        { "vehicle-registration", "AB12 CDE", true },
        { "vehicle-registration", "ab12cde", true },
        { "vehicle-registration", "A123 BCD", true },
        { "vehicle-registration", "ABC 123D", true },
        { "vehicle-registration", "ABC 123", true },
        { "vehicle-registration", "123 ABC", true },
        { "vehicle-registration", "ABZ 1234", true },
        { "vehicle-registration", "AI12 CDE", false },
        { "vehicle-registration", "LL12 3AB", false },
        { "vehicle-registration", "AB12 CQE", false },
        { "vehicle-registration", "U123 BCD", false },
        { "vehicle-registration", "ABC 1234", false },
        { "vehicle-registration", "ABZ 0123", false },
        { "vehicle-registration", "1234567", false },
        { "vehicle-registration", "", false },
    };
    (void)state;
    RUN(cases, TODAY);
}

static void test_emails(void **state)
{
    static const struct check_case cases[] = {
        { "email", "jo.bloggs@example.com", true },
        { "email", "a@b.example.co.uk", true },
        { "email", "o'brien+news@my-trust.nhs.uk", true },
        { "email", "zo\xC3\xAB@example.org", true },
        { "email", "@example", false },
        { "email", "jo@", false },
        { "email", "jo@localhost", false },
        { "email", "jo@example..com", false },
        { "email", "jo@-example.com", false },
        { "email", "jo@example-.com", false },
        { "email", "jo@example.c", false },
        { "email", "jo@1.2.3.4", false },
        { "email", ".jo@example.com", false },
        { "email", "jo..b@example.com", false },
        { "email", "jo b@example.com", false },
        { "email", "jo@b@example.com", false },
        { "email", "example.com", false },
        { "email", "", false },
    };
    (void)state;
    RUN(cases, TODAY);
}

/* Checks take length, not NUL: a match is a stretch of a longer text. */
static void test_length_counts(void **state)
{
    const char *const text = "943 476 59190 and more";
    (void)state;
    assert_true(pv_check_find("nhs-number")->fn(text, 12, 0));
    assert_false(pv_check_find("nhs-number")->fn(text, 13, 0));
    for (size_t i = 0; i < pv_check_count(); i++)
        assert_false(pv_check_at(i)->fn(text, 0, 0));
}

static void test_table(void **state)
{
    (void)state;
    for (size_t i = 0; i < pv_check_count(); i++) {
        const struct pv_check *const check = pv_check_at(i);
        assert_ptr_equal(pv_check_find(check->name), check);
        assert_true(check->what[0] && check->holds[0] && check->fails[0]);
        if (i > 0)
            assert_true(strcmp(pv_check_at(i - 1)->name, check->name) < 0);
    }
    assert_null(pv_check_at(pv_check_count()));
    assert_null(pv_check_find("nhs number"));
    assert_null(pv_check_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_nhs_numbers),
        cmocka_unit_test(test_nhs_check_digit_is_unique),
        cmocka_unit_test(test_look_alikes),
        cmocka_unit_test(test_postcodes),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_dates_against_today),
        cmocka_unit_test(test_phones),
        cmocka_unit_test(test_money),
        cmocka_unit_test(test_papers),
        cmocka_unit_test(test_emails),
        cmocka_unit_test(test_length_counts),
        cmocka_unit_test(test_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
