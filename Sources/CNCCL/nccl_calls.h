// The part of NCCL's C interface that the package calls, in declarations of its own: the library is loaded at run time, and nothing is linked.
//
// Reference: nccl.h of NCCL 2.4 to 2.32, where these types and numbers are the same.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct nccl_communicator_impl *nccl_communicator;

// What process 0 makes and tells the others; handed over by value.
typedef struct {
  char bytes[128];
} nccl_id;

enum {
  nccl_done = 0,
  nccl_under_way = 7,

  nccl_float32 = 7,
  nccl_float64 = 8,

  nccl_plus = 0,
};

// Functions return one of NCCL's results, of which 0 is success.
typedef int32_t (*nccl_get_version)(int32_t *version);
typedef int32_t (*nccl_get_unique_id)(nccl_id *id);
typedef int32_t (*nccl_comm_init_rank)(nccl_communicator *communicator, int32_t count, nccl_id id, int32_t rank);
typedef int32_t (*nccl_all_reduce)(const void *from, void *to, size_t count, int32_t type, int32_t operation,
                                   nccl_communicator communicator, void *stream);
typedef int32_t (*nccl_comm_get_async_error)(nccl_communicator communicator, int32_t *result);
typedef int32_t (*nccl_comm_destroy)(nccl_communicator communicator);
typedef const char *(*nccl_get_error_string)(int32_t result);
typedef const char *(*nccl_get_last_error)(nccl_communicator communicator);
