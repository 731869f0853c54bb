package import Reliability

/// The last word of a source on everything it was asked about one SLO.
package struct KnownReadings: Hashable, Sendable {
  /// The last reading and what went wrong since.
  package struct Word: Hashable, Sendable {
    /// The last reading, kept through failures; `nil` before the first.
    package var reading: Reading?
    /// The failure of the latest question; `nil` after a success.
    package var failure: ReadingFailure?

    /// Makes a word; without arguments that of a source not asked yet.
    package init(reading: Reading? = nil, failure: ReadingFailure? = nil) {
      self.reading = reading
      self.failure = failure
    }
  }

  /// The events of each burn window.
  package private(set) var burns: [Window: Word] = [:]
  /// The events of the whole SLO window.
  package private(set) var objective = Word()
  /// How much of the SLO window has data.
  package private(set) var coverage = Word()
  /// Error ratios of the last hours, oldest first, at most `Scheduler.history.length` of them.
  package private(set) var history: [HistorySample] = []

  /// Makes the readings of an SLO nobody has asked about.
  package init() {}

  /// Takes in an answer to a demand.
  package mutating func record(
    _ result: Result<Reading, ReadingFailure>, for question: Demand.Question, of sli: SLI
  ) {
    switch question {
    case .burn(let window):
      let isNews = burns[window, default: Word()].record(result)
      if isNews, window == Scheduler.history.step { appendToHistory(result, sli) }
    case .objective:
      objective.record(result)
    case .coverage:
      coverage.record(result)
    case .history:
      if case .success(let reading) = result, case .history(let past) = reading.answer {
        adoptHistory(past)
      }
    }
  }

  /// The fetched past goes before whatever polls have appended meanwhile.
  private mutating func adoptHistory(_ past: [HistorySample]) {
    guard let last = past.last else { return }
    history = past + history.filter { $0.at > last.at }
    trimHistory()
  }

  private mutating func appendToHistory(_ result: Result<Reading, ReadingFailure>, _ sli: SLI) {
    guard case .success(let reading) = result else { return }
    // Samples after the reading are from before the clock was set back.
    history.removeAll { $0.at > reading.observedAt }
    if let last = history.last?.at, reading.observedAt - last < Scheduler.history.step.duration {
      return
    }
    let ratio: Double? =
      switch Measurement(reading.answer, of: sli) {
      case .measured(let share): share.errorRatio
      case .noData, .invalid: nil
      }
    fillGap(before: reading.observedAt)
    history.append(HistorySample(at: reading.observedAt, errorRatio: ratio))
    trimHistory()
  }

  /// Steps without an answer stay visible as unknown.
  private mutating func fillGap(before instant: Timestamp) {
    let step = Scheduler.history.step.duration
    guard let last = history.last?.at else { return }
    var missing = max(last, instant - Scheduler.history.length.duration) + step
    while missing + step <= instant {
      history.append(HistorySample(at: missing, errorRatio: nil))
      missing = missing + step
    }
  }

  private mutating func trimHistory() {
    guard let last = history.last?.at else { return }
    let first = last - Scheduler.history.length.duration
    history.removeAll { $0.at < first }
  }
}

extension KnownReadings.Word {
  /// No answer is slower than this; one that seems older was asked after the clock was set back.
  private static let slowestAnswer = Duration.seconds(60)

  /// Takes in a result, unless it is a slow answer that a newer one has overtaken.
  ///
  /// - Returns: Whether it was taken in.
  @discardableResult
  fileprivate mutating func record(_ result: Result<Reading, ReadingFailure>) -> Bool {
    switch result {
    case .success(let reading):
      let lateness = self.reading.map { $0.observedAt - reading.observedAt } ?? .zero
      guard lateness <= .zero || lateness > Self.slowestAnswer else { return false }
      self.reading = reading
      failure = nil
    case .failure(let failure):
      self.failure = failure
    }
    return true
  }
}
