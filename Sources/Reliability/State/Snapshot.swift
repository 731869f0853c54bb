/// Everything the screen and the commands show, as of one instant; immutable.
package struct Snapshot: Hashable, Sendable {
  /// The time of the evaluation, by the program's clock.
  package let at: Timestamp
  /// In the order of the configuration; views sort for themselves.
  package let serviceLevels: [ServiceLevelState]
  /// How the sources are doing, in the order of the configuration.
  package let sources: [SourceHealth]

  /// Makes a snapshot.
  package init(at: Timestamp, serviceLevels: [ServiceLevelState], sources: [SourceHealth]) {
    self.at = at
    self.serviceLevels = serviceLevels
    self.sources = sources
  }

  /// The next instant at which a figure turns stale without anything having arrived.
  package var staleAt: Timestamp? {
    serviceLevels.compactMap(\.staleAt).min()
  }
}
