import Operations
import Reliability

/// An Alertmanager of tests: keeps silences, finds them again by request, and fails when told to.
actor FakeBackend: ActionBackend {
  /// One question that was put to it.
  struct Call: Hashable {
    let step: DeliveryStep
    let request: ActionRequest.ID
  }

  nonisolated let name: String
  private let clock: any WallClock
  private(set) var calls: [Call] = []
  /// How many silences were made, twins apart.
  private(set) var creations = 0
  private(set) var silences: [Silence] = []
  private var outcomes: [DeliveryOutcome] = []
  private var trouble: String?
  private var losesAnswers = false

  init(name: String = "am", clock: any WallClock) {
    self.name = name
    self.clock = clock
  }

  /// The silences that have not ended.
  var living: [Silence] { silences.filter { $0.state == .active } }

  /// The requests in the order in which their silences were made.
  var order: [ActionRequest.ID] { silences.compactMap(\.requestID) }

  /// Lets the next calls have these outcomes and do nothing.
  func answer(with outcomes: DeliveryOutcome...) { self.outcomes += outcomes }

  /// Is not there until it is called with `nil`.
  func breakDown(_ reason: String?) { trouble = reason }

  /// Does what is asked, and says that it timed out.
  func loseAnswers(_ loses: Bool) { losesAnswers = loses }

  /// Changes all living silences, as somebody else does.
  func change(state: Silence.State = .active, endsAt: Timestamp? = nil) {
    silences = silences.map { silence in
      silence.state == .active
        ? silence.changed(state: state, endsAt: endsAt ?? silence.endsAt) : silence
    }
  }

  /// Makes a second silence of each living one.
  func duplicate() {
    silences += living.map { $0.changed(id: "twin-\($0.id)") }
  }

  /// What it says of alerts and its silences.
  func report(_ alerts: [ReportedAlert], isAuthoritative: Bool = true) -> AlertReport {
    AlertReport(alerts: alerts, silences: silences, isAuthoritative: isAuthoritative)
  }

  func perform(_ step: DeliveryStep, for record: ActionRecord) -> DeliveryOutcome {
    calls.append(Call(step: step, request: record.id))
    if !outcomes.isEmpty { return outcomes.removeFirst() }
    if let trouble { return .later(reason: trouble, after: nil) }
    let outcome = carryOut(step, record)
    return losesAnswers ? .later(reason: "am timed out", after: nil) : outcome
  }

  private func carryOut(_ step: DeliveryStep, _ record: ActionRecord) -> DeliveryOutcome {
    switch (step, record.request.action) {
    case (.create, .expireSilence(let silence)): return expire { $0.id == silence.id }
    case (.create, .extendSilence(let silence, let until)):
      return prolong(silence.id, until: until)
    case (.create(let until, let mayBeThere), .acknowledge(let target, let comment)):
      guard case .alertmanager(_, let matchers) = target.backend else { break }
      return make(record, mayBeThere, matchers, until: until, comment: "ACK! \(comment)")
    case (.create(_, let mayBeThere), .silence(let plan)):
      return make(record, mayBeThere, plan.matchers, until: plan.endsAt, comment: plan.comment)
    case (.prolong(let until), _): return prolong(record.silenceID ?? "", until: until)
    case (.end, _): return expire { $0.requestID == record.id }
    case (.create, .unacknowledge): break
    }
    return .refused(reason: "am cannot do this")
  }

  private func make(
    _ record: ActionRecord, _ mayBeThere: Bool, _ matchers: [LabelMatcher], until: Timestamp,
    comment: String
  ) -> DeliveryOutcome {
    let present = mayBeThere ? silences.filter { $0.requestID == record.id } : []
    if let found = present.first(where: { $0.state == .active }) {
      return .done(silenceID: found.id, until: found.endsAt)
    }
    guard present.isEmpty else { return .gone(reason: "its silence was expired meanwhile") }
    creations += 1
    let silence = Silence(
      id: "s-\(creations)", cluster: name, matchers: matchers, startsAt: clock.now,
      endsAt: until, updatedAt: clock.now, createdBy: record.request.actor,
      comment: RequestMark.marked(comment, record.id), state: .active)
    silences.append(silence)
    return .done(silenceID: silence.id, until: until)
  }

  private func prolong(_ id: Silence.ID, until: Timestamp) -> DeliveryOutcome {
    guard let index = silences.firstIndex(where: { $0.id == id && $0.state == .active }) else {
      return .gone(reason: "its silence has ended")
    }
    silences[index] = silences[index].changed(endsAt: until)
    return .done(silenceID: id, until: until)
  }

  private func expire(_ isMeant: (Silence) -> Bool) -> DeliveryOutcome {
    guard silences.contains(where: { isMeant($0) && $0.state == .active }) else {
      return .gone(reason: "its silence had ended already")
    }
    silences = silences.map { isMeant($0) ? $0.changed(state: .expired) : $0 }
    return .done(silenceID: nil, until: clock.now)
  }
}

extension Silence {
  /// A copy with other facts.
  func changed(id: ID? = nil, state: State? = nil, endsAt: Timestamp? = nil) -> Silence {
    Silence(
      id: id ?? self.id, cluster: cluster, matchers: matchers, startsAt: startsAt,
      endsAt: endsAt ?? self.endsAt, updatedAt: updatedAt, createdBy: createdBy,
      comment: comment, state: state ?? self.state)
  }
}
