import Reliability
import Testing

@Suite("Label sets")
struct LabelSetTests {
  @Test(
    "The fingerprint is the one that Alertmanager 0.25 gave",
    arguments: [
      (["alertname": "Other"], "fb4cff4c004f5214"),
      (["alertname": "AlwaysOn", "severity": "page"], "2f55fc035ff81be4"),
      (
        ["alertname": "DBSlow", "cluster": "c1", "severity": "warning", "team": "db"],
        "87eeb78fa8791349"
      ),
      (
        [
          "alertname": "DBDown", "cluster": "c1", "instance": "a b\"c", "severity": "critical",
          "team": "db",
        ], "29ded7cb4a98dd32"
      ),
    ])
  func fingerprint(labels: [String: String], fingerprint: String) {
    #expect(LabelSet(labels).fingerprint == fingerprint)
  }

  @Test("The fingerprint always has sixteen digits, and no labels have the hash's beginning")
  func digits() {
    #expect(LabelSet([:]).fingerprint == "cbf29ce484222325")
    let lengths = Set((0..<500).map { LabelSet(["alertname": "A\($0)"]).fingerprint.count })
    #expect(lengths == [16])
  }

  @Test("An empty value is no label, names are sorted, and the first of two values counts")
  func making() {
    let labels = LabelSet([(name: "b", value: "1"), ("a", "2"), ("b", "3"), ("c", "")])
    #expect(labels.labels.map(\.name) == ["a", "b"])
    #expect(labels["b"] == "1")
    #expect(labels["c"] == "")
    #expect(labels == LabelSet(["a": "2", "b": "1", "c": ""]))
    #expect(labels.fingerprint == LabelSet(["b": "1", "a": "2"]).fingerprint)
    #expect(labels.description == #"{a="2", b="1"}"#)
  }
}

@Suite("Marks of requests in comments")
struct RequestMarkTests {
  @Test(
    "A mark is found again, whatever stands before it", arguments: ["", "x", "a [burnwatch b]"])
  func found(comment: String) {
    let marked = RequestMark.marked(comment, "7f-2a")
    #expect(marked == "\(comment) [burnwatch 7f-2a]")
    #expect(RequestMark.requestID(in: marked) == "7f-2a")
    #expect(RequestMark.removed(from: marked) == comment)
  }

  @Test(
    "Other comments have none and stay as they are",
    arguments: [
      "", "ACK! karma", " [burnwatch ]", " [burnwatch A]", " [burnwatch a b]", "x [burnwatch a] y",
      " [burnwatch a", "[burnwatch a]",
    ])
  func none(comment: String) {
    #expect(RequestMark.requestID(in: comment) == nil)
    #expect(RequestMark.removed(from: comment) == comment)
  }

  @Test("A silence's remark is what the operator wrote")
  func remark() {
    func remark(_ comment: String) -> String {
      Silence(
        id: "s", cluster: "am", matchers: [], startsAt: .epoch, endsAt: .epoch, updatedAt: .epoch,
        createdBy: "", comment: comment, state: .active
      ).remark
    }
    #expect(remark(RequestMark.marked("ACK! looking", "a-1")) == "looking")
    #expect(remark("ACK!looking") == "looking")
    #expect(remark("works until noon") == "works until noon")
    #expect(remark(RequestMark.marked("works", "a-1")) == "works")
  }
}
