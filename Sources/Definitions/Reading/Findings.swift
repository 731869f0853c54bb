/// Where the many small readers of one load put what they find.
///
/// A class because they form a tree and all write into one list; it never leaves the load.
final class Findings {
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var errorCount = 0

  func report(_ problem: Problem, at place: Place) {
    let diagnostic = Diagnostic(problem, at: place)
    if diagnostic.severity == .error { errorCount += 1 }
    diagnostics.append(diagnostic)
  }

  /// Reads something that counts only as a whole: any error in it refuses it.
  func whole<Result>(_ read: () -> Result?) -> Result? {
    let errorsBefore = errorCount
    let result = read()
    return errorCount == errorsBefore ? result : nil
  }

  /// The diagnostics file by file in the order of `files`, each file's by position.
  func sorted(by files: [String]) -> [Diagnostic] {
    var ranks: [String: Int] = [:]
    for file in files where ranks[file] == nil { ranks[file] = ranks.count }
    func key(_ diagnostic: Diagnostic) -> (Int, Int, Int) {
      let place = diagnostic.place
      return (ranks[place.file] ?? ranks.count, place.line, place.column)
    }
    return diagnostics.enumerated().sorted { left, right in
      let (first, second) = (key(left.element), key(right.element))
      return first == second ? left.offset < right.offset : first < second
    }.map(\.element)
  }
}
