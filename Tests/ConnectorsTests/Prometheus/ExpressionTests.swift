import Connectors
import Reliability
import Testing

@Suite("Expressions")
struct ExpressionTests {
  @Test("Every window is replaced, other braces stay")
  func windowIsReplaced() {
    let expression = Expression("sum(a{b=\"c\"}[{{window}}]) / sum(a[{{window}}]) * {{other}}")
    #expect(
      expression.filled(with: .hours(1))
        == "sum(a{b=\"c\"}[1h]) / sum(a[1h]) * {{other}}")
  }

  @Test(
    "Expressions that pair their brackets may be asked",
    arguments: [
      "sum(a[5m])", "a{b=\"(\"}", "a{b='it\\'s )'}", "a{b=`\\`} # closes nothing )",
      "# only first )\nsum(a)", "sum by (x, y) (a)", "a{b=\"\\\"(\"}",
    ])
  func soundExpressions(text: String) {
    #expect(Expression(text).fault == nil)
  }

  @Test(
    "Expressions that could leave their parentheses are refused with the reason",
    arguments: [
      ("a) or (b", "a \")\" closes nothing"), ("sum(a", "a \")\" is missing"),
      ("a, \"x\"", "a comma stands outside brackets"),
      ("a{b=\"c}", "a string that begins with \" never ends"),
      ("a{b='c\n'}", "a string that begins with ' never ends"), ("a[5m)", "a \")\" closes nothing"),
      ("", "it is empty"), ("  # nothing\n", "it is empty"),
    ])
  func unsoundExpressions(text: String, fault: String) {
    #expect(Expression(text).fault == fault)
  }
}
