import Foundation
import Screen
import Synchronization
import TestSupport

/// A long run against three sources that fail at random, with somebody at the keyboard: what may not
/// grow is written down every so often, and at the end everything has to be well again.
struct Soak {
  let minutes: Double

  /// What a server alone can do wrong: not names, and not certificates, since all three speak HTTP.
  private static let faults = Fault.allCases.filter(\.isOfServer)
  /// How many lines the run prints.
  private static let lineCount = 15
  /// The share of one core that watching three failing sources may take.
  private static let processorLimit = 0.05

  /// A source behind a server that misbehaves.
  private struct Place: Sendable {
    let steady: SteadySource
    let front: FaultServer

    init() async throws {
      steady = try await SteadySource()
      let port = steady.server.port
      front = try await FaultServer.start { _ in .relay(port: port) }
    }

    func inflict(_ fault: Fault, elsewhere: String) async throws {
      try await front.inflict(fault.cause(upstream: steady.server.port, elsewhere: elsewhere))
    }

    func heal() async throws {
      try await front.recover(upstream: steady.server.port)
    }

    func stop() {
      front.stop()
      steady.server.stop()
    }
  }

  func run() async throws {
    let places = [try await Place(), try await Place(), try await Place()]
    let elsewhere = try await FaultServer.start { _ in .empty }
    // They have to be there until the very end, when everything has to be well again.
    defer {
      for place in places { place.stop() }
      elsewhere.stop()
    }
    let configuration = try BenchConfiguration(
      sources: places.enumerated().map { ("prom-\($0.offset)", $0.element.front.url) }, count: 60,
      settings: "refresh: 1s, timeout: 1s, auth: {bearer: t0ken}, "
        + "limits: {responseBytes: \(Fault.responseBytes)}")
    let terminal = try MeasuredProgram.burnwatch(["--config", configuration.path])
      .started(size: Size(columns: 120, rows: 40)) { $0.rows[0].contains("3 sources ok") }
    let inflicted = Mutex(0)
    let trouble = Task { try await Self.makeTrouble(for: places, elsewhere.url, inflicted) }
    let lines = try watch(terminal, inflicted)
    trouble.cancel()
    if case .failure(let error) = await trouble.result, !(error is CancellationError) {
      throw error
    }
    for place in places { try await place.heal() }
    guard terminal.wait(atMost: .seconds(120), until: { $0.rows[0].contains("3 sources ok") })
    else { throw MeasurementFailure("it did not recover:\n\(terminal.screen.text)") }
    _ = try terminal.quit(with: "Q")
    try judge(lines, faultCount: inflicted.withLock { $0 }, elsewhere)
  }

  /// Every few seconds each source is well again, and half of them then fail in some other way.
  private static func makeTrouble(
    for places: [Place], _ elsewhere: String, _ inflicted: borrowing Mutex<Int>
  ) async throws {
    while true {
      for place in places {
        try await place.heal()
        guard Bool.random(), let fault = faults.randomElement() else { continue }
        try await place.inflict(fault, elsewhere: elsewhere)
        inflicted.withLock { $0 += 1 }
      }
      try await Task.sleep(for: .seconds(Double.random(in: 2...8)))
    }
  }

  /// What is written down.
  private struct Line {
    let figures: ProcessFigures
    let processorShare: Double
  }

  private func watch(
    _ terminal: MeasuredTerminal, _ inflicted: borrowing Mutex<Int>
  ) throws -> [Line] {
    let table = Table(
      "minute", "faults so far", "memory", "most memory", "threads", "descriptors", "CPU",
      "key to screen, median / p99")
    let part = Duration.seconds(minutes * 60 / Double(Self.lineCount))
    var lines: [Line] = []
    for number in 1...Self.lineCount {
      let before = terminal.figures?.processorTime ?? 0
      let begin = ContinuousClock.now
      var latencies: [Duration] = []
      while ContinuousClock.now - begin < part {
        _ = terminal.idle(for: .milliseconds(Int.random(in: 200...1500)))
        // Pairs that change the screen both times and leave it as it was.
        let keys = [["2", "1"], ["?", "q"], ["z", "z"], ["t", "t"], ["\r", "q"]].randomElement()
        latencies += try (keys ?? []).map(terminal.press).map(\.latency)
      }
      guard let figures = terminal.figures else { return lines }
      let share = (figures.processorTime - before) / ((ContinuousClock.now - begin) / .seconds(1))
      lines.append(Line(figures: figures, processorShare: share))
      table.row(
        Spread.number(minutes * Double(number) / Double(Self.lineCount)),
        "\(inflicted.withLock { $0 })", "\(Spread.number(figures.memory)) MiB",
        "\(Spread.number(figures.peakMemory)) MiB", "\(figures.threads)",
        "\(figures.descriptors)", "\(Spread.number(share * 100)) %",
        Spread(latencies).tail("ms"))
    }
    return lines
  }

  /// Nothing may have grown from the second third to the last; in the first, caches fill.
  ///
  /// The heap moves by some mebibytes where large answers leave holes in it.
  private func judge(_ lines: [Line], faultCount: Int, _ elsewhere: FaultServer) throws {
    let third = max(lines.count / 3, 1)
    let (middle, late) = (lines.dropFirst(third).prefix(third), lines.suffix(third))
    func grew(by allowance: Double, _ figure: (Line) -> Double) -> Bool {
      Spread(late.map(figure)).median > Spread(middle.map(figure)).median + allowance
    }
    let findings = [
      ("memory grew", grew(by: 8) { $0.figures.memory }),
      ("threads grew", grew(by: 0) { Double($0.figures.threads) }),
      ("descriptors grew", grew(by: 4) { Double($0.figures.descriptors) }),
      (
        "it took more processor time than it may",
        Spread(lines.map(\.processorShare)).median > Self.processorLimit
      ),
      ("credentials went elsewhere", !elsewhere.arrived.isEmpty),
      // Three sources, half of them every five seconds or so: 18 a minute.
      ("hardly anything went wrong", Double(faultCount) < minutes * 9),
    ]
    let failed = findings.filter(\.1).map(\.0)
    guard failed.isEmpty else { throw MeasurementFailure(failed.joined(separator: ", ")) }
    print("\nEverything recovered; memory, threads and descriptors did not grow.")
  }
}
