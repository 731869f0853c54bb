package import Reliability

/// A Prometheus server, or a relative that speaks its API, as a metric source.
///
/// `docs/sources.md` says how it asks. Questions are evaluated at the instant the caller passes;
/// the source's `offset` is the caller's to subtract.
package actor PrometheusSource: MetricSource {
  /// The name in the configuration.
  package nonisolated let name: String

  private let settings: SourceSettings
  private let slos: [SLO]
  private let client: PrometheusClient
  private let transport: any HTTPTransport
  private let guardian: ResilienceGuard
  private let clock: any WallClock
  private let planner: QueryPlanner
  private var limit: QueryLimit
  private var quarantine = Quarantine()
  private var rules = RuleDirectory()
  private var buckets = BucketDirectory()
  private var record: HealthRecord

  /// Makes a source; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - settings: How the server is reached.
  ///   - slos: The SLOs that are asked for here.
  ///   - transport: The way out, a `ClientTransport` of the same settings.
  ///   - secrets: Where credentials come from.
  ///   - clock: The clock of pauses and of the health's times.
  ///   - random: Numbers in 0..<1, for jitter.
  /// - Throws: `ConnectorError.unusableAddress`.
  package init(
    settings: SourceSettings, slos: [SLO], transport: any HTTPTransport, secrets: SecretResolver,
    clock: any WallClock, random: @escaping @Sendable () -> Double
  ) throws(ConnectorError) {
    name = settings.name
    self.settings = settings
    self.slos = slos
    self.transport = transport
    self.clock = clock
    guardian = ResilienceGuard(
      Resilience(policy: Resilience.Policy(settings.limits)), clock: clock, random: random)
    client = try PrometheusClient(
      settings: settings, transport: transport, secrets: secrets, guardian: guardian, clock: clock)
    planner = QueryPlanner(slos: slos)
    limit = QueryLimit(configured: settings.limits.queryBytes)
    record = try HealthRecord(settings)
  }

  /// Finds recording rules when it is time to, then asks everything that is not in quarantine.
  package func readings(
    for demands: [Demand], at instant: Timestamp
  ) async -> [Demand: ReadingResult] {
    let poll = TrafficLedger()
    let slow = TrafficLedger()
    var results: [Demand: ReadingResult] = [:]
    if let failure = await discoverRules(at: instant, into: slow) {
      for demand in demands { results[demand] = .failure(failure) }
    } else {
      let due = admitted(demands, &results)
      let routed = route(due, &results)
      let requests = plan(routed, &results)
      results.merge(await answers(to: requests, at: instant, poll, slow)) { $1 }
      await addNearestBuckets(to: &results, at: instant, into: slow)
    }
    record.add(poll: poll, slow: slow)
    return results
  }

  /// Puts together how requests went, the circuit breaker, quarantine and cautions.
  package func health(at instant: Timestamp) async -> SourceHealth {
    let cautions = rules.cautions + planner.cautions
    return record.health(
      leftAloneUntil: await guardian.leftAloneUntil, isOpen: await guardian.isOpen,
      retries: await guardian.retries, quarantine: quarantine.list, cautions: cautions)
  }

  /// Closes idle connections; nothing is asked afterwards.
  package func close() async { await transport.close() }
}

// MARK: - What is asked

extension PrometheusSource {
  /// One request, or a search that begins with one.
  private enum Request: Sendable {
    case rules([Demand: RuleBinding.Rule], isSlow: Bool)
    case chunk(QueryChunk)
  }

  /// Demands of one kind of route.
  private struct Routed {
    var raw: [Demand] = []
    var fromRules: [Demand: RuleBinding.Rule] = [:]
  }

  /// Answers demands in quarantine with what the server said of them; the others are to be asked.
  private func admitted(
    _ demands: [Demand], _ results: inout [Demand: ReadingResult]
  ) -> [Demand] {
    let now = clock.now
    return demands.filter { demand in
      guard let message = quarantine.message(for: demand, at: now) else { return true }
      results[demand] = .failure(.rejected(message))
      return false
    }
  }

  private func route(_ demands: [Demand], _ results: inout [Demand: ReadingResult]) -> Routed {
    var routed = Routed()
    for demand in demands {
      let preference = planner.slo(demand.slo)?.route.preference ?? .query
      if let rule = rules.binding.rule(for: demand, preference: preference) {
        routed.fromRules[demand] = rule
      } else if case .burn(let window) = demand.question, preference == .rules {
        let missing = "no recording rule on \(name) holds \(demand.slo) over \(window)"
        results[demand] = .failure(.rejected("\(missing); add one or set via: auto"))
      } else {
        routed.raw.append(demand)
      }
    }
    return routed
  }

  private func plan(
    _ routed: Routed, _ results: inout [Demand: ReadingResult]
  ) -> [Request] {
    let suspects = Set(routed.raw.filter(quarantine.suspects).map(\.slo))
    let plan = planner.plan(routed.raw, suspects: suspects, byteLimit: limit.bytes)
    for (demand, failure) in plan.failures { results[demand] = .failure(failure) }
    let fast = routed.fromRules.filter { !$0.key.isSlow }
    let slow = routed.fromRules.filter(\.key.isSlow)
    let fromRules = [(fast, false), (slow, true)].filter { !$0.0.isEmpty }
    return fromRules.map(Request.rules) + plan.chunks.map(Request.chunk)
  }
}

// MARK: - What comes back

extension PrometheusSource {
  private func answers(
    to requests: [Request], at instant: Timestamp, _ poll: TrafficLedger, _ slow: TrafficLedger
  ) async -> [Demand: ReadingResult] {
    await withTaskGroup(of: [Demand: ReadingResult].self) { group in
      for request in requests {
        group.addTask {
          switch request {
          case .rules(let rules, let isSlow):
            return await self.answers(to: rules, at: instant, into: isSlow ? slow : poll)
          case .chunk(let chunk):
            var budget = SearchBudget()
            return await self.answers(
              to: chunk, at: instant, into: chunk.isSlow ? slow : poll, &budget)
          }
        }
      }
      var results: [Demand: ReadingResult] = [:]
      for await answered in group { results.merge(answered) { $1 } }
      return results
    }
  }

  private func answers(
    to demands: [Demand: RuleBinding.Rule], at instant: Timestamp, into ledger: TrafficLedger
  ) async -> [Demand: ReadingResult] {
    let query = RuleBinding.query(for: Array(demands.values), byteLimit: limit.bytes)
    switch await ask(.instant(query, at: instant), into: ledger) {
    case .success(let answer):
      if !RuleBinding.isComplete(demands, in: answer) { rules.invalidate() }
      return RuleBinding.results(for: demands, in: answer, at: instant)
    case .failure(let error):
      return demands.mapValues { _ in .failure(.unavailable(error.message)) }
    }
  }

  /// Asks a chunk.
  ///
  /// When the server refuses it, its halves are asked, until the guilty SLO is found; the
  /// others get their values. Errors of the connection are never searched.
  private func answers(
    to chunk: QueryChunk, at instant: Timestamp, into ledger: TrafficLedger,
    _ budget: inout SearchBudget
  ) async -> [Demand: ReadingResult] {
    guard budget.spend() else {
      return chunk.failing(
        .unavailable("\(name) refused a query and the search for its cause goes on"))
    }
    switch await ask(chunk.question(at: instant), into: ledger) {
    case .success(let answer):
      for unit in chunk.units { quarantine.release(unit.demand) }
      return chunk.results(in: answer, at: instant) { planner.slo($0)?.sli }
    case .failure(.refused(let refusal)):
      let parts = parts(of: chunk, after: refusal)
      guard !parts.isEmpty else {
        return await verdict(on: chunk, refusal, at: instant, into: ledger)
      }
      var results: [Demand: ReadingResult] = [:]
      for part in parts {
        results.merge(await answers(to: part, at: instant, into: ledger, &budget)) { $1 }
      }
      return results
    case .failure(let error):
      return chunk.failing(.unavailable(error.message))
    }
  }

  /// The smaller questions that a refusal calls for; none when the chunk cannot be cut.
  private func parts(of chunk: QueryChunk, after refusal: Refusal) -> [QueryChunk] {
    switch refusal.kind {
    case .badQuery: return chunk.halvesBySLO
    case .tooHeavy: return chunk.halves
    case .tooLong:
      limit.learnTooLong(chunk.text.utf8.count)
      guard chunk.units.count > 1 else { return [] }
      return QueryPlanner.chunks(chunk.shape, chunk.units, byteLimit: limit.bytes)
    case .serverTrouble: return []
    }
  }

  private func verdict(
    on chunk: QueryChunk, _ refusal: Refusal, at instant: Timestamp, into ledger: TrafficLedger
  ) async -> [Demand: ReadingResult] {
    switch refusal.kind {
    case .tooHeavy, .serverTrouble:
      return chunk.failing(.unavailable(ConnectorError.refused(refusal).message))
    case .tooLong:
      return chunk.failing(.rejected(ConnectorError.refused(refusal).message))
    case .badQuery:
      let message = await ownMessage(of: chunk, refusal, at: instant, into: ledger)
      let now = clock.now
      for unit in chunk.units { quarantine.refuse(unit.demand, message: message, at: now) }
      return chunk.failing(.rejected(message))
    }
  }

  /// What the server says to the guilty expression alone: in a union its positions mean nothing.
  private func ownMessage(
    of chunk: QueryChunk, _ refusal: Refusal, at instant: Timestamp, into ledger: TrafficLedger
  ) async -> String {
    for part in chunk.units.first?.parts ?? [] {
      switch await ask(.instant(part.expression, at: instant), into: ledger) {
      case .failure(.refused(let own)) where own.kind == .badQuery:
        return ConnectorError.refused(own).message
      case .success(let answer) where answer.isScalar:
        return "\(Excerpt(part.expression)) is a plain number; put vector() around it"
      case .success, .failure: continue
      }
    }
    return ConnectorError.refused(refusal).message
  }
}

// MARK: - The slow clock's own questions

extension PrometheusSource {
  /// Finds recording rules when it is time to.
  ///
  /// - Returns: Why nothing else should be asked, when the server cannot be reached.
  private func discoverRules(
    at instant: Timestamp, into ledger: TrafficLedger
  ) async -> ReadingFailure? {
    let now = clock.now
    guard slos.contains(where: { $0.route.preference != .query }), rules.isDue(at: now) else {
      return nil
    }
    switch await ask(.instant(RuleBinding.discoveryQuery, at: instant), into: ledger) {
    case .success(let answer):
      rules.update(RuleBinding(slos: slos, series: answer.series), at: now)
      return nil
    case .failure(.refused(let refusal)) where refusal.kind != .serverTrouble:
      rules.update(failure: ConnectorError.refused(refusal).message, at: now)
      return nil
    case .failure(.answerTooLarge(let size)):
      rules.update(failure: ConnectorError.answerTooLarge(limit: size).message, at: now)
      return nil
    case .failure(let error): return .unavailable(error.message)
    }
  }

  /// Names the existing buckets around thresholds that are none.
  private func addNearestBuckets(
    to results: inout [Demand: ReadingResult], at instant: Timestamp, into ledger: TrafficLedger
  ) async {
    let wrong = results.filter { $0.value.lacksNumerator }
    let latencies = wrong.keys.reduce(into: [SLO.ID: LatencySLI]()) { found, demand in
      if case .latency(let sli) = planner.slo(demand.slo)?.sli { found[demand.slo] = sli }
    }
    guard !latencies.isEmpty else { return }
    let now = clock.now
    let unknown = buckets.unknown(latencies.keys.sorted(), at: now)
    for chunk in BucketDirectory.chunks(unknown, latencies, byteLimit: limit.bytes) {
      guard case .success(let answer) = await ask(.instant(chunk.text, at: instant), into: ledger)
      else { continue }
      buckets.learn(chunk.slos, from: answer, at: now)
    }
    for (demand, result) in wrong {
      guard let sli = latencies[demand.slo] else { continue }
      let nearest = BucketBound.nearest(to: sli.threshold, among: buckets.bounds(of: demand.slo))
      results[demand] = result.map { $0.naming(nearest) }
    }
  }

  /// Asks and writes down how the source did.
  private func ask(
    _ question: PrometheusClient.Question, into ledger: TrafficLedger
  ) async -> Result<PrometheusAnswer, ConnectorError> {
    do throws(ConnectorError) {
      let reply = try await client.ask(question, into: ledger)
      if reply.isVictoriaMetrics { limit.learnVictoriaMetrics() }
      record.succeeded(at: clock.now)
      return .success(reply.answer)
    } catch {
      record.failed(error, at: clock.now)
      return .failure(error)
    }
  }
}
