/* standalone.c: runs a harness over the files named on the command line, so that every compiler can
 * replay the corpus as a test. */
#include "fuzz.h"

static int replay(const char *path)
{
    FILE *const in = fopen(path, "rb");
    long size = -1;
    if (in && fseek(in, 0, SEEK_END) == 0)
        size = ftell(in);
    uint8_t *const data = size >= 0 ? malloc((size_t)size + 1) : NULL;
    int status = EXIT_FAILURE;
    if (data && fseek(in, 0, SEEK_SET) == 0 && fread(data, 1, (size_t)size, in) == (size_t)size) {
        LLVMFuzzerTestOneInput(data, (size_t)size);
        status = EXIT_SUCCESS;
    } else {
        perror(path);
    }
    free(data);
    if (in)
        fclose(in);
    return status;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: fuzz_ENTRY FILE...\n", stderr);
        return EXIT_FAILURE;
    }
    for (int i = 1; i < argc; i++)
        if (replay(argv[i]) != EXIT_SUCCESS)
            return EXIT_FAILURE;
    return EXIT_SUCCESS;
}
