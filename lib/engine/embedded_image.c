/* embedded_image.c: the image of the rules, which tools/compile_rules.c made. The assembler takes
 * it in as it is: written out in C, its 20 MB cost a compiler half a minute and a gigabyte. Where
 * no assembler can, the build compiles what compile_rules writes in C instead of this file. */
#include "engine/embedded.h"

__asm__(".pushsection .rodata\n"
        ".balign 8\n"
        ".globl pv_embedded_image\n"
        ".hidden pv_embedded_image\n"
        ".type pv_embedded_image, %object\n"
        "pv_embedded_image:\n"
        ".incbin \"" POSTVET_IMAGE "\"\n"
        ".size pv_embedded_image, . - pv_embedded_image\n"
        ".popsection\n");
