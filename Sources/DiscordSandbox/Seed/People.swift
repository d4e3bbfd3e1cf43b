/// The people of the seeded guild. Those with a place in the crew stand in the middle, so that the first and the last
/// names are ordinary members.
enum People {
    struct Person: Sendable {
        let name: String
        let shown: String
        let language: Phrases.Language
        var role: String?
    }

    static let owner = "noor"

    static let all: [Person] = [
        Person(name: "ada", shown: "Ada", language: .english),
        Person(name: "linus", shown: "Linus K.", language: .english),
        Person(name: "grete", shown: "Grete", language: .german),
        Person(name: "haruto", shown: "はると", language: .japanese),
        Person(name: "lucia", shown: "Lucía", language: .spanish),
        Person(name: "jonas", shown: "Jonas", language: .german),
        Person(name: "sakura", shown: "さくら", language: .japanese),
        Person(name: "diego", shown: "Diego", language: .spanish),
        Person(name: "maeve", shown: "Maeve", language: .english),
        Person(name: "otto", shown: "Otto", language: .german),
        Person(name: "ren", shown: "蓮", language: .japanese),
        Person(name: "valentina", shown: "Valentina", language: .spanish),
        Person(name: "priya", shown: "Priya", language: .english),
        Person(name: "theo", shown: "Theo", language: .english),
        Person(name: "noor", shown: "Noor", language: .english, role: "Admin"),
        Person(name: "grace", shown: "Grace", language: .english, role: "Admin"),
        Person(name: "mateo", shown: "Mateo", language: .spanish, role: "Moderator"),
        Person(name: "yuki", shown: "ゆき", language: .japanese, role: "Moderator"),
        Person(name: "frieda", shown: "Frieda", language: .german, role: "Moderator"),
        Person(name: "sam", shown: "Sam", language: .english, role: "Helper"),
        Person(name: "aiko", shown: "あいこ", language: .japanese, role: "Helper"),
        Person(name: "carlos", shown: "Carlos", language: .spanish, role: "Helper"),
        Person(name: "ines", shown: "Inés", language: .spanish, role: "Regular"),
        Person(name: "emil", shown: "Emil", language: .german, role: "Regular"),
        Person(name: "olivia", shown: "Olivia", language: .english, role: "Regular"),
        Person(name: "kenji", shown: "健二", language: .japanese),
        Person(name: "sofia", shown: "Sofía", language: .spanish),
        Person(name: "bruno", shown: "Bruno", language: .german),
        Person(name: "hana", shown: "はな", language: .japanese),
        Person(name: "pablo", shown: "Pablo", language: .spanish),
        Person(name: "lotte", shown: "Lotte", language: .german),
        Person(name: "iris", shown: "Iris", language: .english),
        Person(name: "takumi", shown: "匠", language: .japanese),
        Person(name: "elena", shown: "Elena", language: .spanish),
        Person(name: "karl", shown: "Karl", language: .german),
        Person(name: "wren", shown: "Wren", language: .english), Person(name: "mio", shown: "みお", language: .japanese),
        Person(name: "rosa", shown: "Rosa", language: .spanish),
        Person(name: "anton", shown: "Anton", language: .german),
        Person(name: "quinn", shown: "Quinn", language: .english),
    ]
}
