package athanor.stack.command;

import athanor.stack.infra.DataFolder;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "down",
        description = "Stops the stack that runs on the data folder, whoever started it.",
        mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

    private static final int PATIENCE_SECONDS = 30;

    private final Terminal terminal;

    @Mixin
    private DataOption folder = new DataOption();

    @Mixin
    private JsonOption json = new JsonOption();

    DownCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        DataFolder data = folder.data();
        folder.running(); // refuses ports that are not those of this folder's stack
        Optional<ProcessHandle> holder = data.holder();
        if (holder.isEmpty()) {
            tell(false, "no stack runs on %s".formatted(data.path()));
            return 0;
        }
        terminal.status("down", "stopping process %d".formatted(holder.get().pid()));
        holder.get().destroy();
        try {
            holder.get().onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | java.util.concurrent.ExecutionException tooSlow) {
            // Its services see their input end and stop by themselves.
            holder.get().destroyForcibly();
        }
        tell(true, "stopped");
        return 0;
    }

    private void tell(boolean stopped, String sentence) {
        json.answer(terminal, Map.of("stopped", stopped), sentence);
    }
}
