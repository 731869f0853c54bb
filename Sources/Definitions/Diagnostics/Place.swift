/// A place in a file: what a diagnostic points at.
package struct Place: Hashable, Sendable {
  /// The path as it was given or joined from an include.
  package let file: String
  /// The line, counted from 1.
  package let line: Int
  /// The column, counted from 1 in Unicode scalars.
  package let column: Int
  /// The key path in the document, such as `slos[0].sli.events.total`; empty for the document itself.
  package let path: String

  /// Makes a place, the start of the file unless said otherwise.
  package init(file: String, line: Int = 1, column: Int = 1, path: String = "") {
    self.file = file
    self.line = line
    self.column = column
    self.path = path
  }

  /// The file and line for use in a sentence, such as `slos.yaml:12`.
  var reference: String { "\(file.escaped):\(line)" }

  /// The path of a key below this place.
  func path(to key: String) -> String {
    let isPlain = key.unicodeScalars.allSatisfy {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        || "_-".unicodeScalars.contains($0)
    }
    guard isPlain, !key.isEmpty else { return "\(path)[\(key.quoted)]" }
    return path.isEmpty ? key : "\(path).\(key)"
  }

  /// The path of a list item below this place, counted from 0.
  func path(to index: Int) -> String { "\(path)[\(index)]" }
}
