import Glibc
import ProcessKit
import SharedState

/// The secret of the stack's tokens: the operator's, or one of our own that is kept beside the keys.
enum SigningSecret {
    static func obtain(_ settings: Settings, in directory: DataDirectory) throws -> String {
        if let given = settings[.jwtSecretKey] {
            do {
                try JWTSecret.validate(given)
            } catch {
                throw ConfigurationFault("\(error)")
            }
            return given
        }
        if let kept = TextFile.read(directory.jwtSecretFile), (try? JWTSecret.validate(kept)) != nil { return kept }
        var random = SystemRandomNumberGenerator()
        let secret = JWTSecret.generate(using: &random)
        try AtomicFile.write(Array("\(secret)\n".utf8), to: directory.jwtSecretFile)
        return secret
    }
}
