import Connectors
import Operations
import Reliability

/// Looks at sources of alerts: whether each answers, and what keeps its word from being the whole.
struct AlertSourceCheck: Sendable {
  let surroundings: Surroundings
  let clock: any WallClock

  /// What one source answered before the limit passed.
  private struct Answer: Sendable {
    let name: String
    let result: Result<AlertReport, ReadingFailure>
    let latency: Duration
  }

  /// Asks all sources at once.
  ///
  /// - Returns: The findings, and whether a source gave no answer at all.
  func examine(
    _ sources: [SourceSettings], atMost limit: Duration
  ) -> (findings: [Finding], isCutOff: Bool) {
    guard !sources.isEmpty else { return ([], false) }
    let answers = Answers()
    Blocking.wait(atMost: limit) {
      await withTaskGroup(of: Void.self) { group in
        for settings in sources {
          group.addTask { await answers.add(await self.ask(settings)) }
        }
      }
    }
    let heard = Blocking.wait { await answers.all } ?? []
    var isCutOff = false
    let findings = sources.map { settings -> Finding in
      guard let answer = heard.first(where: { $0.name == settings.name }) else {
        isCutOff = true
        return Finding(.source(settings.name), AlertSourceObservation.silent(limit))
      }
      switch answer.result {
      case .success(let report):
        return Finding(
          .source(settings.name),
          AlertSourceObservation.answered(
            alerts: report.alerts.count,
            silences: report.silences.count { $0.state == .active }, answer.latency,
            remarks: report.remarks))
      case .failure(let failure):
        isCutOff = true
        return Finding(.source(settings.name), AlertSourceObservation.failed(failure.message))
      }
    }
    return (findings, isCutOff)
  }

  private func ask(_ settings: SourceSettings) async -> Answer {
    let source = LiveSources.alerts(settings, environment: surroundings.environment)
    let start = clock.now
    let result = await source.report(at: start)
    let latency = max(clock.now - start, .zero)
    await source.close()
    return Answer(name: settings.name, result: result, latency: latency)
  }

  private actor Answers {
    private(set) var all: [Answer] = []

    func add(_ answer: Answer) {
      all.append(answer)
    }
  }
}

/// Looks at the journal, without which nothing is acknowledged.
struct JournalCheck {
  let path: String?
  let journal: any JournalStore
  let now: Timestamp

  var finding: Finding {
    guard let path else { return Finding(.journal, JournalObservation.homeless) }
    let outcome = Blocking.wait(atMost: .seconds(6)) { () -> JournalObservation in
      do throws(JournalError) {
        let open = try await journal.records(endedAfter: now)
        return .usable(path, waiting: open.count { $0.state == .queued })
      } catch {
        return .unusable(error)
      }
    }
    return Finding(.journal, outcome ?? .unusable(.busy(path: path)))
  }
}
