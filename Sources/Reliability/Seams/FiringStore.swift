/// What keeps which alerts fired and when: the journal.
package protocol FiringStore: Sendable {
  /// Writes firings over those of the same alert and beginning.
  ///
  /// What is known of one that several processes see is kept: who was on call, who acknowledged first.
  ///
  /// - Parameters:
  ///   - firings: What is written.
  ///   - dropped: What is taken away, because it is noted under another name.
  /// - Throws: `JournalError`; then nothing was written.
  func keep(_ firings: [Firing], dropping dropped: [Firing.ID]) async throws(JournalError)

  /// The firings that overlap a range, oldest first; those that have not ended go on.
  func firings(in range: Range<Timestamp>) async throws(JournalError) -> [Firing]
}

/// Everything that a journal keeps.
package typealias WholeJournal = JournalStore & RunStore & FiringStore
