import Foundation
import Reliability
import Synchronization
import TestSupport
import Testing

@testable import Connectors

/// What came of a command.
private struct Outcome {
  let end: ProcessEnd
  let output: String
  let byteCount: Int
  let length: Duration
}

@Suite("Commands of this machine", .serialized, .timeLimit(.minutes(5)))
struct SubprocessRunnerTests {
  /// Runs a shell text with the labels of an alert.
  private func run(
    _ text: String, labels: [String: String] = [:], timeout: Duration = .seconds(60),
    input: String? = nil, in directory: String = "/", cancelledAfter: Duration? = nil
  ) async throws -> Outcome {
    let step = RunbookStep(
      .command(RunbookStep.Command(try TemplateText(parsing: text))), name: "act",
      options: RunbookStep.Options(timeout: timeout, directory: directory),
      origin: Runbook.Origin(file: "/x", line: 1))
    let runbook = Runbook(id: "r", title: "r", steps: [step], origin: step.origin)
    let subject = RunSubject(
      Alert(
        Alert.Facts(
          id: Alert.ID(cluster: "am", fingerprint: "1"), labels: LabelSet(labels),
          annotations: LabelSet([:]), severity: .page, startsAt: .epoch)))
    let command = try StepPreparation(
      runbook, for: subject,
      RunSettings(user: "", host: "", environment: ["PATH": "/usr/bin:/bin", "HOME": "/"])
    ).command(of: step)
    return await run(command, input: input, cancelledAfter: cancelledAfter)
  }

  private func run(
    _ command: PreparedCommand, input: String?, cancelledAfter: Duration?
  ) async -> Outcome {
    let kept = Mutex(StepOutput())
    let start = ContinuousClock.now
    let task = Task {
      await SubprocessRunner().run(command) { bytes in kept.withLock { $0.append(bytes) } }
    }
    if let cancelledAfter {
      try? await Task.sleep(for: cancelledAfter)
      task.cancel()
    }
    let end = await task.value
    let output = kept.withLock { $0 }
    return Outcome(
      end: end, output: output.lines.joined(separator: "\n"), byteCount: output.byteCount,
      length: .now - start)
  }

  /// Whether a command is gone within a moment: the system ends what it is told to end a little later.
  private func isGone(_ mark: String) async -> Bool {
    for _ in 0..<200 where isRunning(mark) { try? await Task.sleep(for: .milliseconds(10)) }
    return !isRunning(mark)
  }

  /// Whether any process has this number among its arguments.
  private func isRunning(_ mark: String) -> Bool {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.contains { name in
      guard Int(name) != nil,
        let arguments = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(name)/cmdline"))
      else { return false }
      return String(decoding: arguments, as: UTF8.self).contains(mark)
    }
  }

  /// A number of seconds that no other test sleeps for.
  private func mark() -> String { "\(Int.random(in: 100_000...999_999))" }

  @Test("Both streams arrive in order, with the exit code")
  func streams() async throws {
    let outcome = try await run("echo one; echo two >&2; echo three; exit 7")
    #expect(outcome.end == .exited(7))
    #expect(outcome.output == "one\ntwo\nthree")
  }

  @Test("It has an empty input, no terminal, and the environment that was prepared")
  func surroundings() async throws {
    let outcome = try await run(
      "cat; tty || true; (exec </dev/tty) 2>/dev/null && echo terminal; env | sort; pwd",
      labels: ["pod": "web 1"], in: "/tmp")
    #expect(outcome.end == .exited(0))
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.first == "not a tty" && lines.last == "/tmp")
    #expect(!lines.contains("terminal"))
    #expect(
      Set(lines.dropFirst().dropLast()).subtracting(["_=/usr/bin/env", "OLDPWD=/"])
        == [
          "ALERT_LABEL_pod=web 1", "HOME=/", "PATH=/usr/bin:/bin", "PWD=/tmp", "TERM=dumb",
        ])
  }

  @Test("A command of several lines ends at the first that fails")
  func failFast() async throws {
    let outcome = try await run("echo before\nfalse\necho after")
    #expect(outcome.end == .exited(1) && outcome.output == "before")
  }

  @Test("What cannot begin says why")
  func notStarted() async throws {
    let nowhere = try await run("true", in: "/nowhere")
    #expect(
      nowhere.end == .notStarted(reason: "the directory /nowhere cannot be entered"))
    let command = PreparedCommand(
      arguments: ["no-such-program"], text: "", environment: ["PATH": "/bin"], directory: "/",
      timeout: nil, input: nil, isInteractive: false, remarks: [])
    let missing = await run(command, input: nil, cancelledAfter: nil)
    #expect(missing.end == .notStarted(reason: "there is no program \"no-such-program\""))
    let within = try await run("no-such-program")
    #expect(within.end == .exited(127))
  }

  @Test("A query's program reads the question from its input")
  func question() async throws {
    let command = PreparedCommand(
      arguments: ["/bin/sh", "-e", "-c", "wc -l; cat"], text: "", environment: ["PATH": "/bin"],
      directory: "/", timeout: .seconds(10), input: "a\nb\n", isInteractive: false, remarks: [])
    #expect(await run(command, input: nil, cancelledAfter: nil).output == "2")
  }

  @Test("At its time's end the whole group is gone, also what ignores TERM")
  func timeOut() async throws {
    let mark = mark()
    let outcome = try await run(
      """
      trap '' TERM
      (trap '' TERM; sleep \(mark)) &
      (trap '' TERM; sleep \(mark); echo) &
      echo started
      sleep \(mark)
      """, timeout: .milliseconds(500))
    #expect(outcome.end == .timedOut(.milliseconds(500)))
    #expect(outcome.output == "started")
    #expect(outcome.length < .seconds(30))
    #expect(await isGone(mark))
  }

  @Test("Cancelled, all children are gone, and a stopped one too")
  func cancelled() async throws {
    let mark = mark()
    let outcome = try await run(
      "sleep \(mark) & (kill -STOP $$; sleep \(mark)) & sleep \(mark)",
      cancelledAfter: .milliseconds(400))
    #expect(outcome.end == .cancelled)
    #expect(outcome.length < .seconds(30))
    #expect(await isGone(mark))
  }

  @Test("What a command leaves in the background is ended with it, and its pipe is not waited for")
  func background() async throws {
    let mark = mark()
    let outcome = try await run("(trap '' TERM; sleep \(mark)) & echo left")
    #expect(outcome.end == .exited(0) && outcome.output == "left")
    #expect(outcome.length < .seconds(30))
    #expect(await isGone(mark))
  }

  @Test("A flood is read whole")
  func flood() async throws {
    let outcome = try await run("head -c 20000000 /dev/zero; echo; echo end")
    #expect(outcome.end == .exited(0))
    #expect(outcome.byteCount == 20_000_005)
    #expect(outcome.output.hasSuffix("\nend"))
  }

  @Test("A signal from elsewhere is told as such")
  func signalled() async throws {
    #expect(try await run("kill -SEGV $$").end == .signalled(SIGSEGV))
  }

  // MARK: - Hostile values

  /// Pieces that a shell may act upon, or that confuse whoever reads them.
  private static let pieces = [
    "$(touch MARK)", "`touch MARK`", "'; touch MARK; '", "\"; touch MARK; \"", "\n touch MARK\n",
    "; touch MARK", "| touch MARK", "&& touch MARK", "& touch MARK &", "-rf", "--help", "\0", "\r",
    "\u{1B}[31m", "${IFS}touch${IFS}MARK", "$((1))", "*", "?", "~", "#", "!!", "\\", "\u{202E}",
    "{a,b}", "<(touch MARK)", ">MARK", "<<EOF", "a b", "ok-1.2_3:/@%+=,", "%s%n", "\u{0}x", "é",
  ]

  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state
    }
  }

  /// Values made of hostile pieces, always the same.
  private static let values: [String] = {
    var generator = Generator(state: 88_172_645_463_325_252)
    let mixed = (0..<60).map { _ in
      (0..<Int.random(in: 1...4, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    }
    return pieces + mixed + [String(repeating: "a", count: 1 << 20)]
  }()

  @Test("Whatever a label says, no command other than the written one runs")
  func hostileValues() async throws {
    let folder = try ServerProcess.makeDirectory()
    defer { ServerProcess.removeDirectory(folder) }
    for value in Self.values {
      let value = value.replacing("MARK", with: "\(folder)/mark")
      let labels = ["pod": value]
      // In a template it is put in as it is, or refuses the step.
      do {
        let filled = try await run("printf %s {{ labels.pod }}", labels: labels)
        #expect(filled.output == value, "\(value.debugDescription)")
      } catch is StepRefusal {
        // Refused, so that nothing ran.
      }
      // As a variable it arrives as it is, or is not set at all.
      let passed = try await run(
        "printf '%s' \"${ALERT_LABEL_pod-unset}\" | od -An -v -tx1 | tr -d ' \\n' | head -c 3000",
        labels: labels)
      let hex = value.utf8.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      let isKept = !value.utf8.contains(0) && value.utf8.count <= StepPreparation.longestVariable
      #expect(
        passed.output == (isKept && !value.isEmpty ? String(hex.prefix(3000)) : "756e736574"),
        "\(value.debugDescription.prefix(80))")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/mark"), "\(value)")
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(left == [])
  }
}

@Suite("The whole output of commands")
struct OutputFolderTests {
  @Test("It is in a file that only its owner may read, with its digest")
  func keeping() async throws {
    let folder = try ServerProcess.makeDirectory()
    defer { ServerProcess.removeDirectory(folder) }
    let store = OutputFolder(path: "\(folder)/runs")
    let sink = try #require(await store.open(run: "r-1", name: "3-1"))
    await sink.write(Array("ab".utf8))
    await sink.write(Array("c".utf8))
    let output = await sink.close()
    #expect(output.bytes == 3)
    #expect(
      output.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    let file = try #require(output.file)
    #expect(file == "\(folder)/runs/r-1/3-1.log")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == "abc")
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let own = try FileManager.default.attributesOfItem(atPath: "\(folder)/runs/r-1")
    #expect(own[.posixPermissions] as? Int == 0o700)
  }

  @Test("What lies there already is not written through")
  func noFollowing() async throws {
    let folder = try ServerProcess.makeDirectory()
    defer { ServerProcess.removeDirectory(folder) }
    try FileManager.default.createDirectory(
      atPath: "\(folder)/r-1", withIntermediateDirectories: true)
    try ServerProcess.write("mine", to: "\(folder)/victim")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/r-1/1-1.log", withDestinationPath: "\(folder)/victim")
    let sink = try #require(await OutputFolder(path: folder).open(run: "r-1", name: "1-1"))
    await sink.write(Array("theirs".utf8))
    let output = await sink.close()
    #expect(output.file == nil && output.bytes == 6)
    #expect(try String(contentsOfFile: "\(folder)/victim", encoding: .utf8) == "mine")
  }
}
