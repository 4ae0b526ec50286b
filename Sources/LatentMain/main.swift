import LatentCLI

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

// All output is written and every file closed by now. What `exit` would still do is take LibTorch's
// tables of operators apart, which is a quarter of the time of a short command.
let code = runLatent(Array(CommandLine.arguments.dropFirst()))
fflush(nil)
_exit(code)
