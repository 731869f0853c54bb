import Connectors
import Foundation
import Reliability
import TestSupport
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
    #expect(reason == "/nowhere is not there")
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

  @Test("A feed is read whole, and one that fails, breaks off or never ends fails in a sentence")
  func served() async throws {
    let calendar = Array("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".utf8)
    let head = Array("HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n".utf8)
    let endless = FaultServer.Reply.endless(
      head + Array("\r\n".utf8), piece: [UInt8](repeating: 0x41, count: 1 << 20),
      every: .milliseconds(1))
    let replies: [(FaultServer.Reply, String?)] = [
      (.answer(FaultServer.Answer(status: 200, fields: [], body: calendar)), nil),
      (.answer(FaultServer.Answer(status: 503, fields: [], body: [])), "HTTP 503"),
      (.raw(head + Array("Content-Length: 900\r\n\r\nBEGIN".utf8), then: .close), ""),
      (endless, ""),
    ]
    for (reply, part) in replies {
      let server = try await FaultServer.start { _ in reply }
      defer { server.stop() }
      let answer = try await reader(.feed(.literal("\(server.url)/secret-token.ics"))).calendar()
      switch answer {
      case .success(let bytes): #expect(part == nil && bytes == calendar)
      case .failure(let failure):
        let wanted = try #require(part, "\(failure)")
        #expect(wanted.isEmpty || failure.message.contains(wanted))
        #expect(!failure.message.isEmpty && !failure.message.contains("secret-token"))
      }
    }
  }
}

/// Feeds whose server says whether they have changed.
extension CalendarReaderTests {
  @Test("A feed is asked by name, and with what was told of its version")
  func versions() async throws {
    let body = Array("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".utf8)
    let date = "Sat, 28 Nov 2026 02:00:00 GMT"
    let server = try await FaultServer.start { request in
      let isKnown =
        request.header("If-None-Match") == "\"a1\"" && request.header("If-Modified-Since") == date
      let fields = [("ETag", "\"a1\""), ("Last-Modified", date)]
      // Google answers a client without a name with a page for people.
      let status = request.header("User-Agent") != "burnwatch" ? 403 : isKnown ? 304 : 200
      return .answer(
        FaultServer.Answer(status: status, fields: fields, body: isKnown ? [] : body))
    }
    defer { server.stop() }
    let reader = try reader(.feed(.literal("\(server.url)/secret-token.ics")))
    let first = await reader.look(since: nil)
    let version = try #require(CalendarVersion(tag: "\"a1\"", modified: date))
    #expect(first.content == .success(.calendar(body, version)))
    #expect(first.traffic == SourceHealth.Traffic(requests: 1, bytes: body.count))
    #expect(first.latencies.count == 1)
    let second = await reader.look(since: version)
    #expect(second.content == .success(.unchanged) && second.traffic.bytes == 0)
    #expect(CalendarVersion(tag: nil, modified: nil) == nil)
  }
}
