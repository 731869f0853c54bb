import Reliability

/// Counters whose value at any time is a formula, written as OpenMetrics text.
struct CounterData: Sendable {
  /// One counter's series and its value as a function of the seconds before the end.
  struct Series: Sendable {
    let name: String
    let labels: String
    /// The value this many seconds before `end`.
    let value: @Sendable (_ secondsBefore: Int) -> Double
  }

  let end: Timestamp
  /// Seconds between samples; it divides every window, so samples lie on both ends of each.
  let step: Int
  /// Seconds of data before the end.
  let length: Int
  let series: [Series]
  /// Series of one instant each, such as rules' results.
  var gauges: [(series: String, value: Double)] = []

  /// The text with its families in order.
  var openMetrics: String {
    var text = ""
    for (name, members) in Dictionary(grouping: series, by: \.name).sorted(by: { $0.key < $1.key })
    {
      text += "# TYPE \(name) unknown\n"
      for series in members {
        for before in stride(from: length, through: 0, by: -step) {
          let at = end.milliseconds / 1000 - Int64(before)
          text += "\(name){\(series.labels)} \(series.value(before)) \(at)\n"
        }
      }
    }
    for gauge in gauges {
      text += "\(gauge.series) \(gauge.value) \(end.milliseconds / 1000)\n"
    }
    return text + "# EOF\n"
  }
}
