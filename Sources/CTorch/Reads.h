// Notes of what the host reads, for those who would record what a device does.
#pragma once

namespace ct {

// Whether this thread's reads are noted.
extern thread_local bool notesReads;
void noteRead(const char *what);

inline void reading(const char *what) {
  if (__builtin_expect(notesReads, false)) noteRead(what);
}

}  // namespace ct
