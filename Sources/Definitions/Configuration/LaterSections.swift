import Yams

/// The sections that this version validates but does not use yet.
struct LaterSections {
  private enum RunbooksKey: String, SectionKey { case directories, urlPrefixes }

  private let section: Section<ConfigDocument.Key>

  init(_ section: Section<ConfigDocument.Key>) {
    self.section = section
  }

  func check() {
    section[.policies]?.rejectUnlessEmpty(
      "An error budget policy", instead: "Remove the section; the default zones apply.")
    section[.oncall]?.rejectUnlessEmpty("An on-call rotation", instead: "Remove the section.")
    checkRunbooks()
  }

  private func checkRunbooks() {
    guard let section = section[.runbooks].flatMap(Section<RunbooksKey>.init) else { return }
    _ = section[.directories]?.texts()
    _ = section[.urlPrefixes]?.textsByName()
  }
}

extension Value {
  fileprivate func rejectUnlessEmpty(_ feature: String, instead: String) {
    if case .sequence(let items) = node, items.isEmpty { return }
    report(.serviceLevel(.unsupported(feature, instead: instead)))
  }
}
