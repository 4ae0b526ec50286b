// The state is 100 kB of tables, which Swift had better not see as one value.
#include <stdlib.h>

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>

typedef struct {
  int status;  // 0 or, for damaged data, less
  unsigned used, written;
  int is_end;
} ci_step;

// A machine for deflated data with gzip's head and checksum or without; null without memory.
static inline void *ci_new(int is_gzip) {
  struct inflate_state *state = malloc(sizeof *state);
  if (state) {
    isal_inflate_init(state);
    state->crc_flag = is_gzip ? ISAL_GZIP : ISAL_DEFLATE;
  }
  return state;
}

// Begins anew, for data that follow.
static inline void ci_restart(void *machine) { isal_inflate_reset((struct inflate_state *)machine); }

static inline ci_step ci_inflate(void *machine, const unsigned char *input, unsigned given,
                                 unsigned char *output, unsigned room) {
  struct inflate_state *state = (struct inflate_state *)machine;
  ci_step step;
  state->next_in = (unsigned char *)input;
  state->avail_in = given;
  state->next_out = output;
  state->avail_out = room;
  step.status = isal_inflate(state);
  step.used = given - state->avail_in;
  step.written = room - state->avail_out;
  step.is_end = state->block_state == ISAL_BLOCK_FINISH;
  return step;
}
