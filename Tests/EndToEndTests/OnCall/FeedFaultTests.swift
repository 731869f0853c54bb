import Foundation
import Reliability
import TestSupport
import Testing

extension EndToEnd {
  /// A calendar behind an address that does what it should not.
  @Suite("Feeds that fail")
  struct FeedFaultTests {
    /// Something that goes wrong, and a part of what is said about it.
    struct Trouble: Sendable, CustomTestStringConvertible {
      let name: String
      let said: String
      let reply: FaultServer.Reply

      var testDescription: String { name }

      static let all = [
        Trouble(
          name: "503", said: "HTTP 503", reply: .answer(status: 503, type: "text/plain", "no")),
        Trouble(name: "closes", said: "is silent", reply: .hangUp),
        Trouble(
          name: "breaks off", said: "is silent",
          reply: .half(promised: 9000, body: "BEGIN:VCALENDAR\r\n")),
        Trouble(
          name: "a login page", said: "no calendar",
          reply: .answer(status: 200, type: "text/html", "<!doctype html><html>Sign in</html>")),
        Trouble(
          name: "no end", said: "is silent",
          reply: .endless(
            Array("HTTP/1.1 200 OK\r\nContent-Type: text/calendar\r\n\r\n".utf8),
            piece: [UInt8](repeating: 0x41, count: 1 << 20), every: .milliseconds(1))),
        Trouble(
          name: "escape codes", said: "no calendar",
          reply: .answer(status: 200, type: "text/calendar", "\u{1B}]0;owned\u{7}\u{1B}[2J")),
      ]
    }

    private static func text(_ person: String) -> String {
      let now = Machine.now
      return CalendarWriter(name: "x", stamp: now).text(of: [
        Shift(
          person: person, layer: "primary", from: now - .seconds(86_400),
          until: now + .seconds(86_400 * 5), source: .calendar("feed"))
      ])
    }

    private static func calendar(_ text: String) -> FaultServer.Reply {
      .answer(status: 200, type: "text/calendar", text)
    }

    private func place(_ url: String) throws -> Workplace {
      let place = try Workplace()
      try place.write(
        """
        apiVersion: burnwatch/v1
        kind: Config
        journal: \(place.file("journal.sqlite"))
        oncall:
          calendars:
            - {name: feed, team: shop, url: {env: FEED}, refresh: 10s}

        """, to: "config.yaml")
      try place.write("\(url)/s3cret-feed-token.ics", to: "address")
      return place
    }

    private func environment(_ url: String) -> [String: String] {
      ["FEED": "\(url)/s3cret-feed-token.ics"]
    }

    @Test(
      "What it said last is kept over a restart, and what is wrong is said", arguments: Trouble.all)
    func lastGood(_ trouble: Trouble) async throws {
      let server = try await FaultServer.start { _ in Self.calendar(Self.text("Ana Lopes")) }
      defer { server.stop() }
      let place = try place(server.url)
      func who() throws -> BurnwatchRun {
        try BurnwatchRun(
          ["oncall", "who", "--config", place.file("config.yaml")],
          environment: environment(server.url), atMost: .seconds(40))
      }
      let good = try who()
      #expect(good.exitCode == 0 && good.text.contains("Ana Lopes") && good.complaint.isEmpty)
      server.behave { _ in trouble.reply }
      let bad = try who()
      #expect(bad.text.contains("Ana Lopes"), "\(bad.complaint)")
      #expect(bad.complaint.contains(trouble.said), "\(bad.complaint)")
      #expect(bad.complaint.contains("shown is what it said at"), "\(bad.complaint)")
      #expect(!bad.complaint.contains("s3cret") && !bad.complaint.contains("\u{1B}"))
    }

    @Test("One that is slow holds up neither the command beyond its wait nor the dashboard's keys")
    func slow() async throws {
      let server = try await FaultServer.start { _ in Self.calendar(Self.text("Ana Lopes")) }
      defer { server.stop() }
      let place = try place(server.url)
      let arguments = ["--config", place.file("config.yaml")]
      _ = try BurnwatchRun(
        ["oncall", "who"] + arguments, environment: environment(server.url))
      server.behave { _ in .silence }
      let start = ContinuousClock.now
      let run = try BurnwatchRun(
        ["oncall", "who", "--wait", "1"] + arguments, environment: environment(server.url))
      #expect(run.text.contains("Ana Lopes"))
      #expect(ContinuousClock.now - start < .seconds(15))
      let session = try DashboardSession(
        ["dashboard"] + arguments, environment: environment(server.url))
      #expect(session.terminal.wait(for: "Ana Lopes"), "\(session.terminal.screen.text)")
      session.expect("7", brings: "On call: shop")
      session.expect("?", brings: "MOVING")
      session.leave()
    }

    @Test("A rule over a hundred years is worked out only where it is looked at, and at once")
    func hundredYears() async throws {
      let day = Machine.now - .seconds(86_400 * 365 * 30)
      let start = day.rfc3339.prefix(10).filter { $0 != "-" } + "T000000Z"
      let event = """
        BEGIN:VCALENDAR\r
        VERSION:2.0\r
        PRODID:-//x//x//EN\r
        BEGIN:VEVENT\r
        UID:a\r
        DTSTAMP:20260101T000000Z\r
        DTSTART:\(start)\r
        DURATION:PT12H\r
        RRULE:FREQ=DAILY;UNTIL=20960101T000000Z\r
        SUMMARY:Ana Lopes\r
        END:VEVENT\r
        END:VCALENDAR\r

        """
      let server = try await FaultServer.start { _ in Self.calendar(event) }
      defer { server.stop() }
      let place = try place(server.url)
      let begin = ContinuousClock.now
      let run = try BurnwatchRun(
        [
          "oncall", "schedule", "--days", "366", "--format", "json", "--config",
          place.file("config.yaml"),
        ], environment: environment(server.url))
      #expect(ContinuousClock.now - begin < .seconds(20))
      #expect(run.exitCode == 0 && run.complaint.isEmpty, "\(run.complaint)")
      let count = run.text.components(separatedBy: "\"person\": \"Ana Lopes\"").count - 1
      #expect((366...367).contains(count), "\(count)")
    }

    @Test("doctor looks at each calendar: how far it reaches, what is left out, why it is silent")
    func doctor() async throws {
      let server = try await FaultServer.start { _ in Self.calendar(Self.text("Ana Lopes")) }
      defer { server.stop() }
      let place = try place(server.url)
      func finding() throws -> String {
        let run = try BurnwatchRun(
          ["doctor", "--format", "json", "--config", place.file("config.yaml")],
          environment: environment(server.url))
        #expect(!run.text.contains("s3cret"))
        let all = try JSONSerialization.jsonObject(with: Data(run.output)) as? [[String: Any]]
        let own = try #require(all?.first { $0["subject"] as? String == "calendar feed" })
        return "\(own["status"] ?? "") \(own["found"] ?? "")"
      }
      #expect(
        try finding().hasPrefix(
          "ok Can be read: 1 shift in the coming eight weeks, the last until "))
      let bad = Self.text("Ana").replacing("DTSTART:", with: "DTSTART:soon")
      server.behave { _ in Self.calendar(bad) }
      #expect(try finding().hasPrefix("error It has no event that can be read: the event"))
      let event = "BEGIN:VEVENT\r\nUID:b\r\nDTSTART:soon\r\nSUMMARY:Bo\r\nEND:VEVENT\r\n"
      let partly = Self.text("Ana").replacing("END:VCALENDAR", with: "\(event)END:VCALENDAR")
      server.behave { _ in Self.calendar(partly) }
      #expect(try finding().hasPrefix("warning 1 event left out: The event"))
      server.behave { _ in .answer(status: 404, type: "text/plain", "") }
      #expect(try finding() == "error It answers with HTTP 404.")
    }

    @Test("A file that is none, such as a pipe nobody writes to, holds nothing up")
    func pipe() throws {
      let place = try Workplace()
      #expect(mkfifo(place.file("pipe.ics"), 0o600) == 0)
      try place.write(
        """
        apiVersion: burnwatch/v1
        kind: Config
        journal: \(place.file("journal.sqlite"))
        oncall: {calendars: [{team: shop, file: pipe.ics}]}

        """, to: "config.yaml")
      let run = try BurnwatchRun(
        ["oncall", "who", "--config", place.file("config.yaml")], atMost: .seconds(20))
      #expect(run.complaint.contains("is no regular file"), "\(run.complaint)")
    }
  }
}
