import Screen
import Testing

struct WordWrapTests {
  @Test(
    "Lines break between words, and inside a word only when it is too long",
    arguments: [
      ("", 5, [""]), ("word", 5, ["word"]), ("two words", 5, ["two", "words"]),
      ("fits five", 9, ["fits five"]), ("abcdefgh", 3, ["abc", "def", "gh"]),
      ("a abcdefgh", 4, ["a", "abcd", "efgh"]), ("one two  six", 4, ["one", "two ", "six"]),
      ("a\n\nb", 5, ["a", "", "b"]), ("a\r\nb\n", 5, ["a", "b", ""]),
      ("日本語の警告", 5, ["日本", "語の", "警告"]), ("日", 1, ["\u{FFFD}"]),
      ("e\u{301}e\u{301}e\u{301}", 2, ["e\u{301}e\u{301}", "e\u{301}"]),
    ])
  func breaks(text: String, width: Int, lines: [String]) {
    #expect(WordWrap.lines(of: text, width: width) == lines)
  }

  @Test("No width and no limit give no lines")
  func nothing() {
    #expect(WordWrap.lines(of: "text", width: 0) == [])
    #expect(WordWrap.lines(of: "text", width: 5, limit: 0) == [])
  }

  @Test("There are never more lines than the limit, nor wider ones", arguments: HostileText.all)
  func bounds(text: HostileText) {
    for width in [1, 2, 7] {
      let lines = WordWrap.lines(of: text.input, width: width, limit: 4)
      #expect(lines.count <= 4)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    }
  }
}
