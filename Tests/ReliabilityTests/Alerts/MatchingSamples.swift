import Reliability

/// Random numbers that are the same in every run (SplitMix64).
struct SteadyRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// A text of up to so many scalars of an alphabet.
  mutating func text(of alphabet: String, upTo length: Int) -> String {
    let scalars = Array(alphabet.unicodeScalars)
    var view = String.UnicodeScalarView()
    for _ in 0..<below(length + 1) { view.append(scalars[below(scalars.count)]) }
    return String(view)
  }
}

enum MatchingSamples {
  static let now = Timestamp(milliseconds: 1_800_000_000_000)

  /// An alert whose facts a closure changes.
  static func alert(
    _ labels: [String: String] = ["alertname": "DiskFull"], severity: Severity = .ticket,
    flags: Set<Alert.State> = [.firing], age: Duration = .seconds(60),
    _ change: (inout Alert.Facts) -> Void = { _ in }
  ) -> Alert {
    let labels = LabelSet(labels)
    var facts = Alert.Facts(
      id: Alert.ID(cluster: "test", fingerprint: labels.fingerprint), labels: labels,
      severity: severity, flags: flags, startsAt: now - age)
    change(&facts)
    return Alert(facts)
  }

  /// As many alerts as a bad night has, of a few rules, many instances and some teams.
  static func fleet(_ count: Int) -> [Alert] {
    (0..<count).map { number in
      let severity = Severity.allCases[number % 3]
      return alert(
        [
          "alertname": "Rule\(number % 7)", "instance": "node-\(number).example:9100",
          "job": "node", "severity": severity.rawValue, "team": "team-\(number % 11)",
        ],
        severity: severity,
        flags: number % 5 == 0 ? [.firing, .silenced] : [.firing], age: .seconds(number)
      ) {
        $0.annotations = LabelSet([
          "summary": "node-\(number) has filled its disk to 9\(number % 10) percent",
          "description": String(repeating: "what to know of it. ", count: 12),
        ])
        $0.service = "service-\(number % 13)"
        $0.sources = ["prom-eu", "am-eu"]
      }
    }
  }
}
