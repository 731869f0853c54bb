// From a source's answer to the error ratio and burn rate of each window (maths.md, Ratios).

extension Explainer {
  /// One section for each burn window and one for the SLO window.
  var windows: [Section] {
    let whole = state.objectiveWindow
    let title =
      switch slo.window {
      case .rolling: "Window \(whole.name), the SLO window"
      case .calendar: "The \(whole.name) so far, the SLO window"
      }
    return state.burnWindows.map { section("Window \($0.state.name)", $0.state) }
      + [section(title, whole)]
  }

  private func section(_ title: String, _ window: WindowState) -> Section {
    let trouble =
      window.status == .ok && window.reason == nil
      ? [] : [Step("state", .status(window.status, reason: window.reason))]
    guard let answer = window.answer else { return Section(title: title, steps: trouble) }
    let reckoning = WindowReckoning(
      name: window.name, sli: slo.sli, share: window.share,
      measurement: Measurement(answer, of: slo.sli))
    return Section(
      title: title,
      steps: trouble + way(window, answer) + reckoning.steps(from: answer) + burn(window))
  }

  /// Which way the answer came, what was asked, and when.
  private func way(_ window: WindowState, _ answer: Reading.Answer) -> [Step] {
    guard let provenance = window.provenance else { return [] }
    let (kind, route) =
      switch provenance.route {
      case .query: ("query", "query, the indicator's own expressions")
      case .rules: ("series", "rules, the series of recording rules")
      }
    let subjects = WindowReckoning.subjects(of: answer, slo.sli)
    let queries = zip(subjects, provenance.expressions).map { subject, expression in
      Step("\(kind) of \(subject)(\(window.name))", .text(expression))
    }
    return [Step("via", .text(route))] + queries + [evaluated(window)].compactMap(\.self)
      + provenance.warnings.map { Step("warning of the source", .text($0)) }
  }

  private func evaluated(_ window: WindowState) -> Step? {
    guard let observed = window.observedAt else { return nil }
    let fresh = window.freshUntil.map {
      now > $0 ? ", stale since \($0.rfc3339)" : ", fresh until \($0.rfc3339)"
    }
    return Step(
      "evaluated", .text("\(observed.rfc3339), \(seconds(now - observed)) ago\(fresh ?? "")"))
  }

  private func burn(_ window: WindowState) -> [Step] {
    guard let share = window.share, let rate = window.burnRate else { return [] }
    return [
      Step(
        "burnRate(\(window.name))", .number(rate),
        by: terms(over: window.name, share).errorRatio / budget)
    ]
  }
}

/// The steps from one answer to its error ratio.
private struct WindowReckoning {
  /// The window's name, part of every figure's name.
  let name: String
  let sli: SLI
  let share: EventShare?
  let measurement: Measurement

  func steps(from answer: Reading.Answer) -> [Explanation.Step] {
    switch answer {
    case .events(let numerator, let total, _): fromEvents(numerator, total)
    case .errorRatio(let ratio, let total): fromRatio(ratio, total)
    case .coverage, .history: []
    }
  }

  /// What a source's expressions ask for, in their order.
  static func subjects(of answer: Reading.Answer, _ sli: SLI) -> [String] {
    switch answer {
    case .events: [numeratorName(sli), "total"]
    case .errorRatio: ["errorRatio", "total"]
    case .coverage, .history: []
    }
  }

  private static func numeratorName(_ sli: SLI) -> String {
    switch sli.numeratorKind {
    case .bad: "bad"
    case .good, .bucket: "good"
    }
  }

  /// Whether the ratio left 0...1, so that what was received is not what is reckoned with.
  private var isOutside: Bool {
    switch measurement {
    case .measured(let share): share.note != nil
    case .invalid: true
    case .noData: false
    }
  }

  // MARK: - Counted events

  private func fromEvents(_ numerator: Double?, _ total: Double?) -> [Explanation.Step] {
    let kind = sli.numeratorKind
    let subject = WindowReckoning.numeratorName(sli) + (isOutside && kind == .bad ? "Received" : "")
    let numerators = received(subject, numerator, absence: absence(total: total))
    guard let total, total > 0, let counted = numerator ?? (isOutside ? nil : 0) else {
      return numerators + received("total", total) + [noRatio]
    }
    let whole = term("total", total)
    let part = term(subject, counted)
    let (bad, badCount) = kind == .bad ? (part, counted) : (whole - part, total - counted)
    let given = numerators + received("total", total)
    guard !isOutside else { return given + outside(bad / whole, badCount / total) }
    let difference = kind == .bad ? [] : [step("bad", .number(badCount), by: bad)]
    return given + difference + ratio(by: term("bad", badCount) / whole)
  }

  /// What it means that no events of the numerator's kind were in the answer.
  private func absence(total: Double?) -> String? {
    guard let total, total > 0 else { return nil }
    return switch sli.numeratorKind {
    case .bad: "absent from the answer although there were events: none was bad"
    case .good: "absent from the answer although there were events: all were bad"
    case .bucket: nil
    }
  }

  // MARK: - Ready-made ratios

  private func fromRatio(_ ratio: Double?, _ total: Double?) -> [Explanation.Step] {
    let totals = total.map { received("total", $0) } ?? []
    guard let ratio, let share else {
      return received(isOutside ? "ratioReceived" : "errorRatio", ratio) + totals + [noRatio]
    }
    guard !isOutside else {
      return totals + received("ratioReceived", ratio)
        + clamped(term("ratioReceived", ratio), share)
    }
    return totals + received("errorRatio", ratio) + badOfRatio(share)
  }

  private func badOfRatio(_ share: EventShare) -> [Explanation.Step] {
    guard let bad = share.bad, let total = share.total else { return [] }
    let product = term("errorRatio", share.errorRatio) * term("total", total)
    return [step("bad", .number(bad), by: product)]
  }

  // MARK: - Ratios outside 0...1

  private func outside(_ quotient: Formula, _ value: Double) -> [Explanation.Step] {
    let raw = [step("ratioReceived", .number(value), by: quotient)]
    guard let share else { return raw + [noRatio] }
    return raw + clamped(term("ratioReceived", value), share)
  }

  private func clamped(_ raw: Formula, _ share: EventShare) -> [Explanation.Step] {
    [
      step(
        "errorRatio", .number(share.errorRatio), by: raw.clamped,
        note: "up to 0.1 outside 0 to 1 is the source's extrapolation")
    ] + badOfRatio(share)
  }

  // MARK: - Steps

  private func ratio(by quotient: Formula) -> [Explanation.Step] {
    share.map { [step("errorRatio", .number($0.errorRatio), by: quotient)] } ?? [noRatio]
  }

  /// There is no error ratio, for this reason.
  private var noRatio: Explanation.Step {
    let reason =
      switch measurement {
      case .invalid(let why): why
      case .measured, .noData: "no events are neither 0 % nor 100 %"
      }
    return step("errorRatio", .text("none"), note: reason)
  }

  private func received(
    _ subject: String, _ value: Double?, absence: String? = nil
  ) -> [Explanation.Step] {
    if let value { return [step(subject, .number(value), note: "as received")] }
    guard let absence else { return [step(subject, .text("absent"))] }
    return [step(subject, .number(0), note: absence)]
  }

  private func term(_ subject: String, _ value: Double) -> Formula {
    Formula("\(subject)(\(name))", value)
  }

  private func step(
    _ subject: String, _ value: Explanation.Value, by formula: Formula? = nil, note: String? = nil
  ) -> Explanation.Step {
    Explanation.Step("\(subject)(\(name))", value, by: formula, note: note)
  }
}
