import LatentCLI

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

exit(runLatent(Array(CommandLine.arguments.dropFirst())))
