/// Makes text from outside safe to show: no control, no reordering, nothing invisible.
///
/// Everything that leaves the program passes here: the canvas, printed output, the window title,
/// the clipboard. A label value or an error message can hold escape sequences, characters that
/// reorder a row, or thousands of marks on one letter; a reader must see that something odd is
/// there, and never be shown something else than what is.
package enum Sanitizer {
  /// How many scalars of one line are looked at; what follows is cut.
  package static let scalarLimit = 4096

  /// One line of safe text, at most `limit` scalars of it, with an ellipsis when cut.
  ///
  /// - Line ends of every kind and tabs become a space, CR LF one space.
  /// - Other control characters, unassigned and private scalars become U+FFFD (in ASCII `?`).
  /// - What has no look of its own (bidirectional and zero-width controls, joiners, tags,
  ///   variation selectors, soft hyphens) and skin tones are dropped, so an emoji sequence becomes
  ///   the emoji it is made of; flags become their two letters.
  /// - Marks beyond four on one character are dropped; a mark without a base gets a dotted circle.
  package static func line<Text: StringProtocol>(
    _ text: Text, limit: Int = scalarLimit, glyphs: Glyphs = .unicode
  ) -> String where Text.SubSequence == Substring {
    if isPrintableASCII(text), text.utf8.count <= limit { return String(text) }
    var characters = SanitizedText(text[...], replacement: glyphs.replacement, limit: limit)
    var line = ""
    while let character = characters.next() { character.append(to: &line) }
    if characters.isCut { line.unicodeScalars.append(glyphs.ellipsis) }
    return line
  }

  /// The lines of `text`, each made safe as by ``line(_:limit:glyphs:)``.
  package static func paragraphs<Text: StringProtocol>(
    _ text: Text, glyphs: Glyphs = .unicode
  ) -> [String] where Text.SubSequence == Substring {
    text[...].split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { line($0, glyphs: glyphs) }
  }

  private static func isPrintableASCII(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
  }
}

// The rules, scalar by scalar.
extension Sanitizer {
  /// What becomes of one scalar.
  enum Treatment: Equatable {
    /// It is shown and takes this many cells, 1 or 2.
    case shown(width: Int)
    /// It combines with the character before it.
    case mark
    /// Another scalar, one cell wide, is shown in its place.
    case replaced(by: Unicode.Scalar)
    /// The replacement sign is shown in its place.
    case refused
    /// Nothing is shown.
    case dropped
  }

  /// What becomes of `scalar`.
  static func treatment(of scalar: Unicode.Scalar) -> Treatment {
    switch scalar.value {
    case 0x20..<0x7F: .shown(width: 1)
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: .replaced(by: " ")
    case 0x1F1E6...0x1F1FF: .replaced(by: flagLetter(scalar))
    case 0x1F3FB...0x1F3FF: .dropped
    default: isInvisible(scalar) ? .dropped : treatmentByWidth(of: scalar)
    }
  }

  private static func treatmentByWidth(of scalar: Unicode.Scalar) -> Treatment {
    switch DisplayWidth.of(scalar) {
    case 0: .mark
    case .some(let width): .shown(width: width)
    case nil: .refused
    }
  }

  /// The capital letter that a regional indicator stands for: terminals draw a flag in one, two or
  /// four cells, the two letters always in two.
  private static func flagLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(UInt8(scalar.value - 0x1F1E6) + UInt8(ascii: "A"))
  }

  /// Whether the scalar is one that a terminal shows as nothing or obeys: Unicode's
  /// Default_Ignorable_Code_Point and Bidi_Control.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0xAD: false
    case 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F: true
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x3164: true
    case 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFF8: true
    case 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF: true
    default: false
    }
  }
}
