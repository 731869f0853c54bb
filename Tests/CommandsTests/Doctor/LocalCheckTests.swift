import Definitions
import Reliability
import TestSupport
import Testing

@testable import Commands

/// What is said of time, permissions and the configuration.
@Suite struct LocalCheckTests {
  private static let now = Timestamp(milliseconds: 1_795_269_802_000)

  // MARK: - Time

  private static func time(
    _ now: Timestamp = now, windows: [ObjectiveWindow] = [], onCall: OnCallPlan = OnCallPlan(),
    unknown: [String] = []
  ) -> [Finding] {
    TimeCheck(now: now, windows: windows, onCall: onCall, unknownZones: unknown).findings
  }

  @Test("A clock of this century is fine, one that was never set is an error")
  func clock() {
    #expect(
      Self.time().first?.verdict == .ok("It is 2026-11-21 14:03:22 UTC by this machine's clock."))
    let unset = Self.time(.epoch).first?.verdict
    #expect(unset?.status == .error)
    #expect(
      unset?.found == "This machine's clock says 1970-01-01 00:00:00 UTC, which cannot be.")
  }

  @Test("Time zones of windows, rotations and calendars are listed, unknown ones are errors")
  func zones() throws {
    let berlin = try ObjectiveWindow.calendarSample(.month, timeZone: "Europe/Berlin")
    #expect(
      Self.time(windows: [berlin, berlin]).last?.verdict
        == .ok("The time zones that are named are known: Europe/Berlin."))
    #expect(
      Self.time(windows: [.rolling(.days(30))]).last?.verdict
        == .ok("No window, rotation or calendar names a time zone."))
    let zones = try ["Asia/Tokyo", "UTC"].map { try #require(NamedZone($0)) }
    let plan = OnCallPlan(
      rotations: [Rotation(name: "a", timeZone: zones[1], layers: [])],
      calendars: [
        CalendarSettings(name: "b", team: "b", place: .file("/b"), timeZone: zones[0])
      ])
    #expect(
      Self.time(onCall: plan).last?.verdict
        == .ok("The time zones that are named are known: Asia/Tokyo."))
    let unknown = Self.time(unknown: ["Europe/Berln"]).last?.verdict
    #expect(unknown?.status == .error)
    #expect(unknown?.found.contains("no time zone \"Europe/Berln\"") == true)
  }

  // MARK: - Permissions

  private static func permissions(
    _ facts: [String: FileFacts], sources: [SourceSettings] = []
  ) -> [Finding] {
    PermissionsCheck(
      files: ["/c/config.yaml"], sources: sources, directory: "/c", operatorID: 1000,
      look: { facts[$0] }
    ).findings
  }

  private static func verdict(_ check: String, _ findings: [Finding]) -> Verdict? {
    findings.first { $0.check == check }?.verdict
  }

  @Test("Files that only the operator or root can change are fine")
  func safeFiles() {
    for owner: UInt32 in [0, 1000] {
      let found = Self.permissions(["/c/config.yaml": FileFacts(owner: owner, permissions: 0o644)])
      #expect(
        Self.verdict("files", found)
          == .ok("Only you or root can change the configuration file."))
    }
  }

  @Test("A file that others can change is a warning with the command to run")
  func writableFile() {
    let found = Self.permissions(["/c/config.yaml": FileFacts(owner: 1000, permissions: 0o664)])
    #expect(
      Self.verdict("files", found)
        == .warning(
          "The file /c/config.yaml has mode 0664: others than its owner can change it.",
          "Run chmod go-w /c/config.yaml."))
    let foreign = Self.permissions(["/c/config.yaml": FileFacts(owner: 7, permissions: 0o644)])
    #expect(Self.verdict("files", foreign)?.found.contains("belongs to user 7") == true)
  }

  @Test("Secret files must be there, readable, and not by everyone")
  func secrets() {
    let source = SourceSettings(
      name: "prom", kind: .prometheus, urls: ["http://h"], auth: .bearer(.file("/c/token")))
    func verdict(_ facts: FileFacts?) -> Verdict? {
      Self.verdict(
        "secrets", Self.permissions(facts.map { ["/c/token": $0] } ?? [:], sources: [source]))
    }
    #expect(verdict(FileFacts(owner: 1000, permissions: 0o600))?.status == .ok)
    #expect(verdict(FileFacts(owner: 1000, permissions: 0o640))?.status == .ok)
    #expect(
      verdict(FileFacts(owner: 1000, permissions: 0o644))
        == .warning(
          "The secret file /c/token has mode 0644: everyone on this machine can read it.",
          "Run chmod 600 /c/token."))
    let unreadable = verdict(FileFacts(owner: 0, permissions: 0o600, isReadable: false))
    #expect(unreadable?.found == "The secret file /c/token of source prom cannot be read.")
    #expect(
      verdict(nil)?.found == "The secret file /c/token of source prom is not there.")
    #expect(Self.verdict("secrets", Self.permissions([:])) == .ok("No secret comes from a file."))
  }

  @Test("The private key of a client certificate is a secret file")
  func privateKey() {
    let source = SourceSettings(
      name: "prom", kind: .prometheus, urls: ["https://h"],
      tls: .init(certificateFile: "/c/me.pem", keyFile: "/c/me.key"))
    let found = Self.permissions(
      ["/c/me.key": FileFacts(owner: 1000, permissions: 0o444)], sources: [source])
    #expect(Self.verdict("secrets", found)?.status == .warning)
  }

  @Test("The own directory may be absent, must be readable, and nobody else's to write")
  func directory() {
    func verdict(_ facts: FileFacts?) -> Verdict? {
      Self.verdict("directory", Self.permissions(facts.map { ["/c": $0] } ?? [:]))
    }
    #expect(verdict(nil)?.status == .ok)
    #expect(
      verdict(FileFacts(owner: 1000, permissions: 0o755, isDirectory: true))
        == .ok("The directory /c is yours."))
    #expect(
      verdict(FileFacts(owner: 1000, permissions: 0o777, isDirectory: true))?.advice
        == "Run chmod go-w /c.")
    #expect(verdict(FileFacts(owner: 1000, permissions: 0o644))?.found == "/c is no directory.")
    let closed = FileFacts(owner: 0, permissions: 0o700, isDirectory: true, isReadable: false)
    #expect(verdict(closed)?.status == .error)
  }

  // MARK: - Configuration

  private static func configuration(
    _ diagnostics: [Diagnostic], slos: [SLO] = [], sources: [SourceSettings] = []
  ) -> [Finding] {
    let configuration = Configuration(
      identity: Identity(name: "tester"), sources: sources, slos: slos)
    return ConfigurationCheck(
      path: "c.yaml",
      loaded: LoadedConfiguration(
        configuration: configuration, diagnostics: diagnostics, files: ["c.yaml"])
    ).findings
  }

  @Test("A sound configuration is summed up in one line")
  func sound() throws {
    let source = SourceSettings(name: "prom", kind: .prometheus, urls: ["http://h"])
    let found = Self.configuration([], slos: [try SLO.sample()], sources: [source])
    #expect(found.map(\.verdict) == [.ok("c.yaml: 1 SLO and 1 source in 1 file.")])
  }

  @Test("Diagnostics are counted, the first three are quoted, errors before warnings")
  func diagnostics() {
    let warning = Diagnostic(.include(.matchesNothing("slos/*.yaml")), at: Place(file: "c.yaml"))
    let error = Diagnostic(.file(.notUTF8), at: Place(file: "d.yaml", line: 4))
    let found = Self.configuration([warning, warning, warning, error])
    #expect(found.first?.verdict.status == .error)
    #expect(found.first?.verdict.found == "c.yaml: 1 error, 3 warnings.")
    #expect(found.first?.verdict.advice?.contains("burnwatch check --config c.yaml") == true)
    let quoted = found.filter { $0.check == "diagnostic" }
    #expect(quoted.map(\.verdict.status) == [.error, .warning, .warning])
    #expect(quoted.first?.verdict.found.hasPrefix("d.yaml:4:1: ") == true)
    #expect(found.filter { $0.check == "content" }.count == 2)
  }
}
