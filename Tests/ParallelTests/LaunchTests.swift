import Parallel
import Testing

/// How a process knows that it is one of several.
@Suite struct LaunchTests {
  private func launch(_ variables: [String: String]) -> Launch? { Launch { variables[$0] } }

  @Test func aProcessOnItsOwnIsNoLaunch() {
    #expect(launch([:]) == nil)
    #expect(launch(["OMPI_COMM_WORLD_SIZE": "1", "OMPI_COMM_WORLD_RANK": "0"]) == nil)
    // A batch script: Slurm names the job's tasks, and there is no step.
    #expect(launch(["SLURM_NTASKS": "4", "SLURM_PROCID": "0"]) == nil)
    #expect(launch(["SLURM_STEP_NUM_TASKS": "1", "SLURM_PROCID": "0"]) == nil)
  }

  @Test func launchersAreKnownByTheirVariables() throws {
    let ours = try #require(
      launch([
        "OMPI_COMM_WORLD_SIZE": "6", "OMPI_COMM_WORLD_RANK": "5", "OMPI_COMM_WORLD_LOCAL_SIZE": "2",
        "OMPI_COMM_WORLD_LOCAL_RANK": "1",
        "SLURM_STEP_NUM_TASKS": "3", "SLURM_PROCID": "1",
      ]))
    #expect([ours.rank, ours.size, ours.localSize, ours.localRank] == [5, 6, 2, 1])
    #expect(ours.launcher == "mpirun")
    let other = try #require(launch(["PMI_SIZE": "4", "PMI_RANK": "2", "MPI_LOCALNRANKS": "4"]))
    #expect([other.rank, other.size, other.localSize, other.localRank] == [2, 4, 4, 2])
    let hydra = try #require(
      launch([
        "PMI_SIZE": "4", "PMI_RANK": "2", "MPI_LOCALNRANKS": "2", "MPI_LOCALRANKID": "1",
      ]))
    #expect(hydra.localRank == 1)
    let slurm = try #require(
      launch([
        "SLURM_STEP_NUM_TASKS": "7", "SLURM_PROCID": "6", "SLURM_NODEID": "3",
        "SLURM_STEP_TASKS_PER_NODE": "2(x3),1", "SLURM_LOCALID": "0",
      ]))
    #expect([slurm.rank, slurm.size, slurm.localSize, slurm.localRank] == [6, 7, 1, 0])
  }

  @Test func numbersThatCannotBeAreNoLaunch() {
    for rank in ["-1", "4", "one"] {
      #expect(launch(["OMPI_COMM_WORLD_SIZE": "4", "OMPI_COMM_WORLD_RANK": rank]) == nil)
    }
  }

  /// The third of a machine's processes has the third device, or the only one that it is shown.
  @Test func processesHaveDevicesOfTheirOwn() throws {
    let third = try #require(
      launch([
        "OMPI_COMM_WORLD_SIZE": "8", "OMPI_COMM_WORLD_RANK": "6", "OMPI_COMM_WORLD_LOCAL_SIZE": "4",
        "OMPI_COMM_WORLD_LOCAL_RANK": "2",
      ]))
    #expect(third.deviceIndex(of: 4, isAssigned: false) == 2)
    #expect(third.deviceIndex(of: 4, isAssigned: true) == 2)
    #expect(third.deviceIndex(of: 1, isAssigned: true) == 0)
    #expect(third.deviceIndex(of: 2, isAssigned: false) == nil)
    #expect(third.deviceIndex(of: 1, isAssigned: false) == nil)
  }

  @Test(arguments: [(8, 2, 4), (2, 3, 1), (9, 2, 4), (64, 64, 1)])
  func processesOfAMachineShareItsCores(cores: Int, processes: Int, threads: Int) throws {
    var variables = [
      "OMPI_COMM_WORLD_SIZE": "64", "OMPI_COMM_WORLD_RANK": "0",
      "OMPI_COMM_WORLD_LOCAL_SIZE": "\(processes)",
    ]
    #expect(try #require(launch(variables)).threads(ofCores: cores) == threads)
    // Cores that the launcher gave to this process alone are all its own.
    variables["OMPI_MCA_orte_bound_at_launch"] = "1"
    #expect(try #require(launch(variables)).threads(ofCores: cores) == cores)
  }
}
