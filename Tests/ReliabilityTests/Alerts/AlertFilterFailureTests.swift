import Reliability
import Testing

@Suite("Filters that cannot be used")
struct AlertFilterFailureTests {
  @Test(
    "Every failure names its place and what to write",
    arguments: [
      ("!", 0, #"nothing follows "!"; write what must not hold, or remove it"#),
      ("a -", 2, #"nothing follows "-"; write what must not hold, or remove it"#),
      (
        "severity=", 9,
        "\"severity=\" has no value; write one, or severity=\"\" for alerts "
          + "without the label"
      ),
      (
        "x severity!= y", 12,
        "\"severity!=\" has no value; write one, or severity=\"\" for alerts "
          + "without the label"
      ),
      ("=page", 0, #"no label stands before "="; write name=value without blanks"#),
      ("severity = page", 9, #"no label stands before "="; write name=value without blanks"#),
      ("\"\"=page", 0, #"no label stands before "="; write name=value without blanks"#),
      ("a \"\"", 2, "there is nothing in the quotes; write the text to look for"),
      ("a=\"b c", 2, "the quote is never closed; add \""),
      ("a 'b c", 2, "the quote is never closed; add '"),
      (#"a="b\d""#, 4, #""\d" means nothing in quotes; write "\\" for a backslash"#),
      (#"a="b"c"#, 5, #""c" follows a closing quote; put a blank between them"#),
      (#""b"c"#, 3, #""c" follows a closing quote; put a blank between them"#),
      ("a==b", 2, #"a is compared with "=b"; write "=" once, or the value in quotes"#),
      ("a=~x(y", 4, #"the pattern of a cannot be used: "(" is never closed; add ")""#),
      (#"a=~"\\\\(y""#, 8, #"the pattern of a cannot be used: "(" is never closed; add ")""#),
      (
        #"a=~"b)""#, 5,
        #"the pattern of a cannot be used: ")" closes no group; remove it, or write "\)""#
      ),
      (
        "a=~b\\", 4,
        "the pattern of a cannot be used: nothing follows the backslash; write \"\\\\\" for a "
          + "backslash"
      ),
      ("state:", 6, "state: needs a state; write one such as state:firing"),
      ("is:", 3, "is: needs a state; write one such as is:firing"),
      (
        "state:firing,on", 13,
        "\"on\" is no state; use firing, pending, acked, silenced, inhibited or resolved"
      ),
      ("sev:", 4, "sev: needs a severity; write page, ticket or info"),
      ("sev:red", 4, #""red" is no severity; use page, ticket or info"#),
      ("by:", 3, "by: needs a name; write a part of it"),
      ("age>", 4, "age> needs a length of time; write one such as age>10m"),
      ("age<=", 5, "age<= needs a length of time; write one such as age<=10m"),
      (
        "x age>10", 6,
        #""10" is no length of time; write one such as 90s, 10m, 1h30m or 2d"#
      ),
    ])
  func failures(text: String, position: Int, message: String) {
    do throws(AlertFilter.Failure) {
      _ = try AlertFilter(parsing: text)
      Issue.record("\(text) was read")
    } catch {
      #expect(error.position == position, "\(text)")
      #expect(error.message == message)
    }
  }

  @Test("Whatever is typed is a filter or a failure within the text")
  func garbage() {
    var random = SteadyRandom(seed: 11)
    for _ in 0..<4_000 {
      let text = random.text(of: "as:tevgiby \"'\\=!~<>-,.(*é\n10m", upTo: 14)
      do throws(AlertFilter.Failure) {
        _ = try AlertFilter(parsing: text).matches(MatchingSamples.alert(), at: .epoch)
      } catch {
        #expect((0...text.unicodeScalars.count).contains(error.position), "\(text)")
        #expect(!error.message.isEmpty)
      }
    }
  }
}
