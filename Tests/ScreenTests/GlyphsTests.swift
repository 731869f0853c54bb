import Screen
import Testing

struct GlyphsTests {
  private static let sets: [Glyphs] = [.unicode, .ascii]

  /// Every sign of a set, found by reflection so that a new field cannot be forgotten.
  private static func signs(of glyphs: Glyphs) -> [Unicode.Scalar] {
    Mirror(reflecting: glyphs).children.flatMap { child in
      (child.value as? [Unicode.Scalar]) ?? [child.value as? Unicode.Scalar].compactMap(\.self)
    }
  }

  @Test("Every sign is one cell wide", arguments: sets)
  func width(glyphs: Glyphs) {
    let signs = Self.signs(of: glyphs)
    #expect(signs.count == 42)
    #expect(signs.filter { DisplayWidth.of($0) != 1 } == [])
  }

  @Test("The ASCII set is ASCII, and the Unicode set stays within the BMP")
  func repertoire() {
    #expect(Self.signs(of: .ascii).allSatisfy { $0.isASCII })
    #expect(Self.signs(of: .unicode).allSatisfy { $0.value <= 0xFFFF })
  }

  @Test("Both sets have nine eighths and eight levels", arguments: sets)
  func steps(glyphs: Glyphs) {
    #expect(glyphs.eighths.count == 9)
    #expect(glyphs.eighths.first == " ")
    #expect(glyphs.levels.count == 8)
    #expect(Set(glyphs.levels).count == 8)
    #expect(!glyphs.levels.contains(glyphs.unknownSample))
  }

  @Test("Signs that mean opposites differ", arguments: sets)
  func opposites(glyphs: Glyphs) {
    #expect(Set([glyphs.budgetFull, glyphs.budgetEmpty, glyphs.budgetOver]).count == 3)
    #expect(glyphs.check != glyphs.cross)
    #expect(glyphs.dot != glyphs.ring)
    #expect(glyphs.risingArrow != glyphs.fallingArrow)
  }
}
