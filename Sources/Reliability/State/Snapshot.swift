/// Everything the screen and the commands show, as of one instant; immutable.
package struct Snapshot: Hashable, Sendable {
  package let at: Timestamp
  /// In the order of the configuration; views sort for themselves.
  package let serviceLevels: [ServiceLevelState]
  package let sources: [SourceHealth]

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
