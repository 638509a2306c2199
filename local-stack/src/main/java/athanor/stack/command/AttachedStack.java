package athanor.stack.command;

import athanor.stack.LocalStack;
import athanor.stack.StackAddress;
import athanor.stack.infra.StackProblem;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stack that a command works with: one elsewhere, the one that runs here already, or one that is started for this command
 * and stops with it.
 */
record AttachedStack(StackAddress address, @Nullable LocalStack own) implements AutoCloseable {

    /** @param baseModelFolder where the wanted base model lies; a stack of our own is told of it */
    static AttachedStack attachOrStart(
            ServerOptions server, StackOptions options, Terminal terminal, List<Path> baseModelFolder) {
        Optional<StackAddress> elsewhere = server.suite();
        if (elsewhere.isPresent()) {
            if (!baseModelFolder.isEmpty()) {
                throw new StackProblem(
                        "a suite elsewhere cannot read base models in %s; put the model where its services look and name it without a path"
                                .formatted(baseModelFolder.get(0)));
            }
            terminal.line("using the suite at %s".formatted(elsewhere.get().ingest()));
            return new AttachedStack(elsewhere.get(), null);
        }
        Optional<StackAddress> running = running(options);
        if (running.isPresent()) {
            terminal.line(
                    "using the stack that runs on %s".formatted(options.data().path()));
            for (Path folder : baseModelFolder) {
                if (!running.get().baseModels().contains(folder)) {
                    throw new StackProblem(
                            "the running stack does not look for base models in %s; start it again with ./athanor up --base-models %s"
                                    .formatted(folder, folder));
                }
            }
            return new AttachedStack(running.get(), null);
        }
        LocalStack started = options.start(terminal, options.all(), baseModelFolder);
        return new AttachedStack(started.settings().address(), started);
    }

    private static Optional<StackAddress> running(StackOptions options) {
        try {
            return StackAddress.find(options.data());
        } catch (IOException e) {
            throw new StackProblem(
                    "%s cannot be read: %s".formatted(options.data().path(), e.getMessage()), e);
        }
    }

    /** What becomes of a run when the command is interrupted that follows it. */
    String onInterrupt(String runId) {
        return own == null
                ? goesOn(runId)
                : "the stack stops with this command; run %s goes on with ./athanor up --data %s"
                        .formatted(runId, own.settings().data().path());
    }

    /** Of a run that does not depend on the process that follows it. */
    static String goesOn(String runId) {
        return "run %s goes on: ./athanor run %s --out DIR follows it and fetches what it makes, ./athanor cancel %s ends it"
                .formatted(runId, runId, runId);
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
