/// All findings of one run of `doctor`, and what they mean for its exit code.
struct Checkup: Hashable, Sendable {
  let findings: [Finding]
  /// Whether a configuration was found and could be read.
  let hasConfiguration: Bool
  /// Whether some source gave no answer at all.
  let isCutOff: Bool

  /// No configuration beats a source that cannot be reached, which beats errors.
  var status: ExitStatus {
    if !hasConfiguration { return .configuration }
    if isCutOff { return .cannotTell }
    return findings.contains { $0.verdict.status == .error } ? .findings : .fine
  }

  /// The findings as lines, grouped by subject in their order, the advice indented below each.
  var text: [String] {
    var lines: [String] = []
    var subject: Finding.Subject?
    for finding in findings {
      if finding.subject != subject {
        if subject != nil { lines.append("") }
        lines.append(finding.subject.name)
        subject = finding.subject
      }
      lines += finding.lines
    }
    return lines + ["", summary]
  }

  /// The findings as one JSON array; docs/doctor.md describes it.
  var json: JSON { .array(findings.map(\.json)) }

  private var summary: String {
    let counts = [(Finding.Status.error, "error"), (.warning, "warning")].compactMap { pair in
      let count = findings.count { $0.verdict.status == pair.0 }
      return count == 0 ? nil : "\(count) \(pair.1)\(count == 1 ? "" : "s")"
    }
    return counts.isEmpty ? "No problems found." : "\(counts.joined(separator: ", "))."
  }
}

extension Finding {
  /// The columns of text: two spaces, the status, the check.
  private static let widths = (status: 9, check: 13)

  fileprivate var lines: [String] {
    let status = verdict.status.rawValue.padded(to: Finding.widths.status)
    let head = "  \(status)\(check.padded(to: Finding.widths.check))\(verdict.found)"
    let indent = String(repeating: " ", count: Finding.widths.status + Finding.widths.check + 4)
    return [head] + (verdict.advice.map { ["\(indent)\($0)"] } ?? [])
  }

  fileprivate var json: JSON {
    .object([
      .init("subject", .string(subject.name)),
      .init("check", .string(check)),
      .init("status", .string(verdict.status.rawValue)),
      .init("found", .string(verdict.found)),
      .init("advice", .string(orNull: verdict.advice)),
    ])
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
