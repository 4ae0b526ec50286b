// For tests: recordings of what the CPU does, as a device with graphs would make them.
#ifndef CGRAPHRECORDER_H
#define CGRAPHRECORDER_H

#ifdef __cplusplus
extern "C" {
#endif

// From now on LibTorch has recordings for the CPU; calls after the first do nothing.
__attribute__((visibility("default"))) void recorder_register(void);

#ifdef __cplusplus
}
#endif

#endif
