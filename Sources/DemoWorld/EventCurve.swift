import Reliability

/// The events of a simulated service, minute by minute: its fate sized to an objective, with noise.
///
/// Minutes and hours are counted from the demo's start and may be negative.
struct EventCurve: Sendable {
  private let traffic: Traffic
  private let calmErrorRatio: Double
  private let troubles: [Trouble]
  private let noise: SeededNoise
  private let start: Timestamp
  /// The minute from which troubles end because somebody mended the service.
  private let mendedAt: Double?

  init(
    _ fate: Fate, of slo: SLO, noise: SeededNoise, start: Timestamp, mendedAt: Timestamp? = nil
  ) {
    self.mendedAt = mendedAt.map { ($0 - start).inSeconds / 60 }
    let budget = slo.objective.budget.doubleValue
    let rhythm = fate.traffic.rhythm
    traffic = fate.traffic
    calmErrorRatio = fate.calmBurn * budget
    troubles = fate.incidents.map { incident in
      let burn = incident.peakBurn(
        rhythm: rhythm, window: slo.window.nominalLength, start: start)
      return Trouble(incident: incident, errorRatio: burn * budget)
    }
    self.noise = noise
    self.start = start
  }

  /// The minutes of one hour.
  func hour(_ index: Int) -> Hour {
    let minutes = index * 60..<(index + 1) * 60
    return Hour(
      firstMinute: minutes.lowerBound,
      traffic: Slope(from: events(atHour: index), to: events(atHour: index + 1)),
      errorRatio: Slope(from: errorRatio(atHour: index), to: errorRatio(atHour: index + 1)),
      troubles: troubles.filter { $0.incident.minutes.overlaps(minutes) }, mendedAt: mendedAt,
      noise: noise)
  }

  private func events(atHour index: Int) -> Double {
    traffic.eventsPerMinute(at: start.milliseconds / 1000 + Int64(index) * 3600)
  }

  /// The calm error ratio wanders from hour to hour, so that a trend line is never ruled.
  private func errorRatio(atHour index: Int) -> Double {
    // Odd positions belong to the hours, even ones to the minutes.
    var bits = noise.bits(at: 2 * index + 1)
    return calmErrorRatio * (0.6 + 0.8 * bits.draw(32))
  }

  /// One hour of the curve, of which any minute can be counted.
  struct Hour {
    private let firstMinute: Int
    private let traffic: Slope
    private let errorRatio: Slope
    private let troubles: [Trouble]
    private let mendedAt: Double?
    private let noise: SeededNoise

    fileprivate init(
      firstMinute: Int, traffic: Slope, errorRatio: Slope, troubles: [Trouble], mendedAt: Double?,
      noise: SeededNoise
    ) {
      self.mendedAt = mendedAt
      self.firstMinute = firstMinute
      self.traffic = traffic
      self.errorRatio = errorRatio
      self.troubles = troubles
      self.noise = noise
    }

    /// The events of a minute 0..<60; fractions are rounded up or down by chance, true on average.
    func events(inMinute minute: Int) -> EventCount {
      var bits = noise.bits(at: 2 * (firstMinute + minute))
      let expected = traffic.value(inMinute: minute) * (0.92 + 0.16 * bits.draw(12))
      let total = Int(expected + bits.draw(20))
      var ratio = errorRatio.value(inMinute: minute) * (0.5 + bits.draw(12))
      for trouble in troubles {
        ratio +=
          trouble.errorRatio * trouble.incident.intensity(inMinute: firstMinute + minute)
          * remainder(inMinute: firstMinute + minute)
      }
      let bad = min(Int(Double(total) * min(ratio, 1) + bits.draw(20)), total)
      return EventCount(good: total - bad, bad: bad)
    }

    /// What is left of all troubles in a minute: a mended service is well within a minute.
    private func remainder(inMinute minute: Int) -> Double {
      guard let mendedAt else { return 1 }
      return min(max(mendedAt - Double(minute), 0), 1)
    }

    /// The events of the first so many minutes.
    func events(inFirst minutes: Int) -> EventCount {
      var sum = EventCount.zero
      for minute in 0..<minutes { sum += events(inMinute: minute) }
      return sum
    }
  }
}

/// An incident with the error ratio of its peak.
private struct Trouble {
  let incident: Incident
  let errorRatio: Double
}

/// A value that changes evenly over an hour.
private struct Slope {
  let start: Double
  let perMinute: Double

  init(from start: Double, to end: Double) {
    self.start = start
    perMinute = (end - start) / 60
  }

  /// The value in the middle of a minute 0..<60.
  func value(inMinute minute: Int) -> Double { start + perMinute * (Double(minute) + 0.5) }
}

extension Incident {
  /// The burn rate at the peak.
  ///
  /// A share `s` of the budget of a window of `n` minutes is spent when the burn rates of the
  /// incident's minutes, weighted by their traffic over the mean, add up to `s * n`.
  fileprivate func peakBurn(rhythm: Rhythm, window: Window, start: Timestamp) -> Double {
    switch strength {
    case .burn(let burn): return burn
    case .budget(let share):
      let weight = minutes.reduce(0.0) { sum, minute in
        let seconds = start.milliseconds / 1000 + Int64(minute) * 60
        return sum + intensity(inMinute: minute) * rhythm.weight(at: seconds)
      }
      return share * Double(window.seconds) / 60 / weight
    }
  }
}
