// How requests are sent and what comes back: answers, refusals and the search for what caused them.

internal import Reliability

extension PrometheusSource {
  /// Sends the requests of a round, as many at a time as the source's limits allow.
  func answers(
    to requests: [Request], at instant: Timestamp, in round: Round
  ) async -> [Demand: ReadingResult] {
    await withTaskGroup(of: [Demand: ReadingResult].self) { group in
      for request in requests {
        group.addTask {
          switch request {
          case .rules(let rules, let isSlow):
            return await self.answers(to: rules, at: instant, into: round.ledger(isSlow: isSlow))
          case .chunk(let chunk):
            var budget = SearchBudget()
            return await self.answers(
              to: chunk, at: instant, into: round.ledger(isSlow: chunk.isSlow), &budget)
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
