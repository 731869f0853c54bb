package import Reliability

/// A Prometheus server, or a relative that speaks its API, as a metric source.
///
/// `docs/sources.md` says how it asks. Questions are evaluated at the instant the caller passes;
/// the source's `offset` is the caller's to subtract.
package actor PrometheusSource: MetricSource {
  /// The name in the configuration.
  package nonisolated let name: String

  let slos: [SLO]
  let clock: any WallClock
  let planner: QueryPlanner
  var limit: QueryLimit
  var quarantine = Quarantine()
  var rules = RuleDirectory()
  /// The look for recording rules that is under way; all who need its outcome wait for this one.
  var discovery: Task<ReadingFailure?, Never>?
  var buckets = BucketDirectory()
  private let client: PrometheusClient
  private let transport: any HTTPTransport
  private let guardian: ResilienceGuard
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
    let round = Round(demands)
    var results: [Demand: ReadingResult] = [:]
    if let failure = await discoverRules(at: instant, into: round.lookUps) {
      for demand in demands { results[demand] = .failure(failure) }
    } else {
      let due = admitted(demands, &results)
      let routed = route(due, &results)
      let requests = plan(routed, &results)
      results.merge(await answers(to: requests, at: instant, in: round)) { $1 }
      await addNearestBuckets(to: &results, at: instant, into: round.lookUps)
    }
    record.finish(round)
    return results
  }

  /// Puts together how requests went, the circuit breaker, quarantine and cautions.
  package func health(at instant: Timestamp) async -> SourceHealth {
    let cautions = rules.cautions + planner.cautions
    return record.health(
      leftAloneUntil: await guardian.leftAloneUntil,
      isOpen: await guardian.isOpen, retries: await guardian.retries, quarantine: quarantine.list,
      cautions: cautions)
  }

  /// Closes idle connections; nothing is asked afterwards.
  package func close() async { await transport.close() }

  /// Asks and writes down how the source did.
  func ask(
    _ question: PrometheusClient.Question, into ledger: TrafficLedger
  ) async -> Result<PrometheusAnswer, ConnectorError> {
    do throws(ConnectorError) {
      let reply = try await client.ask(question, into: ledger)
      if reply.isVictoriaMetrics { limit.learnVictoriaMetrics() }
      ledger.recordEnding(.answered)
      record.succeeded(at: clock.now, skew: reply.skew)
      return .success(reply.answer)
    } catch {
      ledger.recordEnding(error.ending)
      record.failed(error, at: clock.now)
      return .failure(error)
    }
  }
}

// MARK: - What is asked

extension PrometheusSource {
  /// One request, or a search that begins with one.
  enum Request: Sendable {
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
