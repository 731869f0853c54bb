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
  private let glyphs: Glyphs

  init(_ source: SourceHealth, now: Timestamp, glyphs: Glyphs) {
    self.source = source
    self.now = now
    self.glyphs = glyphs
  }

  /// What is wrong stands above what it costs, because a small screen has no room for all.
  var all: [Fact] {
    [Fact(name: "Address", text: source.address, role: .text), state] + trouble + cautions
      + quarantine + latency + traffic
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

  /// The latest requests from left to right, each against the slowest of them.
  private var latency: [Fact] {
    guard let slowest = source.latencies.max(), slowest > 0 else { return [] }
    let levels = glyphs.levels
    var line = ""
    for latency in source.latencies.suffix(60) {
      let level = Int((latency / slowest * Double(levels.count)).rounded(.up))
      line.unicodeScalars.append(levels[min(max(level, 1), levels.count) - 1])
    }
    return [
      Fact(name: "Latency", text: "\(line) up to \(Numerals.latency(slowest))", role: .text)
    ]
  }

  private var traffic: [Fact] {
    func words(_ traffic: SourceHealth.Traffic) -> String {
      "\(Words.count(traffic.requests, "request")), \(Numerals.bytes(traffic.bytes))"
    }
    // Only sources of metrics are asked by a second, slower clock.
    let slow =
      source.type == SourceSettings.Kind.prometheus.rawValue
      ? "slow clock \(words(source.lastSlowRound)); " : ""
    let text =
      "last poll \(words(source.lastPoll)); \(slow)"
      + Words.count(source.retries, "retry", plural: "retries")
    return [Fact(name: "Traffic", text: text, role: .text)]
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
