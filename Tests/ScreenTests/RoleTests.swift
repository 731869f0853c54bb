import Screen
import Testing

struct RoleTests {
  @Test("Every role has a letter of its own")
  func lettersAreUnique() {
    #expect(Set(Role.allCases.map(\.letter)).count == Role.allCases.count)
  }

  @Test("Every role is found by its name", arguments: Role.allCases)
  func nameRoundTrip(role: Role) {
    #expect(Role(name: role.name) == role)
    #expect(role.name.allSatisfy { $0 == "-" || ("a"..."z").contains($0) })
  }

  @Test("A name that no role has finds nothing")
  func unknownName() {
    #expect(Role(name: "noData") == nil)
  }
}
