package athanor.stack.command;

import athanor.stack.LocalStack;
import athanor.stack.StackListener;
import athanor.stack.StackSettings;
import athanor.stack.infra.DataFolder;
import athanor.stack.infra.LogFile;
import athanor.stack.infra.Ports;
import athanor.stack.infra.StackProblem;
import athanor.stack.service.ClassArchives;
import athanor.stack.service.Service;
import athanor.stack.terminal.ProgressBar;
import athanor.stack.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a stack is started; shared by the commands that start one. */
final class StackOptions {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of broker, store and logs (default: athanor-data/ of the project).")
    private @Nullable Path data;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = "Added to every port, to run beside something else (default: 0).")
    private int portOffset;

    @Mixin
    private BaseModelsOption baseModels = new BaseModelsOption();

    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description = "A setting of the services, as an environment variable; may be repeated.")
    private Map<String, String> environment = new LinkedHashMap<>();

    static Path home() {
        return Path.of(System.getProperty("athanor.home", "")).toAbsolutePath().normalize();
    }

    DataFolder data() {
        return new DataFolder(data == null ? home().resolve("athanor-data") : data);
    }

    Ports ports() {
        return new Ports(portOffset);
    }

    List<Path> baseModelFolders() {
        return baseModels.folders(home());
    }

    LocalStack start(Terminal terminal, Set<Service> services) {
        return start(terminal, services, List.of());
    }

    LocalStack start(Terminal terminal, Set<Service> services, List<Path> moreBaseModels) {
        List<Path> folders = new ArrayList<>(baseModelFolders());
        folders.addAll(moreBaseModels);
        for (Path folder : folders.subList(1, folders.size())) {
            if (!Files.isDirectory(folder)) {
                throw new StackProblem("%s is no folder; name one that holds base models".formatted(folder));
            }
        }
        StackSettings settings = new StackSettings(
                home(), data(), ports(), services, folders, environment, ClassArchives.ofThisProcess());
        long begin = System.nanoTime();
        try {
            LogFile.open(settings.data());
        } catch (IOException e) {
            throw new StackProblem(
                    "%s cannot be written: %s".formatted(settings.data().path(), e.getMessage()), e);
        }
        int all = services.size() + 2;
        AtomicInteger ready = new AtomicInteger();
        terminal.status("start", "starting     %s".formatted(ProgressBar.of(0, all)));
        LocalStack stack = LocalStack.start(settings, new StackListener() {
            @Override
            public void ready(String part) {
                terminal.status(
                        "start",
                        "starting     %s  %s is ready".formatted(ProgressBar.of(ready.incrementAndGet(), all), part));
            }

            @Override
            public void startedAgain(String sentence) {
                terminal.line(sentence);
            }

            @Override
            public void over(String sentence) {
                endBecause(terminal, sentence);
            }
        });
        terminal.line(String.format(java.util.Locale.ROOT, "stack ready in %.1f s", (System.nanoTime() - begin) / 1e9));
        return stack;
    }

    Set<Service> all() {
        return EnumSet.allOf(Service.class);
    }

    /** A suite with a hole in it is stopped; the hook that {@link LocalStack} has set does the rest. */
    private static void endBecause(Terminal terminal, String sentence) {
        terminal.error(sentence);
        new Thread(() -> System.exit(1), "end").start();
    }
}
