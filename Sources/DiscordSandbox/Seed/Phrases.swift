/// What the people of the seeded guild say.
enum Phrases {
    enum Language: Int, CaseIterable, Sendable { case english, german, japanese, spanish }

    static func small(_ language: Language) -> [String] {
        switch language {
        case .english: english
        case .german: german
        case .japanese: japanese
        case .spanish: spanish
        }
    }

    static let english = [
        "Good morning, harbor! ☀️", "Has anyone tried the new build yet?",
        "The ferry is late again, so I have time to read.",
        "I pushed a fix for the scheduler, reviews welcome.", "That talk about lighthouse optics was great.",
        "Coffee first, then the backlog.", "Does the search index handle typos?", "Thanks, that solved it!",
        "I'll be at the meetup on Thursday.", "Deploy is green, going for lunch.",
        "My cat walked over the keyboard: kkkkkkjjj",
        "Who wants to pair on the parser tonight?", "Nice catch 👏", "I can reproduce it on Linux but not on macOS.",
        "Reminder: the tide table moved to the wiki.", "Is the staging server down for anyone else?",
        "Happy Friday everyone 🎉", "The docs could use an example here.", "Same here, restarting helped.",
        "I drew the new logo, feedback please!",
    ]
    static let german = [
        "Moin zusammen!", "Kann mir jemand mit der Einrichtung helfen?", "Der Hafen ist heute im Nebel versunken.",
        "Die Übersetzung ist fertig, bitte einmal drüberschauen.", "Schönes Wochenende euch allen!",
        "Ich habe den Fehler gefunden: ein vergessenes Komma.", "Wer fährt mit zum Treffen nach Bremen?",
        "Danke, das hat geklappt 👍", "Größere Änderungen bitte erst besprechen.", "Läuft bei mir einwandfrei.",
        "Heute Abend gibt es Fischbrötchen am Kai.", "Die Prüfung schlägt nur auf dem alten Rechner fehl.",
    ]
    static let japanese = [
        "おはようございます！", "新しいバージョンを試しました。とても速いです。", "この設定はどこで変更できますか？",
        "ありがとうございます、助かりました。", "港の写真を撮ってきました📷", "今日は雨なので家で開発します。",
        "検索が日本語でも使えるのは嬉しいですね。", "会議は午後三時からです。", "エラーが再現できませんでした。",
        "お疲れさまでした！", "コーヒーを飲みながらレビューしています。", "週末の勉強会に参加します。",
    ]
    static let spanish = [
        "¡Buenos días a todos!", "¿Alguien sabe cómo se configura esto?", "El puerto está precioso hoy.",
        "Ya subí los cambios, ¿pueden revisarlos?", "Gracias, ahora funciona perfectamente.",
        "Mañana no estaré disponible.", "¡Qué buena noticia! 🎉", "El servidor tardó mucho en responder.",
        "¿Nos vemos en la reunión del jueves?", "He añadido una prueba para ese caso.",
        "La traducción al español está lista.", "Hoy toca paella en la cocina del muelle.",
    ]
    static let questions = [
        "How do I reset my notification settings?", "The install script stops at step 3, what am I missing?",
        "Wie ändere ich meinen Spitznamen?", "ログインできません。どうすればいいですか？",
        "¿Cómo puedo exportar mis datos?", "Where can I find the API limits?",
        "My webhook answers 404 since yesterday.",
        "Is there a way to search old messages?",
    ]
    static let answers = [
        "Check the pinned message, second paragraph.", "Please send the log of the last run.",
        "Schau mal in die Einstellungen unter „Profil“.", "設定画面の一番下にあります。", "Está en la guía, sección cuatro.",
        "Restart once and tell us whether it comes back.", "That was fixed in 2.4, please update.",
    ]
    static let announcements = [
        "Release 2.4 is out: faster search, calmer notifications. Details in the wiki.",
        "Maintenance on Sunday 06:00 UTC, about twenty minutes.", "Welcome our two new moderators! 👋",
        "The harbor meetup has a date: bring biscuits.", "Community rules were clarified: please read point five.",
    ]
    static let moderatorNotes = [
        "Removed two scam links in #general.", "Gave a warning for caps and spam, no further action.",
        "Appeal received, let us look at it together on Monday.", "Timeout lifted after a good talk.",
        "Same invite spam as last week, different account.",
    ]
    static let staffNotes = ["Budget for the meetup is approved.", "Next staff round on Tuesday."]

    /// What fills large archives: the same and sentences with a number, of which no two need be alike.
    static func large(_ language: Language) -> [String] {
        switch language {
        case .english: largeEnglish
        case .german: largeGerman
        case .japanese: largeJapanese
        case .spanish: largeSpanish
        }
    }

    private static let largeEnglish =
        english + [
            "Ticket # is done, thanks for the review.", "Build # failed on the second step, looking into it.",
            "Measured it: # milliseconds, down from twice that.", "Berth # is free again since this morning.",
            "The photo from pier # is in the album: https://pictures.example/pier/#",
            "Can somebody restart worker #? It has been quiet for an hour.",
            "I wrote the minutes of meeting #, please correct what I got wrong.",
            "We have # open questions left before the release, most of them small. Let us take them one by one on Thursday.",
            "lol", "yes", "no idea", "same here", "thanks!",
        ]
    private static let largeGerman =
        german + [
            "Ticket # ist erledigt.", "Messung #: alles im grünen Bereich.", "Liegeplatz # ist wieder frei.",
            "Wer kümmert sich um Vorgang #? Ich habe heute keine Zeit dafür.",
            "Das Protokoll der Sitzung # liegt im Wiki: https://wiki.example/protokoll/#", "genau", "danke dir",
        ]
    private static let largeJapanese =
        japanese + ["チケット#は完了しました。", "測定結果は#ミリ秒です。", "バース#が空きました。", "了解です", "なるほど"]
    private static let largeSpanish =
        spanish + [
            "El ticket # está cerrado.", "Medición #: todo en orden.", "El amarre # está libre otra vez.",
            "¿Quién revisa el informe #? Lo subí anoche con las cifras nuevas.", "vale", "gracias",
        ]
}
