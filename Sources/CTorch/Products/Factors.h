// What products take: numbers, or pairs of them.

#ifdef TAKES_PAIRS
#include "Pairs.h"
#else
#include "Single.h"
#endif
