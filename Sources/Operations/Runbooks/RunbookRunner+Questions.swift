import Reliability

// Steps that ask a metric source: queries, conditions, and what is waited for.

extension RunbookRunner {
  func ask(_ action: RunbookStep.Action, _ index: Int, of run: RunState) async {
    let source = source(for: run)
    let preparation = StepPreparation(run.runbook, for: run.record.subject, rules.settings)
    do throws(StepRefusal) {
      switch action {
      case .query(let query):
        let text = try preparation.filled(query.text)
        let answer = await metrics.answer(
          to: text, from: source, hasPast: true, at: clock.now)
        await take(answer, index, of: run.id)
      case .metric(let condition): await check(condition, index, of: run)
      case .verify(let verification):
        let text = try preparation.filled(verification.query)
        await wait(for: verification, asking: text, source, index, of: run.id)
      case .manual, .command, .link: break
      }
    } catch {
      await finish(index, of: run.id, as: .refused, error.description)
    }
  }

  /// The source of the service's first SLO; `nil` leaves the choice to whoever is asked.
  private func source(for run: RunState) -> String? {
    let service = run.record.subject.service ?? run.runbook.service
    return states.first { $0.slo.service == service }?.slo.source
  }

  private func take(
    _ answer: Result<MetricAnswer, ReadingFailure>, _ index: Int, of run: RunRecord.ID
  ) async {
    switch answer {
    case .success(let answer):
      runs[run]?.live[index, default: RunState.Live()].answer = answer
      await finish(index, of: run, as: .done, answer.summary)
    case .failure(let failure): await finish(index, of: run, as: .failed, failure.message)
    }
  }

  /// Looks once whether a condition holds.
  private func check(_ condition: MetricCondition, _ index: Int, of run: RunState) async {
    let service = run.record.subject.service ?? run.runbook.service
    guard let figure = ConditionFigure(condition.metric, in: run.runbook, service: service, states)
    else {
      let reason = "nothing here is called \"\(condition.metric)\"; name a query in metrics:"
      return await finish(index, of: run.id, as: .failed, reason)
    }
    var value: Double?
    switch figure {
    case .known(let known, _): value = known
    case .question(let query, let own):
      let answer = await metrics.answer(
        to: query, from: own ?? source(for: run), hasPast: true, at: clock.now)
      switch answer {
      case .failure(let failure):
        return await finish(index, of: run.id, as: .failed, failure.message)
      case .success(let answer):
        runs[run.id]?.live[index, default: RunState.Live()].answer = answer
        value = answer.series.first?.value
      }
    }
    guard let value else {
      return await finish(
        index, of: run.id, as: .failed, "\(condition.metric) has no value that can be told now")
    }
    let holds = condition.bound.admits(value)
    let words = "\(condition.metric) is \(value.brief), \(holds ? "" : "not ")\(condition.bound)"
    await finish(index, of: run.id, as: holds ? .done : .failed, words)
  }

  /// Asks again and again until the condition has held for long enough, or there is no more time.
  private func wait(
    for verification: RunbookStep.Verification, asking text: String, _ source: String?,
    _ index: Int, of run: RunRecord.ID
  ) async {
    var watch = VerificationWatch(verification, at: clock.now)
    while !Task.isCancelled {
      let answer = await metrics.answer(
        to: text, from: source, hasPast: false, at: clock.now)
      let verdict = watch.take(answer, at: clock.now)
      runs[run]?.live[index, default: RunState.Live()].watch = watch
      changed()
      let value = watch.samples.last?.value?.brief ?? "unknown"
      switch verdict {
      case .met:
        let length = verification.holds > .zero ? " for \(verification.holds.brief)" : ""
        return await finish(
          index, of: run, as: .done, "it is \(value), \(verification.bound)\(length)")
      case .late:
        let why = watch.trouble.map { "; \($0)" } ?? ""
        return await finish(
          index, of: run, as: .failed,
          "it is \(value) after \(verification.within.brief), not \(verification.bound)\(why)")
      case .waiting: try? await clock.sleep(until: clock.now + watch.interval)
      }
    }
    await finish(index, of: run, .cancelled)
  }
}

extension MetricAnswer {
  /// The answer as a clause.
  fileprivate var summary: String {
    guard let first = series.first else { return "no value: nothing matches" }
    let value = first.value?.brief ?? "no number"
    return count == 1 ? value : "\(count) series; \(first.labels) \(value)"
  }
}
