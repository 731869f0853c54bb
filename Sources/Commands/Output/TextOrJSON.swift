import ArgumentParser

/// The two forms that most commands can print.
enum TextOrJSON: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
