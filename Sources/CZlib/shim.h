// The system's zlib: Debian's zlib1g-dev, or the one of macOS's SDK.
#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

#endif
