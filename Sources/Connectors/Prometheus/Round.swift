// One call of `readings` as the source's health sees it: what it cost and how its questions ended.

internal import Reliability

/// The ledgers of one round, kept apart by what they are about.
struct Round: Sendable {
  /// The two clocks that questions follow.
  enum Pace: Hashable {
    case poll, slow
  }

  /// The clocks whose questions are in the round.
  let paces: Set<Pace>
  /// What burn windows cost.
  let poll = TrafficLedger()
  /// What the questions of the slow clock cost.
  let slow = TrafficLedger()
  /// What looking for rules and buckets cost, whichever clock's round did it.
  let lookUps = TrafficLedger()

  init(_ demands: [Demand]) {
    self.init(Set(demands.map { $0.isSlow ? .slow : .poll }))
  }

  init(_ paces: Set<Pace>) {
    self.paces = paces
  }

  func ledger(isSlow: Bool) -> TrafficLedger { isSlow ? slow : poll }

  /// The ways in which questions ended.
  var endings: Set<QuestionEnding> {
    poll.endings.union(slow.endings).union(lookUps.endings)
  }
}

/// How a question ended, as far as it says something of the source.
enum QuestionEnding: Hashable {
  /// The source answered, even if what it said was no.
  case answered
  /// The source, or the way to it, is in trouble.
  case failed
  /// Nothing was learned: cancelled, or the source is left alone.
  case unasked
}

extension ConnectorError {
  /// What this error says of the source; one that refuses an expression has answered.
  var ending: QuestionEnding {
    switch self {
    case .cancelled, .leftAlone: .unasked
    case .refused(let refusal) where refusal.kind != .serverTrouble: .answered
    case .refused, .unusableAddress, .unreachable, .timedOut, .untrusted, .answerTooLarge,
      .redirected, .status, .unreadable, .secret:
      .failed
    }
  }
}
