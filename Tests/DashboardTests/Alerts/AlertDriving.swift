import Reliability
import Screen

@testable import Dashboard

extension Key: @retroactive ExpressibleByUnicodeScalarLiteral {}
