package import Reliability

/// Counters whose rate changes at known instants before an end, so that the events of every window
/// that ends there are a plain sum, and an `increase` over it has a closed form.
///
/// Samples lie on whole minutes before `end`, both ends of every usual window among them. Prometheus
/// 2 reads closed ranges, so `increase` finds a sample at both ends, extrapolates by nothing and gives
/// exactly the difference of two whole numbers.
package struct Backfill: Sendable {
  /// One series: a counter of events.
  package struct Counter: Sendable {
    /// The counter's name.
    package let metric: String
    /// The labels as in a selector, without braces.
    package let labels: String
    /// From when on how many events come every minute, oldest first.
    package let phases: [Phase]

    /// Makes a counter; `labels` stand as in a selector, without braces.
    package init(_ metric: String, _ labels: String, _ phases: [Phase]) {
      self.metric = metric
      self.labels = labels
      self.phases = phases
    }

    /// The events of the last `seconds` before the end; whole minutes.
    package func events(inLast seconds: Int) -> Int {
      let ends = phases.dropFirst().map(\.begin) + [0]
      return zip(phases, ends).reduce(0) { sum, phase in
        let overlap = max(0, min(seconds, phase.0.begin) - phase.1)
        return sum + overlap / 60 * phase.0.eventsPerMinute
      }
    }
  }

  /// A stretch of time with a constant rate.
  package struct Phase: Sendable {
    /// Seconds before the end; whole minutes.
    package let begin: Int
    /// The rate; fractions are not needed.
    package let eventsPerMinute: Int

    /// A rate from a time before the end until the next phase.
    package init(from begin: Window, _ eventsPerMinute: Int) {
      self.begin = begin.seconds
      self.eventsPerMinute = eventsPerMinute
    }
  }

  /// A series with one constant value, such as a recording rule's result.
  package struct Constant: Sendable {
    let series: String
    let value: Double

    /// A series written as a selector with its metric.
    package init(_ series: String, _ value: Double) {
      self.series = series
      self.value = value
    }
  }

  /// The time of the last sample, a whole minute.
  package let end: Timestamp
  /// The counters, each with its phases.
  package let counters: [Counter]
  /// Series that do not change.
  package let constants: [Constant]

  /// Every minute within this time before the end, every five minutes before it.
  private static let finePart = 3 * 86_400
  /// What counters show before their first event, so that no window begins at zero.
  private static let start = 1_000_000

  /// Makes data that ends at an instant.
  package init(end: Timestamp, counters: [Counter], constants: [Constant] = []) {
    self.end = end
    self.counters = counters
    self.constants = constants
  }

  /// The samples as OpenMetrics text, with times in seconds.
  package var openMetrics: String {
    var text = ""
    let families = Dictionary(grouping: counters, by: \.metric)
    for (metric, family) in families.sorted(by: { $0.key < $1.key }) {
      text += "# TYPE \(metric) unknown\n"
      for counter in family { write(counter, to: &text) }
    }
    for constant in constants {
      for age in stride(from: 600, through: 0, by: -60) {
        text += "\(constant.series) \(constant.value) \(seconds - age)\n"
      }
    }
    return text + "# EOF\n"
  }

  private var seconds: Int { Int(end.milliseconds / 1000) }

  private func write(_ counter: Counter, to text: inout String) {
    guard let first = counter.phases.first else { return }
    let name = "\(counter.metric){\(counter.labels)} "
    let rates = zip(counter.phases, counter.phases.dropFirst().map(\.begin) + [-1])
    var value = Backfill.start
    text += "\(name)\(value) \(seconds - first.begin)\n"
    for (phase, end) in rates {
      var age = phase.begin - 60
      while age >= max(end, 0) {
        value += phase.eventsPerMinute
        if age <= Backfill.finePart || age % 300 == 0 {
          text += name
          text += String(value)
          text += " "
          text += String(seconds - age)
          text += "\n"
        }
        age -= 60
      }
    }
  }
}
