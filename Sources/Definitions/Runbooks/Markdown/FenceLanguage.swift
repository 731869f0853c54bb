/// What the language of a fence makes of the block.
enum FenceLanguage: Equatable {
  case shell, text
  case query(String)

  init(_ name: String) {
    switch name {
    case "bash", "sh", "shell", "zsh", "ksh", "dash", "console": self = .shell
    case "promql", "logql", "traceql", "sql", "mysql", "psql", "kql", "influxql", "flux", "cypher":
      self = .query(name)
    default: self = .text
    }
  }
}
