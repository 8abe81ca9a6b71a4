/* xml.h: XML and HTML, read as a stream of elements and text by libxml2. Knows limits and what is
 * refused, not what elements mean. */
#ifndef PV_DOCUMENT_XML_H
#define PV_DOCUMENT_XML_H

#include "document/story.h"

/* An element that begins. Names are without prefix. */
struct pv_element {
    const char *name;
    const char *space;      /* the namespace; "" for none */
    const void *attributes; /* as libxml2 has them */
    size_t attribute_count;
};

/* An attribute's value, or NULL. Not NUL-terminated. */
const char *pv_element_value(const struct pv_element *element, const char *name, size_t *len);
/* The same for an attribute whose namespace ends so: "/relationships". */
const char *pv_element_value_in(
    const struct pv_element *element, const char *space_end, const char *name, size_t *len);
/* Whether an attribute has this value. */
bool pv_element_has(const struct pv_element *element, const char *name, const char *value);

/* Tells the story what the element is, which has been opened in it. */
typedef void pv_element_fn(struct pv_story *story, const struct pv_element *element, void *user);

/* Reads an XML part into a story. Fails on the page when it is no well-formed XML, has a document
 * type (and so might have entities), or is nested too deep. */
bool pv_xml_read(
    struct pv_story *story, const char *bytes, size_t len, pv_element_fn *on_element, void *user);

#endif
