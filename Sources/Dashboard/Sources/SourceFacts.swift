import Reliability
import Screen

/// What is said of one source below the table: its address, what is wrong, and when it goes on.
struct SourceFacts {
  /// A named sentence.
  struct Fact: Hashable {
    let name: String
    let text: String
    let role: Role
  }

  private let source: SourceHealth
  private let now: Timestamp

  init(_ source: SourceHealth, now: Timestamp) {
    self.source = source
    self.now = now
  }

  var all: [Fact] {
    [Fact(name: "Address", text: source.address, role: .text), state] + trouble + cautions
      + quarantine
  }

  private var state: Fact {
    let text =
      switch source.state {
      case .ok: source.lastSuccess == nil ? "Not asked yet." : "Answers."
      case .degraded: "Answers in part, or is being tried again."
      case .open: "Left alone after repeated failures; figures keep their last values and age."
      }
    return Fact(name: "State", text: text, role: SourceFacts.role(of: source.state))
  }

  private var trouble: [Fact] {
    var facts: [Fact] = []
    if let fault = source.lastError {
      let role: Role = source.state == .ok ? .dim : .failed
      let text = "\(Words.age(now - fault.at)) ago: \(fault.message)"
      facts.append(Fact(name: "Last error", text: text, role: role))
    }
    if let next = source.nextTry {
      facts.append(Fact(name: "Next try", text: Words.moment(next, from: now), role: .text))
    }
    return facts
  }

  private var cautions: [Fact] {
    source.cautions.map { Fact(name: "Caution", text: $0, role: .warning) }
  }

  private var quarantine: [Fact] {
    source.quarantine.map { held in
      let next = "asked again \(Words.moment(held.nextTry, from: now))"
      return Fact(
        name: "Refused", text: "\(held.slo): \(held.message) (\(next))", role: .failed)
    }
  }

  /// The role of a source's state.
  static func role(of state: SourceHealth.State) -> Role {
    switch state {
    case .ok: .healthy
    case .degraded: .warning
    case .open: .failed
    }
  }
}
