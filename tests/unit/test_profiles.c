/* test_profiles.c: what people read under each profile: whole sentences, the Trust's own people and
 * papers, and no section of anybody else's policy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <postvet/postvet.h>

static postvet_ruleset *ruleset_under(const char *profile)
{
    postvet_ruleset_options options = POSTVET_RULESET_OPTIONS_INIT;
    postvet_ruleset *ruleset = NULL;
    options.profile = profile;
    assert_int_equal(postvet_ruleset_new(&options, &ruleset, NULL), POSTVET_OK);
    return ruleset;
}

/* ------------------------------------------------------------- sentences */

/* What a filled template must not read like. */
static const char *const stumbles[] = { "{", "}", "  ", "s's ", "the the ", "the The ", "The the ",
    " a the ", "your your ", "..", " ." };

static void reads_well(const postvet_rule_info *rule, const char *text)
{
    for (size_t i = 0; i < sizeof(stumbles) / sizeof(stumbles[0]); i++)
        if (strstr(text, stumbles[i]))
            fail_msg("%s stumbles at \"%s\": %s", rule->id, stumbles[i], text);
    if (text[0] >= 'a' && text[0] <= 'z')
        fail_msg("%s opens without a capital: %s", rule->id, text);
    for (const char *stop = strstr(text, ". "); stop; stop = strstr(stop + 1, ". "))
        if (stop[2] >= 'a' && stop[2] <= 'z')
            fail_msg("%s goes on without a capital: %s", rule->id, stop);
}

static void cites_its_own(const postvet_rule_info *rule, const char *profile)
{
    for (size_t i = 0; i < rule->citation_count; i++) {
        const postvet_citation *const cited = &rule->citations[i];
        if (profile)
            assert_string_equal(cited->trust, profile);
        assert_true(*cited->document && *cited->section);
    }
}

static void speaks_well(const char *profile)
{
    postvet_ruleset *const ruleset = ruleset_under(profile);
    assert_string_equal(postvet_ruleset_profile(ruleset), profile ? profile : "");
    for (size_t i = 0; i < postvet_ruleset_rule_count(ruleset); i++) {
        const postvet_rule_info *const rule = postvet_ruleset_rule_at(ruleset, i);
        reads_well(rule, rule->message);
        reads_well(rule, rule->advice);
        cites_its_own(rule, profile);
    }
    postvet_ruleset_free(ruleset);
}

static void every_profile_speaks_well(void **state)
{
    (void)state;
    assert_int_equal(postvet_profile_count(), 5);
    speaks_well(NULL);
    for (size_t i = 0; i < postvet_profile_count(); i++)
        speaks_well(postvet_profile_name(i));
}

/* -------------------------------------------------------- people and papers */

static struct naming {
    const char *profile, *rule, *words;
} namings[] = {
    { NULL, "whistleblowing-ignored",
        "your Trust's Freedom to Speak Up Guardian, or use your Trust's whistleblowing policy;" },
    { "blackpool", "whistleblowing-ignored", "use the Whistleblowing policy (CORP/POL/214);" },
    { "james-paget", "whistleblowing-ignored", "use the Trust's Whistleblowing Policy;" },
    { "hillingdon", "whistleblowing-ignored", "use your Trust's whistleblowing policy;" },
    { "buckinghamshire", "whistleblowing-ignored",
        "use the Whistleblowing and Raising Concerns Policy (BHT Pol 092);" },
    { "ashford-st-peters", "whistleblowing-ignored",
        "use the Freedom to Speak Up: Raising Concerns (Whistleblowing) Policy;" },
    { NULL, "complaint-asks-details", "the patient experience team or PALS, who" },
    { "blackpool", "complaint-asks-details", "point them to the Patient Experience Team, who" },
    { "blackpool", "complaint-asks-details",
        ". The complaints management policy (CORP/PROC/633) says" },
    { "james-paget", "complaint-asks-details", "the Trust's PALS, who" },
    { "hillingdon", "complaint-asks-details", "the Patient Advice Liaison Service (PALS), who" },
    { "buckinghamshire", "complaint-asks-details", "the Trust's PALS, who" },
    { "ashford-st-peters", "representation-media",
        "the Communications team (comms.mailbox@asph.nhs.uk)" },
    { "buckinghamshire", "representation-media", "the communications team (01494 734959)" },
    { "james-paget", "safeguarding-snooping", "tell the Trust's Information Governance Manager" },
    { "blackpool", "personal-phone", "the ward's or Blackpool Teaching Hospitals' public number." },
    { "hillingdon", "personal-phone", "the ward's or the Hillingdon Hospitals' public number." },
    { "james-paget", "personal-phone", "the ward's or the James Paget's public number." },
    { NULL, "personal-phone", "the ward's or your Trust's public number." },
};

static void names_people_and_papers(void **state)
{
    const struct naming *const c = *state;
    postvet_ruleset *const ruleset = ruleset_under(c->profile);
    const postvet_rule_info *const rule = postvet_ruleset_rule(ruleset, c->rule);
    assert_non_null(rule);
    if (!strstr(rule->advice, c->words))
        fail_msg("%s, %s: \"%s\" is not in: %s", c->profile ? c->profile : "general", c->rule,
            c->words, rule->advice);
    postvet_ruleset_free(ruleset);
}

int main(void)
{
    enum { COUNT = sizeof(namings) / sizeof(namings[0]) };
    struct CMUnitTest tests[COUNT + 1];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){ namings[i].rule, names_people_and_papers, NULL, NULL,
            &namings[i] };
    tests[COUNT] = (struct CMUnitTest)cmocka_unit_test(every_profile_speaks_well);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
