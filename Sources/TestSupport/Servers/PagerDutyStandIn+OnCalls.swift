internal import Foundation
package import Reliability

// Who is on call: PagerDuty's REST API v2, `/oncalls` and `/schedules/{id}`.

extension PagerDutyAccount {
  /// Somebody who is on call by an escalation policy.
  package struct Duty: Sendable {
    /// The policy's id.
    package let policy: String
    /// The level, from 1.
    package let level: Int
    /// The person's name.
    package let person: String
    /// The schedule's name; `nil` where the policy names the person.
    package let schedule: String?
    /// From when; `nil` means since ever.
    package let start: Timestamp?
    /// Until when; `nil` means for ever.
    package let end: Timestamp?

    /// Makes an entry.
    package init(
      policy: String, level: Int, person: String, schedule: String? = nil,
      start: Timestamp? = nil, end: Timestamp? = nil
    ) {
      self.policy = policy
      self.level = level
      self.person = person
      self.schedule = schedule
      self.start = start
      self.end = end
    }
  }

  /// A schedule as it came out, overrides and all.
  package struct Schedule: Sendable {
    /// An entry of it.
    package struct Entry: Sendable {
      /// The person's name.
      package let person: String
      /// From when.
      package let start: Timestamp
      /// Until when.
      package let end: Timestamp

      /// Makes an entry.
      package init(person: String, start: Timestamp, end: Timestamp) {
        self.person = person
        self.start = start
        self.end = end
      }
    }

    /// Its name.
    package let name: String
    /// Who is on.
    package let entries: [Entry]
    /// The overrides among them.
    package let overrides: [Entry]

    /// Makes a schedule.
    package init(name: String, entries: [Entry], overrides: [Entry] = []) {
      self.name = name
      self.entries = entries
      self.overrides = overrides
    }
  }
}

extension PagerDutyStandIn {
  /// The longest stretch that can be asked for.
  private static let longest = Duration.seconds(90 * 86_400)

  func duties(_ request: Request, _ account: PagerDutyAccount) -> Answer {
    do throws(PagerDutyQuery.Wrong) {
      let query = try PagerDutyQuery(request.target, allowing: PagerDutyQuery.ofDuties)
      let range = try Self.stretch(query) ?? now()..<(now() + .milliseconds(1))
      guard query.offset + query.limit <= Self.lastPlace else {
        return Self.invalid("Offset plus limit must not exceed \(Self.lastPlace)")
      }
      let all = account.duties.filter { duty in
        (query["escalation_policy_ids[]"] ?? duty.policy) == duty.policy
          && (duty.start.map { $0 < range.upperBound } ?? true)
          && (duty.end.map { $0 > range.lowerBound } ?? true)
      }
      let page = all.dropFirst(query.offset).prefix(query.limit)
      return Self.json([
        "oncalls": page.map(\.json), "limit": query.limit, "offset": query.offset,
        "more": all.count > query.offset + query.limit, "total": NSNull(),
      ])
    } catch {
      return Self.invalid(error.reason)
    }
  }

  func schedule(_ id: String, _ request: Request, _ account: PagerDutyAccount) -> Answer {
    guard let schedule = account.schedules[id] else { return Self.notFound }
    do throws(PagerDutyQuery.Wrong) {
      let query = try PagerDutyQuery(request.target, allowing: PagerDutyQuery.ofSchedule)
      let range = try Self.stretch(query)
      let isWhole = query["overflow"] == "true"
      // Without a stretch nothing is rendered.
      func rendered(_ name: String, _ entries: [PagerDutyAccount.Schedule.Entry]) -> [String: Any] {
        let shown = range.map { range in
          entries.filter { $0.start < range.upperBound && $0.end > range.lowerBound }
            .map { $0.json(within: isWhole ? nil : range) }
        }
        return [
          "name": name, "rendered_schedule_entries": shown ?? [],
          "rendered_coverage_percentage": shown == nil ? NSNull() : 100.0,
        ]
      }
      return Self.json([
        "schedule": [
          "id": id, "type": "schedule", "summary": schedule.name, "name": schedule.name,
          "time_zone": "America/New_York", "html_url": NSNull(), "schedule_layers": [Any](),
          "final_schedule": rendered("Final Schedule", schedule.entries),
          "overrides_subschedule": rendered("Overrides", schedule.overrides),
        ]
      ])
    } catch {
      return Self.invalid(error.reason)
    }
  }

  private static func stretch(
    _ query: PagerDutyQuery
  ) throws(PagerDutyQuery.Wrong) -> Range<Timestamp>? {
    let texts = [query["since"], query["until"]]
    let times = texts.map { $0.flatMap { Timestamp(rfc3339: $0) } }
    guard let start = times[0], let end = times[1] else {
      if texts.contains(where: { $0 != nil }) {
        throw PagerDutyQuery.Wrong(reason: "Since and until must be times")
      }
      return nil
    }
    guard start <= end, end - start <= longest else {
      throw PagerDutyQuery.Wrong(reason: "The range must not be more than 90 days")
    }
    return start..<end
  }
}

extension PagerDutyAccount.Duty {
  fileprivate var json: [String: Any] {
    [
      "escalation_policy": reference("escalation_policy_reference", policy, "Shop"),
      "escalation_level": level,
      "user": reference("user_reference", "PUSR", person),
      "schedule": schedule.map { reference("schedule_v3_reference", "PSCH", $0) as Any }
        ?? NSNull(),
      "start": start.map { $0.inNewYork as Any } ?? NSNull(),
      "end": end.map { $0.inNewYork as Any } ?? NSNull(),
    ]
  }
}

extension PagerDutyAccount.Schedule.Entry {
  fileprivate func json(within range: Range<Timestamp>?) -> [String: Any] {
    let first = range.map { max($0.lowerBound, start) } ?? start
    let last = range.map { min($0.upperBound, end) } ?? end
    return [
      "user": reference("user_reference", "PUSR", person), "start": first.inNewYork,
      "end": last.inNewYork,
    ]
  }
}

private func reference(_ type: String, _ id: String, _ name: String) -> [String: Any] {
  ["id": id, "type": type, "summary": name, "self": NSNull(), "html_url": NSNull()]
}

extension Timestamp {
  /// The instant as accounts write it, with the offset of their own zone.
  fileprivate var inNewYork: String {
    "\((self - .seconds(5 * 3600)).rfc3339.prefix(19))-05:00"
  }
}
