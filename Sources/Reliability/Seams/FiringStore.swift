/// What keeps which alerts fired and when: the journal.
package protocol FiringStore: Sendable {
  /// Writes firings over those of the same alert and beginning.
  ///
  /// What is known of one that several processes see is kept: who was on call, who acknowledged first.
  ///
  /// - Throws: `JournalError`; then none was written.
  func keep(_ firings: [Firing]) async throws(JournalError)

  /// The firings that overlap a range, oldest first; those that have not ended go on.
  func firings(in range: Range<Timestamp>) async throws(JournalError) -> [Firing]
}

/// Everything that a journal keeps.
package typealias WholeJournal = JournalStore & RunStore & FiringStore
