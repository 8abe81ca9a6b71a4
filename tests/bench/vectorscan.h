/* vectorscan.h: where the databases of the rules lie between vectorscan_build, which makes them,
 * and the engine, which runs them. Making them takes minutes: they are kept for as long as the
 * rules stay the same. */
#ifndef BENCH_VECTORSCAN_H
#define BENCH_VECTORSCAN_H

#define VECTORSCAN_PATH_MAX 512
#define VECTORSCAN_DATABASES_MAX 256

/* Database `index` in the folder. Of terms is the first. */
#define VECTORSCAN_DATABASE_NAME "%s/%zu.db"
/* One line: a number that stands for the rules, how many databases there are, and a description for
 * people. Written last. */
#define VECTORSCAN_ABOUT_NAME "%s/about"
#define VECTORSCAN_ABOUT_MAX 256

#endif
