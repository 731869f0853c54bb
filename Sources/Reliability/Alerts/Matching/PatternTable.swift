/// A program as a table for ASCII text: from each row, which stands for a set of places, a scalar
/// leads to another row.
///
/// It is made at once and not while matching, so that a pattern is a plain value for all threads.
struct PatternTable: Sendable {
  private static let cellLimit = 32_768
  private static let workLimit = 250_000

  /// The column of each ASCII scalar; scalars that no class tells apart share one.
  private let columns: [UInt8]
  private let width: Int
  /// The first cell of the row that each cell leads to.
  private let cells: [Int32]
  private let isAccepting: [Bool]

  /// Makes the table.
  ///
  /// - Returns: `nil` when it would be too large; few patterns that people write are.
  init?(_ program: PatternProgram) {
    let alphabet = PatternAlphabet(program)
    var builder = PatternTableBuilder(program, alphabet)
    guard builder.build(cellLimit: PatternTable.cellLimit, workLimit: PatternTable.workLimit)
    else { return nil }
    columns = alphabet.columns
    width = alphabet.count
    cells = builder.cells
    isAccepting = builder.isAccepting
  }

  /// Whether the pattern matches all of a text.
  ///
  /// - Parameter text: The text as UTF-8.
  /// - Returns: `nil` when there is more than ASCII in it that matters.
  func verdict(on text: UnsafeBufferPointer<UInt8>) -> Bool? {
    // Row 0 leads nowhere, row 1 is the start.
    var row = width
    for byte in text {
      guard byte < 128 else { return nil }
      row = Int(cells[row + Int(columns[Int(byte)])])
      guard row != 0 else { return false }
    }
    return isAccepting[row / width]
  }
}

/// The ASCII scalars, put together where a program treats them alike.
struct PatternAlphabet {
  /// What a program can tell of a scalar.
  private struct Signature: Hashable {
    let holds: [Bool]
    let edge: PatternEdge
  }

  private(set) var columns: [UInt8] = []
  /// Of each column: which classes hold it, and what it is to assertions.
  private(set) var memberships: [[Bool]] = []
  private(set) var edges: [PatternEdge] = []

  var count: Int { edges.count }

  init(_ program: PatternProgram) {
    var numbers: [Signature: UInt8] = [:]
    for code in UInt8(0)..<128 {
      let scalar = Unicode.Scalar(code)
      let signature = Signature(
        holds: program.classes.map { $0.contains(scalar) },
        edge: program.hasAssertions ? PatternEdge(scalar) : .other)
      if let number = numbers[signature] {
        columns.append(number)
      } else {
        numbers[signature] = UInt8(edges.count)
        columns.append(UInt8(edges.count))
        memberships.append(signature.holds)
        edges.append(signature.edge)
      }
    }
  }
}

/// Finds the rows of a table, each once, from the start on.
private struct PatternTableBuilder {
  /// The places before a scalar is taken, sorted, and what was taken last.
  private struct Row: Hashable {
    let places: [Int32]
    let before: PatternEdge
  }

  private(set) var cells: [Int32]
  private(set) var isAccepting = [false]
  private let alphabet: PatternAlphabet
  private var simulation: PatternSimulation
  private var rows: [Row]
  private var numbers: [Row: Int32]
  private var work = 0

  init(_ program: PatternProgram, _ alphabet: PatternAlphabet) {
    self.alphabet = alphabet
    simulation = PatternSimulation(program)
    rows = [
      Row(places: [], before: .outside), Row(places: [program.start], before: .outside),
    ]
    numbers = [rows[0]: 0, rows[1]: 1]
    cells = Array(repeating: 0, count: alphabet.count)
  }

  /// Builds all rows; `false` when that would take too much.
  mutating func build(cellLimit: Int, workLimit: Int) -> Bool {
    while isAccepting.count < rows.count {
      guard work < workLimit, rows.count * alphabet.count <= cellLimit else { return false }
      addCells(of: rows[isAccepting.count])
    }
    return true
  }

  private mutating func addCells(of row: Row) {
    var targets = Array(repeating: Int32(0), count: alphabet.count)
    for edge in [PatternEdge.newline, .word, .other] where alphabet.edges.contains(edge) {
      reach(from: row, and: edge)
      for column in targets.indices where alphabet.edges[column] == edge {
        let holds = alphabet.memberships[column]
        var places: [Int32] = []
        simulation.advance(into: &places) { holds[Int($0)] }
        work += simulation.reached.count
        targets[column] = number(of: places, after: edge) * Int32(alphabet.count)
      }
    }
    cells += targets
    reach(from: row, and: .outside)
    isAccepting.append(simulation.isAccepting)
  }

  private mutating func reach(from row: Row, and after: PatternEdge) {
    simulation.reach(from: row.places, between: row.before, and: after)
    work += simulation.reached.count
  }

  private mutating func number(of places: [Int32], after edge: PatternEdge) -> Int32 {
    guard !places.isEmpty else { return 0 }
    let row = Row(places: Array(Set(places)).sorted(), before: edge)
    if let number = numbers[row] { return number }
    let number = Int32(rows.count)
    rows.append(row)
    numbers[row] = number
    return number
  }
}
