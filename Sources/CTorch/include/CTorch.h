// A C interface to LibTorch: opaque handles, status codes, errors as values.
//
// Conventions, everywhere in this header:
// - A function that can fail returns a ct_status; results come through out parameters, which are
//   written only on success. With CT_FAILED, *error holds a message that the caller frees with
//   ct_string_free. No C++ exception leaves this library.
// - A ct_tensor owns one reference count of a LibTorch tensor; ct_tensor_release gives it back.
//   Arguments are borrowed, results are owned by the caller. The undefined tensor is a value.
// - Every symbol carries the prefix ct_ and the rest is hidden, because libtorch_cpu exports
//   unprefixed C symbols of its own (MKL's i_malloc, i_free) that a clash would replace.
#ifndef CTORCH_H
#define CTORCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CT_API __attribute__((visibility("default")))

typedef struct ct_tensor_impl *ct_tensor;
typedef struct ct_operator_impl *ct_operator;
typedef struct ct_generator_impl *ct_generator;
typedef struct ct_graph_impl *ct_graph;

typedef int32_t ct_status;
enum { CT_OK = 0, CT_FAILED = 1 };

typedef char *ct_error;

// What a ct_value holds. Lists keep `count` elements behind `as.list`: int64_t for CT_INTS,
// double for CT_DOUBLES, uint8_t for CT_BOOLS, ct_tensor for CT_TENSORS, bytes for CT_STRING.
enum {
  CT_NONE = 0,
  CT_DEFAULT = 1,  // argument only: take the schema's default
  CT_TENSOR = 2,
  CT_INT = 3,
  CT_DOUBLE = 4,
  CT_BOOL = 5,
  CT_STRING = 6,
  CT_INTS = 7,
  CT_DOUBLES = 8,
  CT_BOOLS = 9,
  CT_TENSORS = 10,
  CT_GENERATOR = 11,
  CT_DEVICE = 12,  // as.integer = kind * 65536 + index + 1
};

typedef struct {
  int32_t tag;
  int64_t count;
  union {
    int64_t integer;
    double real;
    const void *list;
    ct_tensor tensor;
    ct_generator generator;
  } as;
} ct_value;

// Runtime ---------------------------------------------------------------------------------------

// Loads LibTorch's CUDA library if a driver is present, sets the number of intra-operator threads
// (0 keeps LibTorch's choice) and tells glibc to keep large blocks. Call once, before anything else.
CT_API ct_status ct_start(int32_t threads, ct_error *error);
CT_API const char *ct_version(void);
CT_API int32_t ct_threads(void);
CT_API void ct_set_threads(int32_t threads);
CT_API int32_t ct_device_count(int32_t kind);
// Whether products in bfloat16 have kernels of their own on the present device of a kind.
CT_API bool ct_supports_bfloat16(int32_t kind);
CT_API int64_t ct_live_handles(void);
// Handles made less handles released on this thread: negative where others made them.
CT_API int64_t ct_thread_handles(void);
CT_API void ct_device_memory(int32_t kind, int32_t index, int64_t *allocated, int64_t *reserved,
                             int64_t *peak);
CT_API void ct_device_clear_cache(int32_t kind);
CT_API void ct_string_free(char *string);

// Work ------------------------------------------------------------------------------------------

// What LibTorch did on the calling thread between begin, or the last restart, and now. CPU only: another device's
// gradients are computed on threads of their own.
typedef struct {
  int64_t operators;    // calls of operators, those that operators and gradients make included
  int64_t nodes;        // nodes of graphs that gradients passed through
  int64_t allocations;  // blocks of tensor memory
  int64_t allocated;    // their bytes
  int64_t peak;         // the most bytes alive at a time, of blocks taken since begin
} ct_work;
// Fails where the thread is counted already. Blocks from before give a warning of LibTorch's when they are given back.
CT_API ct_status ct_work_begin(ct_error *error);
CT_API ct_work ct_work_now(void);
// Sets the counts to zero and the peak to what is alive.
CT_API void ct_work_restart(void);
CT_API void ct_work_end(void);

// Operators -------------------------------------------------------------------------------------

// `name` is LibTorch's qualified name with the overload, such as "aten::add.Tensor".
// An operator is looked up once and lives as long as the process.
CT_API ct_status ct_operator_find(const char *name, ct_operator *out, ct_error *error);
CT_API ct_status ct_operator_schema(ct_operator op, char **out, ct_error *error);
// Calls through the dispatcher (autograd, autocast, device selection included). `results` has room
// for `capacity` values; CT_TENSORS results keep a list that ct_tensors_free releases.
CT_API ct_status ct_operator_call(ct_operator op, const ct_value *arguments, size_t count,
                                  ct_value *results, size_t capacity, size_t *result_count,
                                  ct_error *error);
CT_API void ct_tensors_free(const void *list);

// Tensors ---------------------------------------------------------------------------------------

CT_API ct_tensor ct_tensor_undefined(void);
CT_API bool ct_tensor_defined(ct_tensor tensor);
CT_API void ct_tensor_release(ct_tensor tensor);
// A further owned count of the same tensor.
CT_API ct_tensor ct_tensor_retain(ct_tensor tensor);
CT_API ct_status ct_tensor_from_bytes(const void *bytes, size_t length, const int64_t *shape,
                                      size_t rank, int32_t dtype, ct_tensor *out, ct_error *error);
// A scalar tensor on the CPU, float32 or float64, that counts as a number in type promotion.
CT_API ct_status ct_tensor_number(double value, int32_t dtype, ct_tensor *out, ct_error *error);
CT_API int64_t ct_tensor_rank(ct_tensor tensor);
CT_API int64_t ct_tensor_size(ct_tensor tensor, int64_t dim);
CT_API int64_t ct_tensor_stride(ct_tensor tensor, int64_t dim);
CT_API int64_t ct_tensor_count(ct_tensor tensor);
CT_API int32_t ct_tensor_dtype(ct_tensor tensor);
CT_API void ct_tensor_device(ct_tensor tensor, int32_t *kind, int32_t *index);
CT_API int64_t ct_tensor_byte_count(ct_tensor tensor);
CT_API bool ct_tensor_is_contiguous(ct_tensor tensor);
// Whether the numbers are the negatives or conjugates of what lies in memory.
CT_API bool ct_tensor_is_deferred(ct_tensor tensor);
CT_API int64_t ct_tensor_use_count(ct_tensor tensor);
CT_API bool ct_tensor_requires_gradient(ct_tensor tensor);
CT_API ct_status ct_tensor_set_requires_gradient(ct_tensor tensor, bool value, ct_error *error);
// Address of a contiguous CPU tensor's first element, valid as long as the handle.
CT_API ct_status ct_tensor_data(ct_tensor tensor, void **out, ct_error *error);
// The same wherever the tensor is; on another device an address of that device's.
CT_API ct_status ct_tensor_address(ct_tensor tensor, void **out, ct_error *error);
CT_API ct_status ct_tensor_item(ct_tensor tensor, double *out, ct_error *error);
CT_API ct_status ct_tensor_integer_item(ct_tensor tensor, int64_t *out, ct_error *error);

// Streams ---------------------------------------------------------------------------------------

// A device's queue of work, for a library beside LibTorch that is given queues. It lives as long as the process. The CPU has none:
// work is done where it is called, the handle is null, and nothing waits.
typedef struct {
  int64_t id;
  int32_t kind, index;
} ct_stream;
typedef struct ct_mark_impl *ct_mark;
// A queue beside the one that operators of the calling thread go to.
CT_API ct_status ct_stream_find(int32_t kind, int32_t index, ct_stream *out, ct_error *error);
// What the device's own libraries call it, such as a cudaStream_t.
CT_API ct_status ct_stream_handle(ct_stream stream, void **out, ct_error *error);
// What the stream is given from here on waits for what the calling thread has given the device; the tensor's memory is not used anew
// before the stream is through with what it is given while the tensor lives.
CT_API ct_status ct_stream_follow(ct_stream stream, ct_tensor tensor, ct_error *error);
// A mark behind what the stream has been given.
CT_API ct_status ct_stream_mark(ct_stream stream, ct_mark *out, ct_error *error);
// What the calling thread gives the device from here on waits for the mark; the thread itself does not.
CT_API ct_status ct_mark_await(ct_mark mark, ct_error *error);
CT_API void ct_mark_release(ct_mark mark);
// Makes a device the calling thread's present one of its kind.
CT_API ct_status ct_device_choose(int32_t kind, int32_t index, ct_error *error);

// Random numbers --------------------------------------------------------------------------------

CT_API ct_status ct_generator_make(int32_t kind, int32_t index, uint64_t seed, ct_generator *out,
                                   ct_error *error);
CT_API void ct_generator_release(ct_generator generator);
CT_API ct_status ct_generator_state(ct_generator generator, ct_tensor *out, ct_error *error);
CT_API ct_status ct_generator_set_state(ct_generator generator, ct_tensor state, ct_error *error);

// Recorded work ---------------------------------------------------------------------------------

// Between begin and end a device records what this thread asks of it and does none of it; a replay does all of it in one call, on the same
// memory, with new draws of `generator`. A device's own stream records nothing: enter another one first.
CT_API bool ct_graph_is_available(int32_t kind);
CT_API ct_status ct_graph_make(int32_t kind, ct_graph *out, ct_error *error);
CT_API void ct_graph_release(ct_graph graph);
CT_API ct_status ct_graph_begin(ct_graph graph, ct_generator generator, ct_error *error);
// Ends the recording also where it fails, as it does after an operation that cannot be recorded.
CT_API ct_status ct_graph_end(ct_graph graph, ct_error *error);
CT_API ct_status ct_graph_replay(ct_graph graph, ct_error *error);

// The device and stream of a thread.
typedef struct {
  int64_t stream;
  int32_t stream_device, device;
} ct_current_stream;
// Makes a device this thread's own and another stream of it the current one, when all that was asked of the device is done; `before`
// is what ct_stream_leave needs. Nothing happens for the CPU, which has no streams.
CT_API ct_status ct_stream_enter(int32_t kind, int32_t index, ct_current_stream *before, ct_error *error);
// When all that was asked of the device is done.
CT_API void ct_stream_leave(int32_t kind, int32_t index, ct_current_stream before);

// While it is on, what the calling thread reads of tensors' numbers and generators is noted: a recording would repeat what followed from
// them. `ct_reads_first` is the first thing noted since it was last switched on, null if nothing was.
CT_API bool ct_reads_watch(bool is_on);
CT_API void ct_reads_note(const char *what);
CT_API const char *ct_reads_first(void);

// Automatic differentiation ---------------------------------------------------------------------

CT_API bool ct_gradient_mode(void);
CT_API void ct_set_gradient_mode(bool enabled);
// Whether autocast is on for a kind of device, and its dtype.
CT_API bool ct_autocast(int32_t kind, int32_t *dtype);
CT_API void ct_set_autocast(int32_t kind, bool enabled, int32_t dtype);
// Gradients of `outputs`, weighted by `seeds` (undefined: one, for a scalar), with respect to
// `inputs`; an unused input's gradient is the undefined tensor. `results` has room for inputs.
// Where `found` is given, inputs are leaves, and it is told each one's gradient (borrowed) once it is
// complete, on the thread that computes it: the caller's for the CPU.
typedef void (*ct_gradient_found)(void *context, size_t index, ct_tensor gradient);
CT_API ct_status ct_gradients(const ct_tensor *outputs, const ct_tensor *seeds, size_t output_count,
                              const ct_tensor *inputs, size_t input_count, bool retain_graph,
                              bool create_graph, ct_gradient_found found, void *context,
                              ct_tensor *results, ct_error *error);
// Waits while another thread is inside; leave on the thread that entered. Levels do not nest.
CT_API ct_status ct_forward_level_enter(uint64_t *level, ct_error *error);
// Whether this thread is between the two.
CT_API bool ct_forward_level_is_held(void);
CT_API void ct_forward_level_leave(uint64_t level);

// A function with a derivative of the caller's. `forward` runs without recording and fills
// `outputs` (capacity `output_capacity`) and `saved` (capacity `saved_capacity`) with owned tensors.
// `backward` receives saved tensors and output gradients (borrowed) and fills one owned gradient
// an input (undefined: none). Both return CT_OK, or CT_FAILED with a message in *error (malloc'ed).
typedef ct_status (*ct_custom_forward)(void *context, const ct_tensor *inputs, size_t input_count,
                                       ct_tensor *outputs, size_t output_capacity,
                                       size_t *output_count, ct_tensor *saved,
                                       size_t saved_capacity, size_t *saved_count, ct_error *error);
typedef ct_status (*ct_custom_backward)(void *context, const ct_tensor *saved, size_t saved_count,
                                        const ct_tensor *gradients, size_t gradient_count,
                                        ct_tensor *results, size_t input_count, ct_error *error);
typedef void (*ct_custom_release)(void *context);
// Takes over `context` in every case and hands it to `release` when the graph is gone.
CT_API ct_status ct_custom_apply(void *context, ct_custom_forward forward,
                                 ct_custom_backward backward, ct_custom_release release,
                                 const ct_tensor *inputs, size_t input_count, ct_tensor *outputs,
                                 size_t output_capacity, size_t *output_count, ct_error *error);

// One step of Adam, or with `is_decoupled` of AdamW, in place; `is_done` is false, and nothing changed, where not all are contiguous
// float32 on the CPU. Numbers below the smallest normal one count as 0.
typedef struct {
  double learning_rate, beta1, beta2, weight_decay, epsilon;
  int64_t step;  // 1 at first
  bool is_decoupled;
} ct_adam_step;
CT_API ct_status ct_adam(const ct_tensor *values, const ct_tensor *gradients, const ct_tensor *means,
                         const ct_tensor *squares, size_t count, const ct_adam_step *step,
                         bool *is_done, ct_error *error);

// The states of a GRU after each step, and what their derivative needs: results are states, gates r and z, new states n and the
// hidden part within these, from read [T, B, 3 H], first [B, H], weight [3 H, H] and bias [3 H] on the CPU, all float32 or all
// float64. The gradients are those of read, first, weight and bias.
CT_API ct_status ct_gated_states(ct_tensor read, ct_tensor first, ct_tensor weight, ct_tensor bias,
                                 ct_tensor *results, ct_error *error);
CT_API ct_status ct_gated_gradients(ct_tensor first, ct_tensor weight, ct_tensor states,
                                    ct_tensor gates, ct_tensor fresh, ct_tensor told,
                                    ct_tensor gradient, ct_tensor *results, ct_error *error);

// x Wᵀ + b for x […, n], weight [m, n] and bias [m] or an undefined one, negative numbers as 0 if it is rectified, recorded for gradients;
// null where there are no kernels for it: elsewhere than float32 on a CPU with AVX-512, under autocast and in forward mode.
CT_API bool ct_dense_is_available(void);
CT_API ct_status ct_dense(ct_tensor x, ct_tensor weight, ct_tensor bias, bool is_rectified,
                          ct_tensor *result, ct_error *error);

// Correlations by Winograd's algorithm on the CPU: of pictures `big` [n, c, h, w] with a weight [o, c, k, k] to `small` [n, o, h′, w′], its
// transpose back to pictures of `size` [h, w], and the weight's gradient. Pictures are float32 or, where the processor takes it,
// bfloat16, the rest is float32. k = 3 at stride 1, 4 at 2, the same zeros before and after, `padding` for rows and for columns; a bias is
// one number a channel of the result, or undefined; rectified, what is negative becomes 0.
CT_API bool ct_winograd_is_available(void);
CT_API bool ct_winograd_takes_bfloat16(void);
CT_API ct_status ct_winograd_small(ct_tensor big, ct_tensor weight, ct_tensor bias, bool is_rectified,
                                   int64_t stride, const int64_t *padding, ct_tensor *result,
                                   ct_error *error);
CT_API ct_status ct_winograd_big(ct_tensor small, ct_tensor weight, ct_tensor bias, bool is_rectified,
                                 int64_t stride, const int64_t *padding, const int64_t *size,
                                 ct_tensor *result, ct_error *error);
CT_API ct_status ct_winograd_weight(ct_tensor big, ct_tensor small, int64_t kernel, int64_t stride,
                                    const int64_t *padding, ct_tensor *result, ct_error *error);

// The same as direct sums over shifted pictures, where `ct_winograd_…` is available, for any k at stride 1 or 2.
CT_API ct_status ct_direct_small(ct_tensor big, ct_tensor weight, ct_tensor bias, bool is_rectified,
                                 int64_t stride, const int64_t *padding, ct_tensor *result,
                                 ct_error *error);
CT_API ct_status ct_direct_big(ct_tensor small, ct_tensor weight, ct_tensor bias, bool is_rectified,
                               int64_t stride, const int64_t *padding, const int64_t *size,
                               ct_tensor *result, ct_error *error);
CT_API ct_status ct_direct_weight(ct_tensor big, ct_tensor small, int64_t kernel, int64_t stride,
                                  const int64_t *padding, ct_tensor *result, ct_error *error);

// A gradient [n, c, …] in float32 or bfloat16 on the CPU, nothing where `result`, a rectified one of its shape and type, is 0, all of it
// where that is undefined; and its sums [c] in float32. `results` has place for two.
CT_API ct_status ct_bias_gradient(ct_tensor gradient, ct_tensor result, ct_tensor *results,
                                  ct_error *error);

// SiLU of x [n, c, …] normalised over groups of channels, times `scale` [c] plus `shift` [c], all float32 on the CPU or x and its
// gradient bfloat16, and the mean and 1/√(σ² + ε) of each group [n · groups, 2]; the gradients are those of x, scale and shift.
CT_API ct_status ct_normalized_activation(ct_tensor x, ct_tensor scale, ct_tensor shift,
                                          int64_t groups, double epsilon, ct_tensor *results,
                                          ct_error *error);
CT_API ct_status ct_normalized_activation_gradients(ct_tensor gradient, ct_tensor x, ct_tensor scale,
                                                    ct_tensor shift, ct_tensor moments,
                                                    int64_t groups, ct_tensor *results,
                                                    ct_error *error);

// Σ x l − log(1 + eˡ) over the last dimension of logits l, for x of the same shape, float32 on the CPU, whatever x's strides; and the
// gradient of the logits from that of the sums.
CT_API ct_status ct_bernoulli_sums(ct_tensor logits, ct_tensor targets, ct_tensor *result,
                                   ct_error *error);
CT_API ct_status ct_bernoulli_gradient(ct_tensor gradient, ct_tensor logits, ct_tensor targets,
                                       ct_tensor *result, ct_error *error);

// Of normal distributions with μ and log σ² [B…, d], recorded for gradients: draws μ + exp(½ log σ²) ε for ε [draws…, B…, d]; the log
// density of x [draws…, B…, d], summed over d; and ½ (σ² − 1 − log σ² + μ²), element by element. Null for other shapes, where ε wants a
// gradient, elsewhere than float32 on the CPU, and in forward mode.
CT_API ct_status ct_gaussian_draw(ct_tensor mean, ct_tensor log_variance, ct_tensor noise,
                                  ct_tensor *result, ct_error *error);
CT_API ct_status ct_gaussian_density(ct_tensor value, ct_tensor mean, ct_tensor log_variance,
                                     ct_tensor *result, ct_error *error);
CT_API ct_status ct_gaussian_divergence(ct_tensor mean, ct_tensor log_variance, ct_tensor *result,
                                        ct_error *error);

#ifdef __cplusplus
}
#endif

#endif
