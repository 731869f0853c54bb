/// A color as a theme names it.
package enum Color: Hashable, Sendable {
  /// The terminal's own color.
  case terminalDefault
  /// One of the 16 colors, 0...15, which the terminal's own scheme defines.
  case ansi(UInt8)
  /// One of the 256 colors.
  case palette(UInt8)
  /// A color by its red, green and blue parts.
  case rgb(UInt8, UInt8, UInt8)
}

/// How many colors the terminal shows.
package enum ColorDepth: Hashable, Sendable, CaseIterable {
  /// No colors, attributes only.
  case none
  /// Eight colors; bold stands for their bright twins.
  case eight
  /// Sixteen colors.
  case sixteen
  /// The 256 colors: 16, a cube of 216 and 24 grays.
  case twoHundredFiftySix
}

// What is left of a color in a terminal with fewer.
extension Color {
  /// The palette number that comes nearest at this depth; `nil` for the terminal's own color.
  ///
  /// At eight colors the number is still one of 16: the caller shows 8...15 as bold 0...7.
  func index(at depth: ColorDepth) -> UInt8? {
    guard let exact = exactIndex else { return nil }
    switch depth {
    case .none: return nil
    case .twoHundredFiftySix: return exact
    case .sixteen, .eight: return exact < 16 ? exact : Color.nearestOf16(to: components)
    }
  }

  /// The number among the 256; a color given by its parts takes the nearest of cube and grays,
  /// because terminals let users change the first 16.
  private var exactIndex: UInt8? {
    switch self {
    case .terminalDefault: nil
    case .ansi(let number): min(number, 15)
    case .palette(let number): number
    case .rgb(let red, let green, let blue): Color.nearestOf256(to: RGB(red, green, blue))
    }
  }

  private var components: RGB {
    switch self {
    case .terminalDefault: RGB(0, 0, 0)
    case .ansi(let number): Color.components(of: min(number, 15))
    case .palette(let number): Color.components(of: number)
    case .rgb(let red, let green, let blue): RGB(red, green, blue)
    }
  }

  private static func nearestOf256(to color: RGB) -> UInt8 {
    nearest(to: color, among: 16...255)
  }

  private static func nearestOf16(to color: RGB) -> UInt8 {
    nearest(to: color, among: 0...15)
  }

  private static func nearest(to color: RGB, among numbers: ClosedRange<UInt8>) -> UInt8 {
    numbers.min { color.distance(to: components(of: $0)) < color.distance(to: components(of: $1)) }
      ?? numbers.lowerBound
  }

  /// The parts of a palette number as xterm defines them.
  static func components(of number: UInt8) -> RGB {
    switch number {
    case 0..<16:
      return xterm16[Int(number)]
    case 16..<232:
      let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
      let cube = Int(number) - 16
      return RGB(levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    default:
      let gray = 8 + 10 * (number - 232)
      return RGB(gray, gray, gray)
    }
  }

  private static let xterm16: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0),
    RGB(0, 0, 238), RGB(205, 0, 205), RGB(0, 205, 205), RGB(229, 229, 229),
    RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]
}

/// Red, green and blue, 0...255 each.
struct RGB: Hashable {
  let red: UInt8
  let green: UInt8
  let blue: UInt8

  init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The weighted squared distance, which follows the eye better than the plain one: it sees
  /// green most and blue least.
  func distance(to other: RGB) -> Int {
    let red = Int(red) - Int(other.red)
    let green = Int(green) - Int(other.green)
    let blue = Int(blue) - Int(other.blue)
    return 3 * red * red + 4 * green * green + 2 * blue * blue
  }

  /// Whether dark text reads better on this color than light text; weights of ITU-R BT.601.
  var isLight: Bool {
    299 * Int(red) + 587 * Int(green) + 114 * Int(blue) > 127_500
  }
}
