// From bytes to actions: text, controls, ESC, CSI and OSC sequences (ECMA-48 and xterm's ctlseqs).

import Screen

extension TerminalModel {
  /// The sequence that has begun and is not complete.
  struct Parser: Equatable {
    enum State: Equatable {
      case ground
      case escape
      case charset
      case control
      case command
      case commandEscape
    }
    var state = State.ground
    var collected: [UInt8] = []
  }

  /// Receives bytes.
  package mutating func receive(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { receive(byte) }
  }

  private mutating func receive(_ byte: UInt8) {
    switch parser.state {
    case .ground: receivePlain(byte)
    case .escape: receiveEscape(byte)
    case .charset: parser.state = .ground
    case .control:
      guard 0x40...0x7E ~= byte else {
        parser.collected.append(byte)
        return
      }
      parser.state = .ground
      perform(final: byte, parameters: String(decoding: parser.collected, as: UTF8.self))
    case .command, .commandEscape: receiveCommand(byte)
    }
  }

  private mutating func receivePlain(_ byte: UInt8) {
    switch byte {
    case 0x07: bellCount += 1
    case 0x08: move(column: cursor.column - 1)
    case 0x09: move(column: (cursor.column / 8 + 1) * 8)
    case 0x0A: lineFeed()
    case 0x0D: move(column: 0)
    case 0x1B: begin(.escape)
    case 0x20..<0x7F: show(Unicode.Scalar(byte))
    case 0x80...:
      // A lead byte begins a character; the last continuation byte completes it.
      if byte & 0xC0 != 0x80 { parser.collected = [] }
      parser.collected.append(byte)
      if let scalar = String(validating: parser.collected, as: UTF8.self)?.unicodeScalars.first {
        parser.collected = []
        show(scalar)
      }
    default: break
    }
  }

  private mutating func begin(_ state: Parser.State) {
    parser = Parser(state: state)
  }

  private mutating func receiveEscape(_ byte: UInt8) {
    begin(.ground)
    switch byte {
    case UInt8(ascii: "["): begin(.control)
    case UInt8(ascii: "]"): begin(.command)
    case UInt8(ascii: "("), UInt8(ascii: ")"): begin(.charset)
    case UInt8(ascii: "="): isKeypadOn = true
    case UInt8(ascii: ">"): isKeypadOn = false
    case UInt8(ascii: "M"): reverseLineFeed()
    case UInt8(ascii: "7"), UInt8(ascii: "8"): break
    default: unknownSequences.append("ESC \(Unicode.Scalar(byte))")
    }
  }

  private mutating func receiveCommand(_ byte: UInt8) {
    if byte == 0x1B {
      parser.state = .commandEscape
    } else if byte == 0x07 || parser.state == .commandEscape {
      let text = String(decoding: parser.collected, as: UTF8.self)
      begin(.ground)
      if text.hasPrefix("2;") { title = String(text.dropFirst(2)) }
    } else {
      parser.collected.append(byte)
    }
  }

  private mutating func perform(final: UInt8, parameters: String) {
    let numbers = parameters.split(separator: ";", omittingEmptySubsequences: false).map { Int($0) }
    let first = numbers.first ?? nil
    let count = max(1, first ?? 1)
    switch Character(Unicode.Scalar(final)) {
    case "A": move(row: cursor.row - count)
    case "B": move(row: cursor.row + count)
    case "C": move(column: cursor.column + count)
    case "D": move(column: cursor.column - count)
    case "G": move(column: count - 1)
    case "d": move(row: count - 1)
    case "H": move(column: ((numbers.dropFirst().first ?? nil) ?? 1) - 1, row: count - 1)
    case "J": eraseScreen(first ?? 0)
    case "K": eraseLine(first ?? 0)
    case "X": eraseCells(in: cursor.column..<cursor.column + count)
    case "@": insertBlanks(count)
    case "P": deleteCells(count)
    case "b":
      let repeated = lastCharacter.unicodeScalars.first ?? " "
      for _ in 0..<count { show(repeated) }
    case "m": setAttributes(numbers.map { $0 ?? 0 })
    case "h": setModes(parameters, isOn: true)
    case "l": setModes(parameters, isOn: false)
    case "S": scroll(region, by: count)
    case "T": scroll(region, by: -count)
    case "L": scroll(cursor.row..<region.upperBound, by: -count)
    case "M": scroll(cursor.row..<region.upperBound, by: count)
    case "r": setRegion(numbers.compactMap { $0 })
    // The stack of titles, and the look of the Linux console's cursor.
    case "t", "c": break
    default: unknownSequences.append("CSI \(parameters)\(Character(Unicode.Scalar(final)))")
    }
  }

  private mutating func setRegion(_ numbers: [Int]) {
    region = numbers.count == 2 ? numbers[0] - 1..<numbers[1] : 0..<size.rows
    move(column: 0, row: 0)
  }

  /// Default colours (39 and 49) do not end bold and its like; 0 ends all.
  private mutating func setAttributes(_ numbers: [Int]) {
    if numbers.contains(0) { hasAttributes = false }
    if numbers.contains(where: { ![0, 39, 49].contains($0) }) { hasAttributes = true }
  }

  private mutating func eraseScreen(_ part: Int) {
    switch part {
    case 0:
      eraseLine(0)
      eraseRows(cursor.row + 1..<max(cursor.row + 1, size.rows))
    case 1:
      eraseLine(1)
      eraseRows(0..<cursor.row)
    default: eraseRows(0..<size.rows)
    }
  }

  private mutating func eraseLine(_ part: Int) {
    switch part {
    case 0: eraseCells(in: cursor.column..<size.columns)
    case 1: eraseCells(in: 0..<cursor.column + 1)
    default: eraseCells(in: 0..<size.columns)
    }
  }

  private mutating func setModes(_ parameters: String, isOn: Bool) {
    if parameters == "4" { isInserting = isOn }
    guard parameters.hasPrefix("?") else { return }
    for mode in parameters.dropFirst().split(separator: ";").compactMap({ Int($0) }) {
      if mode == 1049 {
        setAlternate(isOn)
      } else if isOn {
        privateModes.insert(mode)
      } else {
        privateModes.remove(mode)
      }
    }
  }
}
