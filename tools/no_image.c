/* no_image.c: the empty image, for the tool that makes the real one. */
#include "engine/embedded.h"

const uint32_t pv_embedded_image[1] = { 0 };
