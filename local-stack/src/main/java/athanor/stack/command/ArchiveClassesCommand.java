package athanor.stack.command;

import athanor.stack.endurance.AsideStack;
import athanor.stack.infra.StackProblem;
import athanor.stack.service.ClassArchives;
import athanor.stack.service.Service;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * What the launcher's script does once after a build: starts the whole stack aside and stops it again, so that every program
 * leaves its {@linkplain ClassArchives classes} for the starts to come.
 */
@Command(name = "archive-classes", hidden = true, mixinStandardHelpOptions = true)
final class ArchiveClassesCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException {
        Set<Service> services = EnumSet.allOf(Service.class);
        ClassArchives archives = ClassArchives.ofThisProcess().beingWritten();
        // The programs write them when they end.
        AsideStack.start(StackOptions.home(), services, archives).close();
        for (Service service : services) {
            if (!archives.holds(service.module())) {
                throw new StackProblem("%s ended without an archive of its classes".formatted(service.module()));
            }
        }
        return 0;
    }
}
