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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/**
 * What the launcher's script does once after a build: starts the whole stack aside and stops it again, so that every program
 * leaves its {@linkplain ClassArchives classes} for the starts to come.
 */
@Command(name = "archive-classes", hidden = true, mixinStandardHelpOptions = true)
final class ArchiveClassesCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("athanor-archive");
        try {
            StackSettings settings = new StackSettings(
                    StackOptions.home(),
                    new DataFolder(folder),
                    Ports.nobodyUses(),
                    EnumSet.allOf(Service.class),
                    List.of(StackOptions.home().resolve("tiny-base/models")),
                    Map.of(),
                    ClassArchives.ofThisProcess().beingWritten());
            LogFile.open(settings.data());
            LocalStack.start(settings, new StackListener() {}).close();
            for (Service service : settings.services()) {
                if (!settings.archives().holds(service.module())) {
                    throw new StackProblem("%s ended without an archive of its classes".formatted(service.module()));
                }
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
