internal import Foundation
package import Reliability

/// Who is on call by a schedule or an escalation policy of PagerDuty, as a calendar.
///
/// As a calendar it is kept, merged and shown like every other. PagerDuty's own result is taken, and no
/// layer is worked out anew. A person stands once in the answer for each policy, level and schedule.
package struct PagerDutyShiftReader: ShiftSource {
  /// Pages of a hundred; more than any policy has in nine weeks.
  private static let mostPages = 100

  /// The name by which its shifts are known.
  package let name: String
  private let shifts: PagerDutyShifts
  private let layer: String
  private let settings: SourceSettings
  private let transport: @Sendable (SourceSettings) throws(ConnectorError) -> any HTTPTransport
  private let secrets: SecretResolver
  private let clock: any WallClock
  private let random: @Sendable () -> Double

  /// Makes a reader; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - calendar: What the configuration says of the calendar.
  ///   - shifts: What of PagerDuty is read.
  ///   - settings: How PagerDuty is reached.
  ///   - transport: Makes the way out, a `ClientTransport`; every few minutes one is used and closed.
  ///   - secrets: Where the token comes from.
  ///   - clock: The clock of the stretch that is asked for.
  ///   - random: Numbers in 0..<1, for jitter.
  package init(
    _ calendar: CalendarSettings, of shifts: PagerDutyShifts, settings: SourceSettings,
    transport:
      @escaping @Sendable (SourceSettings) throws(ConnectorError) -> any HTTPTransport,
    secrets: SecretResolver, clock: any WallClock, random: @escaping @Sendable () -> Double
  ) {
    name = calendar.name
    layer = calendar.layer
    self.shifts = shifts
    self.settings = settings
    self.transport = transport
    self.secrets = secrets
    self.clock = clock
    self.random = random
  }

  /// Asks for the shifts of the coming weeks, as a calendar; they have no version.
  package func look(since version: CalendarVersion?) async -> CalendarLook {
    let ledger = TrafficLedger()
    let bytes: Result<[UInt8], ReadingFailure>
    do throws(ConnectorError) {
      let client = try PagerDutyClient(
        settings: settings, transport: try transport(settings), secrets: secrets, clock: clock,
        random: random)
      bytes = await calendar(from: client, ledger)
      await client.close()
    } catch {
      bytes = .failure(.unavailable(error.pagerDutyMessage))
    }
    return CalendarLook(
      bytes.map { .calendar($0, nil) }, traffic: ledger.traffic, latencies: ledger.latencies)
  }

  private func calendar(
    from client: PagerDutyClient, _ ledger: TrafficLedger
  ) async -> Result<[UInt8], ReadingFailure> {
    let hour = clock.now.rounded(downTo: .seconds(3600))
    let range = (hour - PagerDutyShifts.past)..<(hour + PagerDutyShifts.future)
    do throws(ConnectorError) {
      let duties =
        switch shifts.kind {
        case .policy:
          try await client.duties(ofPolicy: shifts.id, in: range, Self.mostPages, into: ledger)
        case .schedule: try await client.duties(ofSchedule: shifts.id, in: range, into: ledger)
        }
      guard !duties.isEmpty else {
        return .failure(
          .rejected("PagerDuty names nobody for \(shifts.id); look at its id and its levels"))
      }
      let writer = CalendarWriter(name: name, stamp: clock.now)
      return .success(Array(writer.text(of: listed(duties, range)).utf8))
    } catch {
      guard error.isNotFound, shifts.kind == .schedule else {
        return .failure(.unavailable(error.pagerDutyMessage))
      }
      return .failure(
        .rejected(
          "PagerDuty knows no schedule \(shifts.id) that this API can read; correct the id, or "
            + "name the escalation policy"))
    }
  }

  // MARK: - Layers

  private func listed(_ duties: [PagerDutyDuty], _ range: Range<Timestamp>) -> [Shift] {
    let lanes = Dictionary(grouping: duties) { $0.level ?? 0 }
      .mapValues { Set($0.map(Self.lane)) }
    let layers = Dictionary(grouping: duties) { duty in
      let level = duty.level ?? 0
      let title = Self.title(ofLevel: duty.level) ?? layer
      return (lanes[level]?.count ?? 0) > 1 ? "\(title): \(Self.lane(duty))" : title
    }
    return layers.sorted { $0.key < $1.key }.flatMap { layer, duties in
      // One who is on by two rules of a policy is on once.
      Dictionary(grouping: duties) { Key(person: $0.person, isOverride: $0.isOverride) }
        .flatMap { key, own in
          Roster.joined(own.map { Self.range(of: $0, in: range) }).map { stretch in
            Shift(
              person: key.person, layer: layer, from: stretch.lowerBound,
              until: stretch.upperBound,
              source: key.isOverride ? .override(insteadOf: nil) : .calendar(name))
          }
        }
    }.sorted { ($0.from, $0.layer, $0.person) < ($1.from, $1.layer, $1.person) }
  }

  private struct Key: Hashable {
    let person: String
    let isOverride: Bool
  }

  /// What pages side by side in one level: a schedule, or a person whom the policy names.
  private static func lane(_ duty: PagerDutyDuty) -> String { duty.schedule ?? duty.person }

  private static func title(ofLevel level: Int?) -> String? {
    switch level {
    case nil: nil
    case 1: "primary"
    case 2: "secondary"
    case .some(let level): "level \(level)"
    }
  }

  /// What has no end lies beyond the stretch, so that no hand-off is told of.
  private static func range(of duty: PagerDutyDuty, in range: Range<Timestamp>) -> Range<Timestamp>
  {
    let start = duty.start ?? range.lowerBound
    let end = duty.end ?? (range.upperBound + .seconds(86_400))
    return start..<max(start, end)
  }
}

extension PagerDutyClient {
  /// Who is on call by an escalation policy.
  func duties(
    ofPolicy id: String, in range: Range<Timestamp>, _ mostPages: Int, into ledger: TrafficLedger
  ) async throws(ConnectorError) -> [PagerDutyDuty] {
    var duties: [PagerDutyDuty] = []
    var offset = 0
    for _ in 0..<mostPages {
      let parameters =
        [("escalation_policy_ids[]", id)] + Self.stretch(range)
        + [("limit", "\(Self.pageSize)"), ("offset", "\(offset)")]
      let page = try await get(
        "/oncalls", parameters, into: ledger, PagerDutyAnswer.duties
      ).value
      guard page.unreadableCount == 0 else {
        // Whoever it names would be missing without a word; what was known before is better.
        throw PagerDutyAnswer.unreadable("\(page.unreadableCount) of its on-calls make no sense")
      }
      duties += page.duties
      offset += max(page.limit ?? Self.pageSize, 1)
      guard page.hasMore, !page.duties.isEmpty else { return duties }
    }
    throw PagerDutyAnswer.unreadable("it lists on-calls without an end")
  }

  /// Who is on call by a schedule; entries are whole, also where they reach over the stretch.
  func duties(
    ofSchedule id: String, in range: Range<Timestamp>, into ledger: TrafficLedger
  ) async throws(ConnectorError) -> [PagerDutyDuty] {
    let path = "/schedules/\(id.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    return try await get(
      path, Self.stretch(range) + [("overflow", "true")], into: ledger,
      PagerDutyAnswer.schedule
    ).value
  }

  private static func stretch(_ range: Range<Timestamp>) -> [(String, String)] {
    [("since", range.lowerBound.rfc3339), ("until", range.upperBound.rfc3339)]
  }
}
