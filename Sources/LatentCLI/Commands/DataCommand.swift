/// `latent data`.
struct DataCommand: CommandGroup {
  static let summary = CommandSummary("data", "Look at data.")
  static var subcommands: [any Command.Type] { [InspectCommand.self] }
}
