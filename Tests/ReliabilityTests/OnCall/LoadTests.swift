import Reliability
import Testing

/// Expected values are counted by hand from the rules: 9 to 17 on weekdays, nights from 17 to 9.
@Suite("What being on call costs")
struct LoadTests {
  /// Monday 2026-11-23, 00:00 UTC.
  private static let monday = Timestamp(milliseconds: 1_795_392_000_000)

  private func page(
    _ day: Int, _ hour: Int, _ minute: Int = 0, of person: String? = "ines", major: Bool = false,
    severity: Severity = .page, acknowledgedAfter seconds: Int64? = nil
  ) -> Firing {
    let start = Self.monday + .seconds(Int64(day * 86_400 + hour * 3600 + minute * 60))
    return Firing(
      id: Firing.ID(
        alert: Alert.ID(cluster: "am", fingerprint: "\(day)-\(hour)-\(minute)"), startsAt: start),
      name: "A", severity: severity, isMajor: major, paged: person,
      acknowledgedAt: seconds.map { start + .seconds($0) })
  }

  private func load(_ pages: [Firing], zone: String = "UTC") throws -> TeamLoad {
    TeamLoad(
      of: pages, in: Self.monday..<(Self.monday + .seconds(86_400 * 7)),
      among: ["ines": Person(id: "ines", timeZone: zone)], zone: try #require(NamedZone("UTC")))
  }

  @Test(
    "After hours is before nine, from five, and the weekend",
    arguments: [
      (0, 8, 59, true), (0, 9, 0, false), (0, 16, 59, false), (0, 17, 0, true), (4, 12, 0, false),
      (5, 12, 0, true), (6, 12, 0, true), (4, 23, 0, true),
    ])
  func afterHours(_ day: Int, _ hour: Int, _ minute: Int, _ isAfter: Bool) throws {
    let own = try #require(try load([page(day, hour, minute)]).load(of: "ines"))
    #expect(own.afterHours == (isAfter ? 1 : 0))
    #expect(own.burden == (isAfter ? 15 : 5))
  }

  @Test("Hours are those of the person's own zone")
  func ownZone() throws {
    // 12:00 UTC is 07:00 in New York and 21:00 in Tokyo.
    for (zone, count) in [("Europe/Berlin", 0), ("America/New_York", 1), ("Asia/Tokyo", 1)] {
      #expect(try load([page(1, 12)], zone: zone).load(of: "ines")?.afterHours == count)
    }
  }

  @Test("The burden is 5 a page, 10 more after hours, 15 more for the first degree, at most 100")
  func burden() throws {
    let some = [page(0, 10), page(1, 3), page(2, 11, major: true), page(3, 2, major: true)]
    #expect(try load(some).load(of: "ines")?.burden == 5 + 15 + 20 + 30)
    let many = (0..<5).map { page($0, 3, major: true) }
    #expect(try load(many).load(of: "ines")?.burden == 100)
  }

  @Test("A night is one from its evening to its morning; more than two pages are flagged")
  func nights() throws {
    let two = [page(0, 17), page(1, 8, 59)]
    #expect(try load(two).load(of: "ines")?.busyNights == [])
    let three = two + [page(1, 0, 5)]
    let nights = try #require(try load(three).load(of: "ines")).busyNights
    #expect(nights.map(\.date) == ["2026-11-23"] && nights.map(\.pages) == [3])
    // The next evening is another night, and midday none.
    let spread = [page(0, 16, 59), page(0, 17), page(1, 9), page(1, 17), page(1, 18)]
    #expect(try load(spread).load(of: "ines")?.busyNights == [])
  }

  @Test("Tickets, pages outside of the time and those of nobody are nobody's load")
  func others() throws {
    let load = try load([
      page(0, 10, severity: .ticket), page(-1, 10), page(7, 0), page(2, 10, of: nil),
      page(3, 10, of: "tom"), page(3, 11, of: "tom"), page(3, 12),
    ])
    #expect(load.people.map(\.person) == ["tom", "ines"])
    #expect(load.people.map(\.pages) == [2, 1] && load.unassigned == 1)
  }

  @Test("The time to acknowledge is the median of those that somebody acknowledged")
  func answers() throws {
    #expect(try load([page(0, 10)]).load(of: "ines")?.timeToAcknowledge == nil)
    let some = [
      page(0, 10, acknowledgedAfter: 600), page(1, 10, acknowledgedAfter: 60),
      page(2, 10, acknowledgedAfter: 120), page(3, 10),
    ]
    #expect(try load(some).load(of: "ines")?.timeToAcknowledge == .seconds(120))
  }
}
