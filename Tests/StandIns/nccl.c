// A stand-in for NCCL that adds numbers up in the memory of the CPU, for tests of what calls NCCL.
//
// It takes part as a library of another program's processes: the id names a file that all of them map, where each puts its numbers and
// adds up everybody's. It refuses what NCCL would refuse or hang at: other types, and processes that add up different things.
//
//   clang -shared -fPIC -O1 -I Sources/CNCCL -o libnccl.so Tests/StandIns/nccl.c
//
// At compile time: -DVERSION=code, -DLACKS_SUM. At run time: STAND_IN_FAILS=n lets the n-th sum fail in the processes of rank
// STAND_IN_RANK, STAND_IN_BREAKS=n lets all wait there for ever and the others hear that it is gone. STAND_IN_LOG names a
// file for a line a sum.
#include <fcntl.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "nccl_calls.h"

#ifndef VERSION
#define VERSION 22705
#endif

enum { most = 8, room = 1 << 20, system_error = 2, invalid_argument = 4, invalid_usage = 5, remote_error = 6 };

// The CPU, by LibTorch's number.
int32_t latent_nccl_device = 0;

// What all processes see.
struct place {
  _Atomic int arrived, round;
  struct {
    size_t count;
    int32_t type;
    _Alignas(8) char numbers[room];
  } parts[most];
};

struct nccl_communicator_impl {
  struct place *place;
  int32_t rank, size;
  int sums;
  _Atomic bool is_broken;
};

static int number(const char *name, int otherwise) {
  const char *text = getenv(name);
  return text ? atoi(text) : otherwise;
}

static void meet(nccl_communicator group) {
  int round = atomic_load(&group->place->round);
  if (atomic_fetch_add(&group->place->arrived, 1) + 1 == group->size) {
    atomic_store(&group->place->arrived, 0);
    atomic_fetch_add(&group->place->round, 1);
  } else {
    while (atomic_load(&group->place->round) == round) sched_yield();
  }
}

int32_t ncclGetVersion(int32_t *version) {
  *version = VERSION;
  return nccl_done;
}

int32_t ncclGetUniqueId(nccl_id *id) {
  memset(id, 0, sizeof *id);
  snprintf(id->bytes, sizeof id->bytes, "/tmp/latent-stand-in-XXXXXX");
  int file = mkstemp(id->bytes);
  if (file < 0 || ftruncate(file, sizeof(struct place)) != 0) return system_error;
  close(file);
  // By value and whole: the last byte is looked at too.
  id->bytes[sizeof id->bytes - 1] = 77;
  return nccl_done;
}

int32_t ncclCommInitRank(nccl_communicator *communicator, int32_t size, nccl_id id, int32_t rank) {
  if (size > most || rank < 0 || rank >= size || id.bytes[sizeof id.bytes - 1] != 77) return invalid_argument;
  int file = open(id.bytes, O_RDWR);
  if (file < 0) return system_error;
  nccl_communicator group = calloc(1, sizeof *group);
  group->place = mmap(NULL, sizeof(struct place), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (group->place == MAP_FAILED) return system_error;
  group->rank = rank;
  group->size = size;
  meet(group);
  if (rank == 0) unlink(id.bytes);
  *communicator = group;
  return nccl_done;
}

// Adds up to as many numbers as there is room for.
static int32_t add(nccl_communicator group, const char *from, char *to, size_t count, int32_t type) {
  size_t width = type == nccl_float64 ? 8 : 4;
  struct place *place = group->place;
  place->parts[group->rank].count = count;
  place->parts[group->rank].type = type;
  memcpy(place->parts[group->rank].numbers, from, count * width);
  meet(group);
  int32_t result = nccl_done;
  for (int rank = 0; rank < group->size; rank++)
    if (place->parts[rank].count != count || place->parts[rank].type != type) result = invalid_usage;
  for (size_t i = 0; i < count && result == nccl_done; i++) {
    double sum = 0;
    float small = 0;
    for (int rank = 0; rank < group->size; rank++) {
      sum += ((double *)place->parts[rank].numbers)[type == nccl_float64 ? i : 0];
      small += ((float *)place->parts[rank].numbers)[type == nccl_float64 ? 0 : i];
    }
    if (type == nccl_float64) ((double *)to)[i] = sum;
    else ((float *)to)[i] = small;
  }
  meet(group);
  return result;
}

#ifndef LACKS_SUM
int32_t ncclAllReduce(const void *from, void *to, size_t count, int32_t type, int32_t operation, nccl_communicator group, void *stream) {
  if ((type != nccl_float32 && type != nccl_float64) || operation != nccl_plus || stream != NULL) return invalid_argument;
  group->sums++;
  bool is_chosen = group->rank == number("STAND_IN_RANK", 0);
  if (is_chosen && group->sums == number("STAND_IN_FAILS", -1)) return system_error;
  if (group->sums == number("STAND_IN_BREAKS", -1)) {
    if (!is_chosen) atomic_store(&group->is_broken, true);
    for (;;) pause();
  }
  const char *log = getenv("STAND_IN_LOG");
  if (log && group->rank == 0) {
    FILE *file = fopen(log, "a");
    fprintf(file, "%zu %d\n", count, type);
    fclose(file);
  }
  size_t width = type == nccl_float64 ? 8 : 4, step = room / width;
  for (size_t start = 0; start < count; start += step) {
    size_t part = count - start < step ? count - start : step;
    int32_t result = add(group, (const char *)from + start * width, (char *)to + start * width, part, type);
    if (result != nccl_done) return result;
  }
  return nccl_done;
}
#endif

int32_t ncclCommGetAsyncError(nccl_communicator group, int32_t *result) {
  *result = atomic_load(&group->is_broken) ? remote_error : nccl_done;
  return nccl_done;
}

int32_t ncclCommDestroy(nccl_communicator group) {
  meet(group);
  munmap(group->place, sizeof(struct place));
  free(group);
  return nccl_done;
}

const char *ncclGetErrorString(int32_t result) {
  switch (result) {
    case nccl_done: return "no error";
    case system_error: return "unhandled system error";
    case invalid_argument: return "invalid argument";
    case invalid_usage: return "invalid usage";
    case remote_error: return "remote process exited or there was a network error";
    default: return "another error";
  }
}

const char *ncclGetLastError(nccl_communicator group) { return "said by the stand-in\nin two lines"; }

// The types of what is above are those that callers know.
struct calls {
  nccl_get_version version;
  nccl_get_unique_id id;
  nccl_comm_init_rank join;
  nccl_comm_get_async_error state;
  nccl_comm_destroy leave;
  nccl_get_error_string text;
  nccl_get_last_error detail;
};
static const struct calls calls __attribute__((used)) = {
    ncclGetVersion,  ncclGetUniqueId,    ncclCommInitRank, ncclCommGetAsyncError,
    ncclCommDestroy, ncclGetErrorString, ncclGetLastError,
};
