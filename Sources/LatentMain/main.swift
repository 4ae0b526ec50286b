import LatentCLI
