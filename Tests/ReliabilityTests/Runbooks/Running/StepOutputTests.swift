import Reliability
import Testing

@Suite("What a command has written")
struct StepOutputTests {
  private func lines(_ pieces: String...) -> [String] {
    var output = StepOutput()
    for piece in pieces { output.append(Array(piece.utf8)) }
    return output.lines
  }

  @Test("Lines are as a terminal leaves them")
  func terminal() {
    #expect(lines() == [])
    #expect(lines("a\nb\n") == ["a", "b"])
    #expect(lines("a\nb") == ["a", "b"])
    #expect(lines("a", "b\n", "\nc") == ["ab", "", "c"])
    #expect(lines("10 %\r50 %\r100 %\ndone\r\n") == ["100 %", "done"])
  }

  @Test("What is no UTF-8 is replaced, and nothing else is taken away here")
  func binary() {
    var output = StepOutput()
    output.append([0xFF, 0x61, 0x1B, 0x5B, 0x0A])
    #expect(output.lines == ["\u{FFFD}a\u{1B}["])
  }

  @Test("Of a flood the head and the tail stay, and what is missing is said")
  func flood() {
    var output = StepOutput()
    output.append(Array("head\n".utf8))
    for number in 0..<100_000 { output.append(Array("line \(number)\n".utf8)) }
    output.append(Array("tail\n".utf8))
    let lines = output.lines
    #expect(lines.first == "head" && lines.last == "tail")
    #expect(
      lines.filter { $0.hasPrefix("... ") && $0.hasSuffix("bytes are not shown ...") }.count == 1)
    let kept = lines.reduce(0) { $0 + $1.utf8.count + 1 }
    #expect(kept < StepOutput.headLimit + 2 * StepOutput.tailLimit + 100)
    #expect(output.byteCount == 1_088_900)
  }

  @Test("One piece larger than everything that is kept keeps its head and its end")
  func onePiece() {
    var output = StepOutput()
    let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 1 << 20) + Array("\nend".utf8)
    output.append(bytes)
    #expect(output.byteCount == bytes.count)
    #expect(output.lines.last == "end")
    #expect(output.lines.first?.utf8.count == StepOutput.headLimit)
  }
}

@Suite("A condition that is waited for")
struct VerificationWatchTests {
  private let start = Timestamp(milliseconds: 0)

  private func watch(
    holds: Duration = .seconds(30), within: Duration = .seconds(600)
  ) -> VerificationWatch {
    VerificationWatch(
      RunbookStep.Verification(
        TemplateText(verbatim: "q"), MetricBound(.below, Fraction(1)), holds: holds,
        within: within),
      at: start)
  }

  private func answer(_ value: Double?) -> Result<MetricAnswer, ReadingFailure> {
    .success(MetricAnswer(value.map { [MetricAnswer.Series(labels: "", value: $0)] } ?? []))
  }

  @Test("It is met when it has held for as long as asked, without a break")
  func holding() {
    var watch = watch()
    #expect(watch.take(answer(2), at: start) == .waiting)
    #expect(watch.take(answer(0.5), at: start + .seconds(10)) == .waiting)
    #expect(watch.take(answer(3), at: start + .seconds(20)) == .waiting)
    #expect(watch.holdsSince == nil)
    #expect(watch.take(answer(0.5), at: start + .seconds(30)) == .waiting)
    #expect(watch.take(answer(0.5), at: start + .seconds(59)) == .waiting)
    #expect(watch.take(answer(0.5), at: start + .seconds(60)) == .met)
    #expect(watch.samples.map(\.value) == [2, 0.5, 3, 0.5, 0.5, 0.5])
  }

  @Test("Once is enough where nothing says how long")
  func once() {
    var watch = watch(holds: .zero)
    #expect(watch.take(answer(0.5), at: start) == .met)
  }

  @Test("It is late when it does not begin to hold in time, and has its time when it does")
  func late() {
    var never = watch()
    #expect(never.take(answer(2), at: start + .seconds(600)) == .late)
    var justInTime = watch()
    #expect(justInTime.take(answer(0.5), at: start + .seconds(599)) == .waiting)
    #expect(justInTime.take(answer(0.5), at: start + .seconds(629)) == .met)
    var broken = watch()
    #expect(broken.take(answer(0.5), at: start + .seconds(599)) == .waiting)
    #expect(broken.take(answer(2), at: start + .seconds(610)) == .late)
  }

  @Test("A value that is missing holds nothing, and the reason is kept")
  func missing() {
    var watch = watch()
    _ = watch.take(answer(0.5), at: start)
    #expect(watch.take(answer(nil), at: start + .seconds(40)) == .waiting)
    #expect(watch.trouble == "the query has no value" && watch.holdsSince == nil)
    _ = watch.take(.failure(.unavailable("prom is silent")), at: start + .seconds(50))
    #expect(watch.trouble == "prom is silent")
    let two = MetricAnswer([.init(labels: "{a=\"1\"}", value: 0), .init(labels: "", value: 9)])
    _ = watch.take(.success(two), at: start + .seconds(60))
    #expect(watch.trouble == "the query has 2 series; the first counts")
  }

  @Test("It is asked often enough to be seen, and no more often than once a second")
  func interval() {
    #expect(watch().interval == .seconds(10))
    #expect(watch(holds: .seconds(6)).interval == .seconds(2))
    #expect(watch(holds: .zero, within: .seconds(60)).interval == .seconds(3))
    #expect(watch(holds: .seconds(1), within: .seconds(2)).interval == .seconds(1))
  }
}
