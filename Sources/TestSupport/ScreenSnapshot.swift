// Recorded screens: what a canvas shows, as a text file that a person can read in a diff.
//
// The file is `Snapshots/<test file>/<name>.txt` beside the test. A missing file is written, and so
// is every file when RECORD_SNAPSHOTS=1; writing fails the test, so that a new screen is looked at
// before it counts.

import Foundation
package import Screen

/// A screen that is not the recorded one, or was only just recorded.
package struct SnapshotMismatch: Error, CustomStringConvertible {
  /// What differs, row by row, and how to accept it.
  package let description: String
}

/// Compares a canvas with its recorded text file.
///
/// - Parameters:
///   - canvas: The screen.
///   - name: The name of the file, without `.txt`.
///   - note: One line for the head of the file: what is shown, with which settings.
///   - filePath: The test file.
/// - Throws: ``SnapshotMismatch`` when the screen differs or the file was written.
package func assertSnapshot(
  of canvas: Canvas, named name: String, note: String, filePath: String = #filePath
) throws {
  let source = URL(fileURLWithPath: filePath)
  let suite = source.deletingPathExtension().lastPathComponent
  let file = source.deletingLastPathComponent()
    .appending(components: "Snapshots", suite, "\(name).txt")
  let current = ScreenSnapshot(canvas: canvas, note: note).text
  let recorded = try? String(contentsOf: file, encoding: .utf8)
  let isRecording = ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1"
  guard let recorded, !isRecording else {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try current.write(to: file, atomically: true, encoding: .utf8)
    throw SnapshotMismatch(
      description: "Recorded Snapshots/\(suite)/\(name).txt. Look at it and run the test again.")
  }
  guard current != recorded else { return }
  throw SnapshotMismatch(
    description: """
      The screen is not the one in Snapshots/\(suite)/\(name).txt.
      \(ScreenSnapshot.difference(from: recorded, to: current))
      If the new screen is right, run the tests with RECORD_SNAPSHOTS=1, or delete the file and \
      run this test twice.
      """)
}

/// The text form of a canvas: a head, the text, the roles, and what the letters mean.
package struct ScreenSnapshot {
  /// What stands for a cell that the wide character to its left covers.
  package static let coveredMarker: Character = "⁃"

  private let canvas: Canvas
  private let note: String

  /// Makes the text form of a canvas; `note` becomes the first line.
  package init(canvas: Canvas, note: String) {
    self.canvas = canvas
    self.note = note
  }

  /// The contents of the file.
  package var text: String {
    let lines =
      head + ["", "text"] + textRows + ["", "roles"] + roleRows + ["", "legend"] + legend
    return lines.joined(separator: "\n") + "\n"
  }

  private var head: [String] {
    let glyphs = canvas.glyphs.isUnicode ? "Unicode" : "ASCII"
    let cursor = canvas.cursor.map { "row \($0.row + 1), column \($0.column + 1)" } ?? "hidden"
    let covers = canvas.cells.contains(where: \.isCovered)
    return [
      "# \(note)",
      "# \(canvas.size.columns)x\(canvas.size.rows), \(glyphs) glyphs, cursor \(cursor)",
    ] + (covers ? ["# \(ScreenSnapshot.coveredMarker) is the right half of a wide character"] : [])
  }

  private var textRows: [String] {
    (0..<canvas.size.rows).map { row in
      var text = ""
      for cell in canvas.row(row) {
        if cell.isCovered { text.append(ScreenSnapshot.coveredMarker) }
        cell.append(to: &text)
      }
      return "\(number(row))|\(text)|"
    }
  }

  private var roleRows: [String] {
    canvas.roleRows.enumerated().map { row, letters in
      "\(number(row))|\(letters)|\(highlights(in: canvas.row(row)))"
    }
  }

  /// The highlighted columns of a row, counted from 1: " highlighted 3-9, 12".
  private func highlights(in cells: ArraySlice<Cell>) -> String {
    var runs: [ClosedRange<Int>] = []
    for (offset, cell) in cells.enumerated() where cell.isHighlighted {
      if let last = runs.last, last.upperBound == offset {
        runs[runs.count - 1] = last.lowerBound...offset + 1
      } else {
        runs.append(offset + 1...offset + 1)
      }
    }
    guard !runs.isEmpty else { return "" }
    let names = runs.map {
      $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
    }
    return " highlighted \(names.joined(separator: ", "))"
  }

  private var legend: [String] {
    let used = Set(canvas.cells.map(\.role))
    return Role.allCases.filter(used.contains).map { "\($0.letter) \($0.name)" }
  }

  private func number(_ row: Int) -> String {
    let digits = "\(row + 1)"
    return String(repeating: " ", count: max(0, 3 - digits.count)) + digits
  }
}

extension ScreenSnapshot {
  /// Returns the lines that differ, each with the number of its line in the file.
  package static func difference(from recorded: String, to current: String) -> String {
    let old = recorded.split(separator: "\n", omittingEmptySubsequences: false)
    let new = current.split(separator: "\n", omittingEmptySubsequences: false)
    let count = max(old.count, new.count)
    return (0..<count).flatMap { index -> [String] in
      let was = index < old.count ? String(old[index]) : nil
      let now = index < new.count ? String(new[index]) : nil
      guard was != now else { return [] }
      return ["line \(index + 1)"] + (was.map { ["- \($0)"] } ?? [])
        + (now.map { ["+ \($0)"] } ?? [])
    }.joined(separator: "\n")
  }
}
