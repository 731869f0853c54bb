/// A set of Unicode scalars as a pattern writes it: `a`, `.`, `\d`, `[^a-z\pL]`.
struct ScalarClass: Hashable, Sendable {
  /// A part of a class; a negated part is negated by itself, as in `[\D_]`.
  struct Item: Hashable, Sendable {
    enum Members: Hashable, Sendable {
      case ranges([ClosedRange<UInt32>])
      case categories(Set<Unicode.GeneralCategory>)
    }

    let members: Members
    var isNegated = false

    /// Whether the members hold a scalar, negation apart.
    func lists(_ scalar: Unicode.Scalar) -> Bool {
      switch members {
      case .ranges(let ranges): ranges.contains { $0.contains(scalar.value) }
      case .categories(let categories): categories.contains(scalar.properties.generalCategory)
      }
    }
  }

  let items: [Item]
  var isNegated = false
  let ignoresCase: Bool

  init(_ items: [Item], isNegated: Bool = false, ignoresCase: Bool = false) {
    self.items = items
    self.isNegated = isNegated
    self.ignoresCase = ignoresCase
  }

  /// A class of one scalar, and of its other cases when case is ignored.
  init(literal scalar: Unicode.Scalar, ignoresCase: Bool) {
    self.init([Item(members: .ranges([scalar.value...scalar.value]))], ignoresCase: ignoresCase)
  }

  func contains(_ scalar: Unicode.Scalar) -> Bool {
    guard ignoresCase else {
      return isNegated != items.contains { $0.isNegated != $0.lists(scalar) }
    }
    // A negated part leaves out whatever differs only by case from what it lists.
    let cases = CaseFolding.orbit(of: scalar)
    return isNegated != items.contains { $0.isNegated != cases.contains(where: $0.lists) }
  }
}

extension ScalarClass.Item {
  init(_ ranges: ClosedRange<UInt32>..., isNegated: Bool = false) {
    self.init(members: .ranges(ranges), isNegated: isNegated)
  }

  /// Everything, and everything but a newline: `.` with and without `(?s)`.
  static let any = ScalarClass.Item(0...0x10_FFFF)
  static let newline = ScalarClass.Item(0x0A...0x0A)

  /// The class of `\d`, `\s` or `\w`; the capital is its negation.
  static func perl(_ letter: Unicode.Scalar) -> ScalarClass.Item? {
    switch letter {
    case "d": posix("digit")
    case "D": posix("digit", isNegated: true)
    case "w": posix("word")
    case "W": posix("word", isNegated: true)
    case "s": ScalarClass.Item(0x09...0x0A, 0x0C...0x0D, 0x20...0x20)
    case "S": ScalarClass.Item(0x09...0x0A, 0x0C...0x0D, 0x20...0x20, isNegated: true)
    default: nil
    }
  }

  /// The class that POSIX names so, of ASCII only.
  static func posix(_ name: String, isNegated: Bool = false) -> ScalarClass.Item? {
    posixRanges[name].map { ScalarClass.Item(members: .ranges($0), isNegated: isNegated) }
  }

  private static let posixRanges: [String: [ClosedRange<UInt32>]] = [
    "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A],
    "alpha": [0x41...0x5A, 0x61...0x7A],
    "ascii": [0x00...0x7F],
    "blank": [0x09...0x09, 0x20...0x20],
    "cntrl": [0x00...0x1F, 0x7F...0x7F],
    "digit": [0x30...0x39],
    "graph": [0x21...0x7E],
    "lower": [0x61...0x7A],
    "print": [0x20...0x7E],
    "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
    "space": [0x09...0x0D, 0x20...0x20],
    "upper": [0x41...0x5A],
    "word": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A],
    "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
  ]

  /// The class of `\p{name}` for a general category of Unicode, such as `L` or `Lu`, or `Any`.
  static func property(_ name: String, isNegated: Bool) -> ScalarClass.Item? {
    if name == "Any" { return ScalarClass.Item(members: any.members, isNegated: isNegated) }
    // `C` holds the unassigned scalars too, as it does in Go since 1.25.
    let members =
      name == "LC" ? ["Lu", "Ll", "Lt"] : categories.keys.filter { $0.hasPrefix(name) }
    guard !name.isEmpty, !members.isEmpty else { return nil }
    let found = Set(members.compactMap { categories[$0] })
    return ScalarClass.Item(members: .categories(found), isNegated: isNegated)
  }

  private static let categories: [String: Unicode.GeneralCategory] = [
    "Lu": .uppercaseLetter, "Ll": .lowercaseLetter, "Lt": .titlecaseLetter,
    "Lm": .modifierLetter, "Lo": .otherLetter,
    "Mn": .nonspacingMark, "Mc": .spacingMark, "Me": .enclosingMark,
    "Nd": .decimalNumber, "Nl": .letterNumber, "No": .otherNumber,
    "Pc": .connectorPunctuation, "Pd": .dashPunctuation, "Ps": .openPunctuation,
    "Pe": .closePunctuation, "Pi": .initialPunctuation, "Pf": .finalPunctuation,
    "Po": .otherPunctuation,
    "Sm": .mathSymbol, "Sc": .currencySymbol, "Sk": .modifierSymbol, "So": .otherSymbol,
    "Zs": .spaceSeparator, "Zl": .lineSeparator, "Zp": .paragraphSeparator,
    "Cc": .control, "Cf": .format, "Cs": .surrogate, "Co": .privateUse, "Cn": .unassigned,
  ]
}
