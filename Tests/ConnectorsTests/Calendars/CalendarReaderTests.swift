import Connectors
import Foundation
import Reliability
import Testing

@Suite("Calendars in files and behind addresses")
struct CalendarReaderTests {
  private func reader(_ place: CalendarSettings.Place) throws -> CalendarReader {
    CalendarReader(
      CalendarSettings(
        name: "feed", team: "shop", place: place, timeZone: try #require(NamedZone("UTC"))),
      secrets: SecretResolver(environment: ["FEED": "http://127.0.0.1:1/secret-token.ics"]),
      environment: [:])
  }

  @Test("A file is read whole, and one that is too large or missing is said to be so")
  func files() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "a.ics").path
    try Data("BEGIN:VCALENDAR".utf8).write(to: URL(fileURLWithPath: path))
    #expect(
      try await reader(.file(path)).calendar() == .success(Array("BEGIN:VCALENDAR".utf8)))
    try Data(count: CalendarReader.limit + 1).write(to: URL(fileURLWithPath: path))
    #expect(
      try await reader(.file(path)).calendar()
        == .failure(.rejected("\(path) has more than 10 MiB")))
    guard case .failure(.unavailable(let reason)) = try await reader(.file("/nowhere")).calendar()
    else {
      Issue.record("a missing file was read")
      return
    }
    #expect(reason.hasPrefix("/nowhere cannot be read"))
  }

  @Test("An address that does not answer fails without a word of its token")
  func feeds() async throws {
    let places: [CalendarSettings.Place] = [
      .feed(.environment("FEED")), .feed(.literal("http://127.0.0.1:1/secret-token.ics")),
      .feed(.environment("NOWHERE")),
    ]
    for place in places {
      guard case .failure(let failure) = try await reader(place).calendar() else {
        Issue.record("\(place) was read")
        continue
      }
      #expect(!failure.message.contains("secret-token"))
    }
  }
}
