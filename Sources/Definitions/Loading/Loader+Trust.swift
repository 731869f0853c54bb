extension Loader {
  /// Why commands of a file must not be run now, as a clause; `nil` when they may.
  ///
  /// Looks again at what was looked at when the file was read, because owners and permissions change,
  /// and at where symbolic links on the way really lead.
  package func commandRefusal(of path: String) -> String? {
    let reader = FileReader(loader: self)
    let real = files.resolved(path)
    for place in real == path ? [path] : [path, real] {
      let own = files.access(to: place).flatMap { reader.commandProblem(ofFile: $0, at: place) }
      if let problem = reader.commandProblem(own, at: place) {
        return problem.clause
      }
    }
    return nil
  }
}
