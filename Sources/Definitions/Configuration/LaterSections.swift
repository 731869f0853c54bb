import Yams

/// The sections that this version validates but does not use yet.
struct LaterSections {
  private let section: Section<ConfigDocument.Key>

  init(_ section: Section<ConfigDocument.Key>) {
    self.section = section
  }

  func check() {
    section[.policies]?.rejectUnlessEmpty(
      "An error budget policy", instead: "Remove the section; the default zones apply.")
  }
}

extension Value {
  fileprivate func rejectUnlessEmpty(_ feature: String, instead: String) {
    if case .sequence(let items) = node, items.isEmpty { return }
    report(.serviceLevel(.unsupported(feature, instead: instead)))
  }
}
