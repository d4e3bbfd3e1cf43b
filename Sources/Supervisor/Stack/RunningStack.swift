import Contracts
import Logging
import ProcessKit
import Supervision
import UnixSignals

/// A stack from its start to its end.
struct RunningStack: Sendable {
    let plan: StackPlan
    let tree: ProcessTree
    let readiness: Readiness
    let logger: Logger
    /// Where the ready report goes beside the data directory; nil: nowhere.
    let readyFile: String?
    /// A container that plays some roles is not the one to make keys.
    let makesFirstKey: Bool

    func run() async -> ExitStatus {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.listenForSignals() }
            group.addTask { await self.serveControl() }
            group.addTask { await self.announce() }
            let outcome = await tree.run()
            await tree.closeControl()
            group.cancelAll()
            return status(of: outcome)
        }
    }

    /// The first signal drains, the second one kills.
    private func listenForSignals() async {
        var isStopping = false
        for await _ in await UnixSignalsSequence(trapping: .sigterm, .sigint) {
            readiness.stopping()
            if !isStopping { logger.info("stopping; a second signal ends everything at once") }
            await tree.stop(fast: isStopping)
            // While our copy is open, the kernel takes connections that no front door will accept.
            if !isStopping { plan.listener?.close() }
            isStopping = true
        }
    }

    private func serveControl() async {
        do {
            try await tree.serveControl(at: plan.directory.controlSocket)
        } catch {
            logger.error("no control socket", metadata: [LogKey.error: "\(error)"])
            await tree.stop()
        }
    }

    private func announce() async {
        guard await tree.waitUntilReady() else { return }
        do {
            let firstKey: String? =
                if makesFirstKey, let url = plan.redis?.endpoint.url ?? plan.settings[.redisURL] {
                    try await FirstKey(
                        directory: plan.directory,
                        journal: OperatorJournal(settings: plan.settings, directory: plan.directory)
                    ).make(redisURL: url)
                } else {
                    nil
                }
            var report = ReadyReport(plan, processes: await tree.status(), firstKey: firstKey)
            // Shown first: the key is in no other place, should the file not be writable.
            if plan.roles.contains(.frontDoor) {
                Terminal.print(ReadyBlock(report: report, program: StackPlan.ownPath).text)
            }
            if let readyFile { try report.write(to: readyFile) }
            // The copy for our own commands lives as long as the data directory: no key in it.
            report.adminKey = nil
            try report.write(to: plan.directory.readyFile)
            readiness.ready()
        } catch {
            logger.error("ready, but the start cannot be finished", metadata: [LogKey.error: "\(error)"])
            await tree.stop()
        }
    }

    private func status(of outcome: ProcessTree.Outcome) -> ExitStatus {
        switch outcome {
        case .stopped: return .done
        case .failed(let id, let failure):
            logger.critical(
                "the stack has ended because a process failed for good; its lines above say why",
                metadata: [LogKey.process: "\(id)", LogKey.reason: "\(failure)"])
            return failure.isConfiguration ? .wrongConfiguration : .childFailed
        }
    }
}
