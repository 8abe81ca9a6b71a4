/* sniff.c: the first bytes tell the formats that people keep drafts or pictures of drafts in. What
 * else is not text tells itself by its NUL bytes, or is no UTF-8, which the library sees. An e-mail
 * is text to look at, and told by its header. */
#include "sniff.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define SAVE_AS "save the draft as .docx, .odt, text, Markdown or HTML"
#define PICTURE "is a picture, which postvet does not look at; write out what it says"
#define ARCHIVE "is an archive; unpack it and check the files in it"
#define ENCRYPTED "is encrypted; save the draft without a password or key"

static const struct magic {
    const char *bytes;
    size_t len, at;
    const char *problem; /* NULL: a document */
} magics[] = {
    { "PK\x03\x04", 4, 0, NULL },
    { "%PDF-", 5, 0, "is a PDF file, which postvet does not read; " SAVE_AS },
    { "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, 0,
        "is an old Word, Outlook or Office file, which postvet does not read; " SAVE_AS },
    { "{\\rtf", 5, 0, "is an RTF file, which postvet does not read; " SAVE_AS },
    { "-----BEGIN PGP MESSAGE-----", 27, 0, ENCRYPTED },
    { "-----BEGIN PKCS7-----", 21, 0, ENCRYPTED },
    { "\x89PNG\r\n\x1A\n", 8, 0, PICTURE },
    { "\xFF\xD8\xFF", 3, 0, PICTURE },
    { "GIF8", 4, 0, PICTURE },
    { "II*\0", 4, 0, PICTURE },
    { "MM\0*", 4, 0, PICTURE },
    { "WEBP", 4, 8, PICTURE },
    { "ftyp", 4, 4,
        "is a picture or film, which postvet does not look at; write out what it says" },
    { "PK\x05\x06", 4, 0, "is an empty archive" },
    { "\x1F\x8B", 2, 0, ARCHIVE },
    { "BZh", 3, 0, ARCHIVE },
    { "\xFD"
      "7zXZ",
        5, 0, ARCHIVE },
    { "\x28\xB5\x2F\xFD", 4, 0, ARCHIVE },
    { "7z\xBC\xAF", 4, 0, ARCHIVE },
    { "Rar!", 4, 0, ARCHIVE },
    { "ustar", 5, 257, ARCHIVE },
};

/* The name of the stream that holds a Word document with a password, as an old Office file has it:
 * in UTF-16. */
static const char encrypted_package[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";

enum { SAMPLE = 4096 };

static bool holds(const char *bytes, size_t len, const char *word, size_t word_len)
{
    for (size_t at = 0; at + word_len <= len; at++) {
        const char *const hit = memchr(bytes + at, word[0], len - at - word_len + 1);
        if (!hit)
            return false;
        at = (size_t)(hit - bytes);
        if (memcmp(hit, word, word_len) == 0)
            return true;
    }
    return false;
}

/* What an old Office file or a PDF is besides. */
static const char *encrypted(const char *bytes, size_t len)
{
    if (bytes[0] == '%' && holds(bytes, len, "/Encrypt", 8))
        return ENCRYPTED;
    if (bytes[0] == '\xD0' && holds(bytes, len, encrypted_package, sizeof encrypted_package - 1))
        return "is protected with a password; save a copy without one";
    return NULL;
}

static bool has_ending(const char *name, const char *ending)
{
    const size_t len = name ? strlen(name) : 0, ending_len = strlen(ending);
    return len > ending_len && strcasecmp(name + len - ending_len, ending) == 0;
}

/* ------------------------------------------------------------------- e-mail */

/* The length of the field name, or 0, that the line begins with: letters and dashes, a colon. */
static size_t field_name(const char *line, size_t len)
{
    size_t at = 0;
    while (at < len && line[at] > ' ' && line[at] < 127 && line[at] != ':')
        at++;
    return at < len && line[at] == ':' ? at : 0;
}

static bool is_field(const char *line, size_t name_len, const char *name)
{
    return strlen(name) == name_len && strncasecmp(line, name, name_len) == 0;
}

/* Whether the bytes begin with the header of an e-mail: fields to the first empty line, one of
 * which only a mail program writes, and one of which every e-mail has. */
static bool is_mail(const char *bytes, size_t len)
{
    bool is_made = false, is_sent = false;
    for (size_t at = 0; at < len;) {
        const char *const line = bytes + at;
        const char *const newline = memchr(line, '\n', len - at);
        const size_t line_len = newline ? (size_t)(newline - line) : len - at;
        if (line_len == 0 || line[0] == '\r')
            return is_made && is_sent;
        const size_t name = field_name(line, line_len);
        if (name == 0 && line[0] != ' ' && line[0] != '\t' && strncmp(line, "From ", 5) != 0)
            return false;
        is_made |= is_field(line, name, "MIME-Version") || is_field(line, name, "Message-ID")
                   || is_field(line, name, "Received");
        is_sent |= is_field(line, name, "From") || is_field(line, name, "Date")
                   || is_field(line, name, "Subject");
        at += line_len + 1;
    }
    return false;
}

/* -------------------------------------------------------------------- sniff */

static const struct magic *find_magic(const char *bytes, size_t len)
{
    for (size_t i = 0; i < sizeof magics / sizeof *magics; i++)
        if (len >= magics[i].at + magics[i].len
            && memcmp(bytes + magics[i].at, magics[i].bytes, magics[i].len) == 0)
            return &magics[i];
    return NULL;
}

/* What is wrong with a file of whose name another content is to be expected, or that is no text. */
static const char *no_text(const char *bytes, size_t len, const char *file_name)
{
    const size_t sample = len < SAMPLE ? len : SAMPLE;
    size_t nuls = 0;
    if (has_ending(file_name, ".docx") || has_ending(file_name, ".odt"))
        return "is damaged: it does not begin as its name says; save it again from its program";
    if (!memchr(bytes, '\0', sample))
        return NULL;
    for (size_t i = 0; i < sample; i++)
        nuls += bytes[i] == '\0';
    if (nuls >= sample / 4)
        return "is not text, since much of it is NUL bytes; if it is UTF-16, say so by --encoding "
               "UTF-16LE or UTF-16BE";
    return NULL;
}

enum cli_sniffed cli_sniff(
    const char *bytes, size_t len, const char *file_name, const char **problem)
{
    const struct magic *const magic = find_magic(bytes, len);
    *problem = NULL;
    if (magic && !magic->problem)
        return CLI_SNIFFED_DOCUMENT;
    if (magic) {
        *problem = encrypted(bytes, len);
        if (!*problem)
            *problem = magic->problem;
        return CLI_SNIFFED_OTHER;
    }
    if (has_ending(file_name, ".eml") || is_mail(bytes, len))
        return CLI_SNIFFED_DOCUMENT;
    *problem = no_text(bytes, len, file_name);
    return *problem ? CLI_SNIFFED_OTHER : CLI_SNIFFED_TEXT;
}
