import TestSupport

/// One look with `burnwatch status` at some SLOs on one source.
enum Look {
  static func at(
    _ url: String, slos: [String], instant: String = TruthData.instant, wait: Int = 30
  ) throws -> (run: BurnwatchRun, report: StatusDocument) {
    let place = try Workplace([
      "config.yaml": ConfigurationText.text(url: url, slos: slos.joined())
    ])
    let run = try BurnwatchRun([
      "status", "--config", place.file("config.yaml"), "--at", instant, "--format", "json",
      "--wait", "\(wait)",
    ])
    return (run, try StatusDocument(run))
  }
}
