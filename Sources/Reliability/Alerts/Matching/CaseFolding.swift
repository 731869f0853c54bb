/// Which scalars are the same but for their case, by Unicode's simple case folding.
enum CaseFolding {
  /// A scalar with all that fold to the same one.
  static func orbit(of scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    // The dotted and the dotless i fold only in Turkish.
    guard scalar != "\u{130}", scalar != "\u{131}" else { return [scalar] }
    let key = folded(scalar)
    var orbit = [scalar, key]
    orbit += [single(key.properties.uppercaseMapping), single(key.properties.titlecaseMapping)]
      .compactMap(\.self)
    orbit += further[key] ?? []
    return orbit
  }

  private static func folded(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    let upper =
      single(scalar.properties.uppercaseMapping) ?? single(scalar.properties.titlecaseMapping)
      ?? scalar
    return single(upper.properties.lowercaseMapping) ?? upper
  }

  /// The scalar of a mapping to one; longer ones are not simple.
  private static func single(_ mapping: String) -> Unicode.Scalar? {
    let scalars = mapping.unicodeScalars
    return scalars.count == 1 ? scalars.first : nil
  }

  /// What folds to a scalar without being its upper or title case (Unicode's CaseFolding.txt).
  private static let further: [Unicode.Scalar: [Unicode.Scalar]] = [
    "k": ["\u{212A}"], "s": ["\u{17F}"], "\u{DF}": ["\u{1E9E}"], "\u{E5}": ["\u{212B}"],
    "\u{1E61}": ["\u{1E9B}"],
    "\u{3B2}": ["\u{3D0}"], "\u{3B5}": ["\u{3F5}"], "\u{3B8}": ["\u{3D1}", "\u{3F4}"],
    "\u{3B9}": ["\u{345}", "\u{1FBE}"], "\u{3BA}": ["\u{3F0}"], "\u{3BC}": ["\u{B5}"],
    "\u{3C0}": ["\u{3D6}"], "\u{3C1}": ["\u{3F1}"], "\u{3C3}": ["\u{3C2}"],
    "\u{3C6}": ["\u{3D5}"], "\u{3C9}": ["\u{2126}"],
    "\u{432}": ["\u{1C80}"], "\u{434}": ["\u{1C81}"], "\u{43E}": ["\u{1C82}"],
    "\u{441}": ["\u{1C83}"], "\u{442}": ["\u{1C84}", "\u{1C85}"], "\u{44A}": ["\u{1C86}"],
    "\u{463}": ["\u{1C87}"], "\u{A64B}": ["\u{1C88}"],
  ]
}
