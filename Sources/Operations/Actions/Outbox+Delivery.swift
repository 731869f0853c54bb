// How one decision is carried out: the record is leased, the backend asked, the outcome written.

import Reliability

extension Outbox {
  /// Does what is due for a record.
  func carryOut(_ record: ActionRecord) async {
    switch decision(on: record) {
    case .wait: return
    case .attempt(let step): await attempt(step, for: record)
    case .confirm(let silence, let until):
      await write(record, event: record.state == .sent ? "confirmed" : nil) {
        $0.state = .confirmed
        $0.silenceID = silence
        $0.until = until
        $0.reason = nil
      }
    case .expireTwin(let twin): await expire(twin, of: record)
    case .end(let reason): await end(record, reason)
    case .withdraw(let reason): await withdraw(record, reason)
    }
  }

  // MARK: - Telling

  private func attempt(_ step: DeliveryStep, for record: ActionRecord) async {
    if case .unacknowledge(let id, _) = record.request.action {
      return await takeBack(id, for: record)
    }
    guard let leased = await lease(record) else { return }
    setup.observe(.leased)
    memories[record.id]?.isUntold = false
    let outcome = await perform(step, for: leased)
    setup.observe(.delivered)
    memories[record.id, default: OutboxRules.Memory()].toldAt = clock.now
    var result = leased
    result.attempts += 1
    let event = apply(outcome, of: step, to: &result)
    await finish(result, event: event)
    setup.observe(.recorded)
  }

  private func perform(_ step: DeliveryStep, for record: ActionRecord) async -> DeliveryOutcome {
    guard let source = record.request.action.source else {
      return .done(silenceID: nil, until: nil)
    }
    guard let backend = backends[source] else {
      return .refused(reason: "source \(source) is not in the configuration any more")
    }
    return await holding(record) { await backend.perform(step, for: record) }
  }

  /// Renews the lease of a record while something slow is done about it.
  private func holding(
    _ record: ActionRecord, _ body: @escaping @Sendable () async -> DeliveryOutcome
  ) async -> DeliveryOutcome {
    let (journal, owner, clock) = (journal, setup.owner, clock)
    return await withTaskGroup(of: DeliveryOutcome?.self) { group in
      group.addTask { await body() }
      group.addTask {
        // By real time: a clock that only a script moves would never let this wait.
        while (try? await Task.sleep(for: Outbox.leaseRenewal)) != nil {
          let now = clock.now
          _ = try? await journal.lease(
            record.id, by: owner, at: now, until: now + Outbox.leaseLength)
        }
        return nil
      }
      defer { group.cancelAll() }
      for await outcome in group {
        if let outcome { return outcome }
      }
      return .later(reason: "burnwatch was leaving", after: nil)
    }
  }

  /// What an outcome makes of a record.
  ///
  /// - Returns: The word of the audit trail; `nil` where there is nothing new to say.
  private func apply(
    _ outcome: DeliveryOutcome, of step: DeliveryStep, to record: inout ActionRecord
  ) -> String? {
    let now = clock.now
    switch outcome {
    case .done(let silence, let until):
      record.silenceID = silence ?? record.silenceID
      record.until = until
      record.reason = nil
      if case .prolong = step { return "prolonged" }
      guard case .acknowledge(let target, _) = record.request.action else {
        record.state = .ended
        return "done"
      }
      record.state = target.backend == .local ? .confirmed : .sent
      return "delivered"
    case .gone(let reason):
      record.state = .ended
      record.reason = reason
      return "ended"
    case .later(let reason, let wait):
      // The same trouble again is no news for the audit trail.
      let event = record.reason == reason ? nil : "waiting"
      memories[record.id, default: OutboxRules.Memory()].failedAt = now
      record.reason = reason
      record.nextAttempt = now + (wait ?? backoff(record.attempts))
      return event
    case .refused(let reason):
      record.state = .failed
      record.reason = reason
      return "failed"
    }
  }

  /// One second, doubled with every attempt up to half a minute.
  private func backoff(_ attempts: Int) -> Duration {
    .seconds(min(1 << min(max(attempts - 1, 0), 5), 30))
  }

  // MARK: - Taking back

  /// Undoes an acknowledgement: one that was never tried needs no word to anybody.
  private func takeBack(_ id: ActionRequest.ID, for request: ActionRecord) async {
    guard let present = records.first(where: { $0.id == id }) else {
      return await end(request, "the acknowledgement had ended already")
    }
    guard let leased = await lease(request) else { return }
    // Whoever else holds it may be telling it at this moment.
    guard let original = await lease(present) else { return await giveBack(leased) }
    guard OutboxRules.mayBeKnownOutside(original, memories[id] ?? OutboxRules.Memory()) else {
      return await settle(leased, original, "undone before it was told")
    }
    setup.observe(.leased)
    let outcome = await perform(.end, for: original)
    setup.observe(.delivered)
    switch outcome {
    case .done, .gone: await settle(leased, original, "undone by \(leased.request.actor)")
    case .later(let reason, let wait):
      await giveBack(original)
      memories[request.id, default: OutboxRules.Memory()].failedAt = clock.now
      await finish(
        leased.waiting(reason, until: clock.now + (wait ?? backoff(leased.attempts + 1))),
        event: leased.reason == reason ? nil : "waiting")
    case .refused(let reason) where [.queued, .failed].contains(original.state):
      await settle(leased, original, "given up; \(reason)")
    case .refused(let reason):
      await giveBack(original)
      await finish(leased.ended(reason), event: "failed")
      announce("\(leased.request.action.subject) stays acknowledged: \(reason).")
    }
    setup.observe(.recorded)
  }

  /// Both the acknowledgement and the wish to take it back are over.
  private func settle(
    _ request: ActionRecord, _ original: ActionRecord, _ reason: String
  ) async {
    await finish(original.ended(reason), event: "ended")
    await finish(request.ended("done"), event: "done")
  }

  /// The alert has ended: whatever mutes it goes too.
  private func withdraw(_ record: ActionRecord, _ reason: String) async {
    guard let leased = await lease(record) else { return }
    switch await perform(.end, for: leased) {
    case .done, .gone, .refused: await finish(leased.ended(reason), event: "ended")
    case .later(let trouble, let wait):
      memories[record.id, default: OutboxRules.Memory()].failedAt = clock.now
      await finish(
        leased.waiting(trouble, until: clock.now + (wait ?? backoff(leased.attempts + 1))),
        event: nil)
    }
  }

  /// A delivery whose answer was lost may have been made twice, at two members.
  private func expire(_ twin: Silence, of record: ActionRecord) async {
    guard let backend = backends[twin.cluster], let leased = await lease(record) else { return }
    let expiry = ActionRecord(
      ActionRequest(
        id: record.id, at: clock.now, actor: setup.actor, action: .expireSilence(twin)))
    switch await backend.perform(.create(until: clock.now), for: expiry) {
    case .done, .gone:
      memories[record.id, default: OutboxRules.Memory()].expired.insert(twin.id)
      await finish(leased, event: "twin expired")
    case .later, .refused:
      memories[record.id, default: OutboxRules.Memory()].failedAt = clock.now
      await giveBack(leased)
    }
  }

  // MARK: - The journal

  /// Takes a record for this process, unless another has it or has changed it.
  private func lease(_ record: ActionRecord) async -> ActionRecord? {
    do throws(JournalError) {
      let now = clock.now
      guard
        let leased = try await journal.lease(
          record.id, by: setup.owner, at: now, until: now + Outbox.leaseLength)
      else { return nil }
      succeeded()
      guard leased == record else {
        await giveBack(leased)
        replace(leased)
        return nil
      }
      return leased
    } catch {
      failed(error)
      return nil
    }
  }

  /// Lets others have a leased record as it is.
  private func giveBack(_ record: ActionRecord) async {
    do throws(JournalError) {
      try await journal.finish(record, by: setup.owner, nil)
    } catch {
      failed(error)
    }
  }

  /// Changes a record, in the journal and here.
  func write(
    _ record: ActionRecord, event: String?, _ change: (inout ActionRecord) -> Void
  ) async {
    guard var changed = await lease(record) else { return }
    change(&changed)
    await finish(changed, event: event)
  }

  private func end(_ record: ActionRecord, _ reason: String) async {
    guard let leased = await lease(record) else { return }
    await finish(leased.ended(reason), event: "ended")
  }

  /// Writes a leased record down.
  ///
  /// What was done outside stays done when the journal cannot be written; the next process finds it
  /// there by the request's id.
  private func finish(_ record: ActionRecord, event: String?) async {
    let entry = event.map { event in
      AuditEntry(
        at: clock.now, actor: setup.actor, event: event, request: record.id,
        subject: record.request.action.subject, detail: record.reason ?? "")
    }
    do throws(JournalError) {
      try await journal.finish(record, by: setup.owner, entry)
    } catch {
      failed(error)
    }
    replace(record)
    announce(sentence(about: record, event))
  }

  private func replace(_ record: ActionRecord) {
    guard let index = records.firstIndex(where: { $0.id == record.id }) else { return }
    if record.state == .ended {
      records.remove(at: index)
      forget(record.id)
    } else {
      records[index] = record
    }
  }

  /// What the operator is told beyond what the row shows.
  private func sentence(about record: ActionRecord, _ event: String?) -> String? {
    let subject = record.request.action.subject
    switch (record.state, event) {
    case (.failed, _): return "\(subject): \(record.reason ?? "refused")."
    case (.ended, "ended"?): return record.reason.map { "\(subject): \($0)." }
    case (.queued, "waiting"?): return "\(subject) waits: \(record.reason ?? "")."
    default: return nil
    }
  }
}

extension ActionRecord {
  /// The record after an attempt that may work later.
  fileprivate func waiting(_ reason: String, until next: Timestamp) -> ActionRecord {
    var copy = self
    copy.attempts += 1
    copy.reason = reason
    copy.nextAttempt = next
    return copy
  }

  /// The record as it is when it is over.
  fileprivate func ended(_ reason: String) -> ActionRecord {
    var copy = self
    copy.state = .ended
    copy.reason = reason
    return copy
  }
}
