/* html_style.h: the style sheet of the page. */
#ifndef CLI_OUTPUT_HTML_STYLE_H
#define CLI_OUTPUT_HTML_STYLE_H

extern const char cli_html_style[];

#endif
