#include "Reads.h"

#include <string>

#include "include/CTorch.h"

namespace ct {

thread_local bool notesReads = false;

static thread_local std::string first;

void noteRead(const char *what) {
  if (first.empty()) first = what;
}

}  // namespace ct

bool ct_reads_watch(bool is_on) {
  bool before = ct::notesReads;
  if (is_on) ct::first.clear();
  ct::notesReads = is_on;
  return before;
}

void ct_reads_note(const char *what) { ct::reading(what); }

const char *ct_reads_first(void) { return ct::first.empty() ? nullptr : ct::first.c_str(); }
