internal import Foundation
internal import Reliability

/// Somebody who is on call, as PagerDuty's REST API tells it.
struct PagerDutyDuty: Hashable, Sendable {
  /// The person's name.
  let person: String
  /// The level of the escalation policy, from 1; `nil` for what a schedule says by itself.
  let level: Int?
  /// The schedule's name; `nil` where the policy names the person.
  let schedule: String?
  /// From when; `nil` means since ever.
  let start: Timestamp?
  /// Until when; `nil` means for ever.
  let end: Timestamp?
  /// Whether it is an override of a schedule.
  var isOverride = false
}

extension PagerDutyAnswer {
  /// One page of `GET /oncalls`.
  struct DutyPage: Sendable {
    let duties: [PagerDutyDuty]
    /// How many entries of the page could not be read.
    let unreadableCount: Int
    let limit: Int?
    let hasMore: Bool
  }

  /// Reads `GET /oncalls`.
  ///
  /// - Throws: `ConnectorError.unreadable` when there is no list.
  static func duties(_ answer: HTTPAnswer) throws(ConnectorError) -> DutyPage {
    let wire: WireDuties = try answer.decoded(as: "PagerDuty")
    let duties = wire.oncalls.compactMap { $0.value?.duty }
    return DutyPage(
      duties: duties, unreadableCount: wire.oncalls.count - duties.count, limit: wire.limit,
      hasMore: wire.more ?? false)
  }

  /// Reads `GET /schedules/{id}`: the schedule as it came out, overrides and all.
  ///
  /// - Throws: `ConnectorError.unreadable` when there is no schedule.
  static func schedule(_ answer: HTTPAnswer) throws(ConnectorError) -> [PagerDutyDuty] {
    let wire: WireScheduleAnswer = try answer.decoded(as: "PagerDuty")
    guard let final = wire.schedule.final else {
      throw unreadable("its schedule has no final_schedule")
    }
    let overrides = wire.schedule.overrides?.duties(of: nil) ?? []
    let duties = final.duties(of: wire.schedule.name)
    let lost = (final.entries?.count ?? 0) - duties.count
    guard lost == 0 else { throw unreadable("\(lost) of its schedule's entries make no sense") }
    return duties.map { duty in
      var duty = duty
      duty.isOverride = overrides.contains { $0.contains(duty) }
      return duty
    }
  }
}

extension PagerDutyDuty {
  /// Whether it is of the same person and lasts at least as long.
  fileprivate func contains(_ other: PagerDutyDuty) -> Bool {
    guard person == other.person, let start, let end, let first = other.start, let last = other.end
    else { return false }
    return start <= first && last <= end
  }
}

// MARK: - JSON

/// A user or a schedule: an object or a reference to one, both with a name.
private struct WireNamed: Decodable {
  let id: String?
  let summary: String?
  let name: String?

  /// The name; of one without any the id.
  var title: String? { [summary, name, id].lazy.compactMap(\.self).first { !$0.isEmpty } }
}

private struct WireDuties: Decodable {
  struct Entry: Decodable {
    let user: WireNamed
    let schedule: WireNamed?
    let level: Int
    let start: String?
    let end: String?

    private enum CodingKeys: String, CodingKey {
      case user, schedule, start, end
      case level = "escalation_level"
    }

    /// Without a person, or with times that are none, it says nothing.
    var duty: PagerDutyDuty? {
      guard let person = user.title else { return nil }
      let times = [start, end].map { $0.map { Timestamp(rfc3339: $0) } }
      guard !times.contains(.some(nil)) else { return nil }
      return PagerDutyDuty(
        person: person, level: level, schedule: schedule?.title, start: times[0] ?? nil,
        end: times[1] ?? nil)
    }
  }

  let oncalls: [Lossy<Entry>]
  let limit: Int?
  let more: Bool?
}

private struct WireScheduleAnswer: Decodable {
  let schedule: WireSchedule
}

private struct WireSchedule: Decodable {
  struct Rendered: Decodable {
    struct Entry: Decodable {
      let user: WireNamed?
      let start: String
      let end: String
    }

    let entries: [Lossy<Entry>]?

    private enum CodingKeys: String, CodingKey {
      case entries = "rendered_schedule_entries"
    }

    func duties(of schedule: String?) -> [PagerDutyDuty] {
      (entries ?? []).compactMap(\.value).compactMap { entry in
        guard let person = entry.user?.title, let start = Timestamp(rfc3339: entry.start),
          let end = Timestamp(rfc3339: entry.end)
        else { return nil }
        return PagerDutyDuty(
          person: person, level: nil, schedule: schedule, start: start, end: end)
      }
    }
  }

  let name: String?
  let final: Rendered?
  let overrides: Rendered?

  private enum CodingKeys: String, CodingKey {
    case name
    case final = "final_schedule"
    case overrides = "overrides_subschedule"
  }
}
