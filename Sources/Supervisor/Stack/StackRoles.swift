import ArgumentParser
import Contracts

/// The value of `--only`: roles divided by commas.
struct StackRoles: ExpressibleByArgument {
    static let names = ProcessRole.allCases.filter { $0 != .supervisor }.map(\.name)

    let roles: Set<ProcessRole>

    init?(argument: String) {
        var roles: Set<ProcessRole> = []
        for name in argument.split(separator: ",") {
            guard let role = ProcessRole(rawValue: String(name)), role != .supervisor else { return nil }
            roles.insert(role)
        }
        guard !roles.isEmpty else { return nil }
        self.roles = roles
    }
}
