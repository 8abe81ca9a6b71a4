/* pack.h: YAML in, checked model out. The one room that knows libcyaml and libyaml.
 *
 * Strict: malformed YAML, unknown or repeated keys, wrong types, missing keys, aliases, anchors,
 * tags, several documents, too much nesting: each is an error with file, line and column, all of
 * them in one run, with "did you mean" where a known key is near. */
#ifndef PV_PACK_PACK_H
#define PV_PACK_PACK_H

#include <stdarg.h>
#include <stddef.h>

#include <postvet/postvet.h>

#include "pack/model.h"

/* No more errors than this are told; the last says that there are more. */
#define PV_ERRORS_MAX 1000u

/* Where errors go: each is told to `fn` (which may be NULL), the first is kept in `first`. And what
 * is one: a file longer or deeper than this, or than POSTVET_PACK_MAX and POSTVET_PACK_DEPTH_MAX
 * where this is 0. */
struct pv_report {
    postvet_error_fn *fn;
    void *user;
    postvet_error *first; /* may be NULL */
    size_t count;
    size_t bytes_max, depth_max;
};

/* Tells one error. Returns `status`. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 6, 7)))
#endif
postvet_status
pv_report_error(struct pv_report *report, postvet_status status, const char *file, size_t line,
    size_t column, const char *format, ...);

/* The same for a function with arguments of its own. */
#if defined(__GNUC__) || defined(__clang__)
__attribute__((format(printf, 6, 0)))
#endif
postvet_status
pv_report_verror(struct pv_report *report, postvet_status status, const char *file, size_t line,
    size_t column, const char *format, va_list args);

/* Tells that the work on a file, which may be NULL, takes more memory than there is. */
postvet_status pv_report_nomem(struct pv_report *report, const char *file);

/* A pack, profile or configuration with the place of each of its values. */
struct pv_pack_file;
struct pv_profile_file;
struct pv_config_file;

/* Parses a pack. On POSTVET_OK *out is to be freed with pv_pack_file_free(); else untouched and at
 * least one error was told. `name` is copied. */
postvet_status pv_pack_parse(const char *name, const char *text, size_t len,
    struct pv_report *report, struct pv_pack_file **out);
const struct pv_pack *pv_pack_file_model(const struct pv_pack_file *file);
const char *pv_pack_file_name(const struct pv_pack_file *file);
void pv_pack_file_free(struct pv_pack_file *file);

postvet_status pv_profile_parse(const char *name, const char *text, size_t len,
    struct pv_report *report, struct pv_profile_file **out);
const struct pv_profile *pv_profile_file_model(const struct pv_profile_file *file);
const char *pv_profile_file_name(const struct pv_profile_file *file);
void pv_profile_file_free(struct pv_profile_file *file);

postvet_status pv_config_parse(const char *name, const char *text, size_t len,
    struct pv_report *report, struct pv_config_file **out);
const struct pv_config *pv_config_file_model(const struct pv_config_file *file);
const char *pv_config_file_name(const struct pv_config_file *file);
void pv_config_file_free(struct pv_config_file *file);

/* The place of a value of the model: `field` is the address of a char * field, of a list item or
 * of a nested struct inside the model. A struct that shares its address with its first member has
 * that one's place where it is given, else the place of its own first key. Line and column 0 when
 * the value does not stand in the file. */
struct pv_place {
    size_t line, column;
};
struct pv_place pv_pack_file_place(const struct pv_pack_file *file, const void *field);
struct pv_place pv_profile_file_place(const struct pv_profile_file *file, const void *field);
struct pv_place pv_config_file_place(const struct pv_config_file *file, const void *field);

/* Reads a whole file into malloc()ed memory with a NUL after it. POSTVET_ERR_FILE, told, with the
 * reason in words when it cannot be read; POSTVET_ERR_LIMIT above `max`. */
postvet_status pv_file_read(
    const char *path, size_t max, struct pv_report *report, char **out, size_t *len);

/* The names nearest to `word` among `names`: NULL when none is near enough to be meant. */
const char *pv_did_you_mean(const char *word, const char *const *names, size_t count);

#endif
