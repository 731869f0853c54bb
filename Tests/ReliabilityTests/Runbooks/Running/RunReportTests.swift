import Reliability
import Testing

@Suite("A run as Markdown")
struct RunReportTests {
  @Test("It says who ran what for which alert, and what became of each step")
  func report() throws {
    let steps = [
      try RunbookStep.command("echo a\necho b", name: "roll back"), .manual("tell `others` <now>"),
    ]
    var run = RunRecord(
      id: "0123-4567", of: .sample(steps), for: .alert(["pod": "a`b"]), actor: "ines*",
      host: "bastion", at: Timestamp(milliseconds: 1_795_269_802_000))
    run.steps[0].status = .done
    run.steps[0].attempts = 2
    run.steps[0].startedAt = run.startedAt
    run.steps[0].endedAt = run.startedAt + 12_000
    run.steps[0].command = "echo a\necho ```b"
    run.steps[0].detail = "exit code 0"
    run.steps[0].output = StepRecord.Output(bytes: 4, digest: "abcd", file: nil)
    run.steps[1].status = .skipped
    run.steps[1].note = "nobody\nthere"
    run.changedAt = run.startedAt + 60_000
    #expect(
      RunReport(run).markdown == """
        # Shop

        - Runbook: `shop`, run `0123-4567`
        - Outcome: **completed**
        - By ines\\* on bastion, 2026-11-21 14:03:22 to 2026-11-21 14:04:22 UTC (1 m)
        - For: Burn of checkout
        - Alert: ``{alertname="Burn", pod="a`b"}``

        1. **roll back**: done, 12 s, 2 attempts: exit code 0

           ````sh
           echo a
           echo ```b
           ````

           - Output: 4 bytes, SHA-256 `abcd`
        2. **tell \\`others\\` \\<now\\>**: skipped
           - Note: nobody there

        """)
  }
}

@Suite("Lengths and numbers in few characters")
struct BriefTests {
  @Test(
    "Lengths have at most two units",
    arguments: [
      (0, "0 s"), (49, "0 s"), (50, "0.1 s"), (820, "0.8 s"), (1000, "1 s"), (1250, "1.3 s"),
      (9_949, "9.9 s"), (9_960, "10 s"), (45_000, "45 s"), (60_000, "1 m"), (90_000, "1 m 30 s"),
      (3_600_000, "1 h"), (5_400_000, "1 h 30 m"), (90_000_000, "1 d 1 h"), (-5, "0 s"),
    ])
  func lengths(_ milliseconds: Int, _ text: String) {
    #expect(Duration.milliseconds(milliseconds).brief == text)
  }

  @Test(
    "Numbers have four significant digits",
    arguments: [
      (0, "0"), (1, "1"), (0.00123456, "0.001235"), (58.7499, "58.75"), (1234567, "1234567"),
      (-0.5, "-0.5"), (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1e-9, "1e-09"),
      (1e16, "1e+16"),
    ])
  func numbers(_ number: Double, _ text: String) {
    #expect(number.brief == text)
  }
}
