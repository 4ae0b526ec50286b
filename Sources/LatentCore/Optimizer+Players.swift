public import LatentLearning
import LatentNN

extension Optimizer {
  /// An optimiser of all that a method's players own, each at its own share of the learning rate.
  ///
  /// Each player's update counts for the optimiser; `learningRate` is a schedule of the steps of
  /// training, of which each holds one update of every player.
  public convenience init(
    _ rule: any UpdateRule, for method: any Method, learningRate: Schedule
  ) {
    let players = method.players
    let groups = players.filter { $0.rateFactor != 1 }.map { player in
      ParameterGroup(rateFactor: player.rateFactor, where: player.owns)
    }
    let updates = max(players.count, 1)
    self.init(
      rule, for: method.model, learningRate: Schedule { learningRate($0 / updates) },
      except: groups)
  }
}
